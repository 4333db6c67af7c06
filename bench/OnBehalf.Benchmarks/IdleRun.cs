using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Workers;

namespace OnBehalf.Benchmarks;

/// <summary>
/// What polling mailboxes with nothing new costs beyond the requests: <c>idle [MAILBOXES]</c>. The processor time of a round,
/// figures included, less that of sending the very same requests with a bare HttpClient and reading their answers, by turns;
/// the medians' difference over five minutes, which is the usual time from round to round.
/// </summary>
static class IdleRun
{
    const int Runs = 5;
    const int AtOnce = 8; // As many mailboxes as a round reads at the same time.
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(string[] args)
    {
        var mailboxes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var folder = Directory.CreateTempSubdirectory("onbehalf-bench-").FullName;
        using var tenant = PretendTenant.Start(mailboxes, mailboxes * 10L);
        var path = tenant.Prepare(folder);
        using (var store = MailStore.Open(path, StoreAccess.Write, TimeProvider.System))
        {
            var record = store.Accounts.Tenants()[0];
            using var wire = new CountingWire();
            using var connection = new TenantConnection(NationalCloud.Parse(record.Cloud), record.Id, record.Client,
                AppCredential.Load(record.Credential), TimeProvider.System, wire);
            await RoundAsync(store, connection);
            Say("first sync", $"{store.Facts.Counts().Sum(counts => counts.Messages):N0} messages of {mailboxes:N0} mailboxes");
            await MeasureAsync(store, connection, wire, mailboxes);
        }
        Directory.Delete(folder, recursive: true);
    }

    static async Task MeasureAsync(MailStore store, TenantConnection connection, CountingWire wire, int mailboxes)
    {
        wire.Sent.Clear();
        await RoundAsync(store, connection);
        var requests = wire.Sent.ToArray();
        wire.Sent = [];
        using var bare = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.All });
        await SendAsync(bare, requests);
        var (ours, theirs, wall) = (new double[Runs], new double[Runs], new double[Runs]);
        for (var run = 0; run < Runs; run++)
        {
            theirs[run] = await ProcessorOf(() => SendAsync(bare, requests));
            var watch = Stopwatch.StartNew();
            ours[run] = await ProcessorOf(() => RoundAsync(store, connection));
            wall[run] = watch.Elapsed.TotalSeconds;
            wire.Sent = [];
        }
        foreach (var times in (double[][])[ours, theirs, wall]) Array.Sort(times);
        var (round, sending) = (ours[Runs / 2], theirs[Runs / 2]);
        Say("requests of a round", $"{requests.Length:N0}, {requests.Length / (double)mailboxes:N1} a mailbox");
        Say("a round", $"{round:N2} s of processors, {wall[Runs / 2]:N1} s by the clock");
        Say("the same requests, bare", $"{sending:N2} s of processors");
        Say("beyond the requests", $"{round - sending:N2} s, {(round - sending) / mailboxes * 1e6:N0} µs a mailbox: "
            + $"{(round - sending) / Interval.TotalSeconds:P2} of one core, polled every {Interval.TotalMinutes:N0} minutes");
    }

    static async Task RoundAsync(MailStore store, TenantConnection connection)
    {
        var round = new SyncRound(store, connection, TimeProvider.System, _ => { });
        await round.ReadMailAsync(store.Accounts.All(), default);
        Recompute.Run(store, default);
        if (round.Outcome().Troubles is [var (where, mistake), ..]) throw new Mistake(mistake.Code, $"{where}: {mistake.Message}");
    }

    static Task SendAsync(HttpClient http, (Uri Address, string Token)[] requests) => Parallel.ForEachAsync(
        requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (sent, stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, sent.Address);
            request.Headers.TryAddWithoutValidation("Authorization", sent.Token);
            request.Headers.TryAddWithoutValidation("Prefer", ["IdType=\"ImmutableId\"", "odata.maxpagesize=500"]);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            await response.Content.CopyToAsync(Stream.Null, stop);
        });

    static async Task<double> ProcessorOf(Func<Task> work)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        await work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    static void Say(string what, string value) => Console.WriteLine($"{what,-32} {value}");

    /// <summary>The product's own wire, which notes what goes out.</summary>
    sealed class CountingWire() : DelegatingHandler(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, AutomaticDecompression = System.Net.DecompressionMethods.All,
    })
    {
        public ConcurrentQueue<(Uri Address, string Token)> Sent { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                Sent.Enqueue((request.RequestUri!, request.Headers.Authorization?.ToString() ?? ""));
            return base.SendAsync(request, cancellationToken);
        }
    }
}

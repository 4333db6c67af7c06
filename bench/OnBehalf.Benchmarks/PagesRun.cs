using Microsoft.Graph.Users.Item.MailFolders.Item.Messages.Delta;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Serialization.Json;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Benchmarks;

/// <summary>
/// Pages of Graph into facts, on one core, beside the reader of Microsoft's own models on the same bytes in the same run:
/// <c>pages</c>. Seconds are the processor's, so that other work on the machine counts little.
/// </summary>
static class PagesRun
{
    const int Runs = 5;
    const int Least = 100_000;

    public static async Task RunAsync()
    {
        using var tenant = PretendTenant.Start(mailboxes: 2, messages: 12_000, "all,-throttling,-gateway-errors,-empty-pages");
        Console.WriteLine($"{"",-24}{"messages",9}{"bytes each",12}{"ours/s",12}{"model/s",12}{"ratio",8}{"ours B",8}{"model B",9}");
        foreach (var role in (Folder[])[Folder.Received, Folder.SentItems])
        {
            var pages = await FetchAsync(tenant, role);
            var messages = pages.Sum(Ours().Count);
            var (ours, oursBytes) = Measure(pages, messages, Least * 3, () => Ours().Read);
            var (model, modelBytes) = Measure(pages, messages, Least / 10, () => Model);
            var name = role == Folder.Received ? "with headers" : "without headers";
            var size = pages.Sum(page => (long)page.Length) / messages;
            Console.WriteLine($"{name,-24}{messages,9:N0}{size,12:N0}{ours,12:N0}{model,12:N0}{ours / model,8:N1}"
                + $"{oursBytes,8:N0}{modelBytes,9:N0}");
        }
    }

    sealed record Reader(MessagePageReader Pages)
    {
        public void Read(byte[] page) => Pages.Read(page, "bench");

        public int Count(byte[] page) => Pages.Read(page, "bench").Count;
    }

    static Reader Ours() => new(new(new Addresses(), message => message.ToFact(new(Folder.Received, ""), AddressId.None, isOurs: false)));

    static void Model(byte[] page)
    {
        using var stream = new MemoryStream(page);
        var node = new JsonParseNodeFactory().GetRootParseNodeAsync("application/json", stream).GetAwaiter().GetResult();
        var read = node.GetObjectValue(DeltaGetResponse.CreateFromDiscriminatorValue);
        // Models are filled as they are read; looking at one property of each keeps that so.
        foreach (var message in read!.Value!) GC.KeepAlive(message.InternetMessageId);
    }

    // Messages of a processor second, the median of some runs, and bytes allocated for each.
    static (double Rate, double Bytes) Measure(List<byte[]> pages, int messages, int least, Func<Action<byte[]>> open)
    {
        var rounds = Math.Max(1, least / messages);
        var rates = new double[Runs];
        var bytes = 0d;
        for (var run = -1; run < Runs; run++)
        {
            var read = open();
            GC.Collect();
            var (before, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            for (var round = 0; round < rounds; round++)
                foreach (var page in pages) read(page);
            var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            bytes = (GC.GetTotalAllocatedBytes() - allocated) / (double)(rounds * messages);
            if (run >= 0) rates[run] = rounds * messages / seconds; // The first one warms up.
        }
        Array.Sort(rates);
        return (rates[Runs / 2], bytes);
    }

    static async Task<List<byte[]>> FetchAsync(PretendTenant tenant, Folder role)
    {
        using var http = new HttpClient { BaseAddress = new Uri(tenant.Address) };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = RegisteredApp.Default.ClientId, ["client_secret"] = RegisteredApp.Default.Secret!,
            ["scope"] = "https://graph.microsoft.com/.default", ["grant_type"] = "client_credentials",
        });
        using var signedIn = await http.PostAsync($"{tenant.Id}/oauth2/v2.0/token", form);
        using var token = System.Text.Json.JsonDocument.Parse(await signedIn.Content.ReadAsByteArrayAsync());
        http.DefaultRequestHeaders.Authorization = new("Bearer", token.RootElement.GetProperty("access_token").GetString());
        http.DefaultRequestHeaders.Add("Prefer", ["IdType=\"ImmutableId\"", $"odata.maxpagesize={GraphLimits.PageSize}"]);
        var pages = new List<byte[]>();
        foreach (var mailbox in tenant.Mailboxes)
        {
            var account = new MailAccount(default, mailbox, mailbox, Instant.FromUtc(2025, 1, 1, 0, 0));
            // The same messages both times: what differs is whether headers are asked for.
            for (var path = MessageLinks.First(account, "inbox", role); path is not null;)
            {
                pages.Add(await http.GetByteArrayAsync("v1.0/" + path));
                using var page = System.Text.Json.JsonDocument.Parse(pages[^1]);
                path = page.RootElement.TryGetProperty("@odata.nextLink", out var next) ? GraphPages.Below(next.GetString()!) : null;
            }
        }
        return pages;
    }
}

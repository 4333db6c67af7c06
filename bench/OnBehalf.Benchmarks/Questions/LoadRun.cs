using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// People on dashboards: <c>load [millions] [folder] [people] [seconds]</c>. The site is the program as it is published; a thousand pages
/// stay open and wait for news, some of which never read, and some people go away before they are answered.
/// </summary>
static class LoadRun
{
    const int OpenPages = 1_000;
    const int SlowReaders = 20;

    /// <summary>How long a person looks at a page before opening the next, on average.</summary>
    static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string[] args)
    {
        var path = QuestionsRun.StoreOf(args);
        var people = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 200;
        var seconds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 120;
        using var site = await ServedProgram.StartAsync(path);
        await MeasureAsync(site.Url, site.Process, people, TimeSpan.FromSeconds(seconds));
    }

    static async Task MeasureAsync(Uri url, Process site, int people, TimeSpan time)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = url, Timeout = TimeSpan.FromMinutes(1),
        };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        await client.GetByteArrayAsync("/");
        Say("memory after the first page", Memory(site));
        var pages = await Task.WhenAll(Enumerable.Range(0, OpenPages).Select(_ => OpenAsync(url, "/api/v1/live")));
        Say($"memory with {OpenPages:N0} open pages", Memory(site));
        var idle = site.TotalProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(10));
        site.Refresh();
        Say($"processors for {OpenPages:N0} open pages, a second", $"{(site.TotalProcessorTime - idle).TotalMilliseconds / 10:0.0} ms");
        // They ask for a million rows, and never read.
        var slow = await Task.WhenAll(Enumerable.Range(0, SlowReaders)
            .Select(_ => OpenAsync(url, "/api/v1/rows?metrics=received&range=all&format=csv")));
        var times = new ConcurrentBag<(double At, string Page, double Milliseconds)>();
        var (errors, gone) = (new ConcurrentBag<string>(), 0);
        var ends = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, people).Select(person => Task.Run(async () =>
        {
            var random = new Random(person);
            await Task.Delay(random.Next((int)Look.TotalMilliseconds));
            while (ends.Elapsed < time)
            {
                if (random.Next(20) == 0 && await GoAwayAsync(client, random)) Interlocked.Increment(ref gone);
                else await AskAsync(client, PageOf(random), ends, times, errors);
                await Task.Delay(random.Next(2 * (int)Look.TotalMilliseconds));
            }
        })));
        site.Refresh();
        var sorted = times.Select(page => page.Milliseconds).Order().ToArray();
        Say($"{people} people, {time.TotalSeconds:0} s",
            $"{sorted.Length:N0} pages, {gone:N0} gone before the answer, {errors.Count} errors");
        Say("a page: median, p95, p99, largest", string.Join(", ", new[] { 0.5, 0.95, 0.99, 1 }
            .Select(at => $"{At(sorted, at):0} ms")));
        foreach (var part in times.GroupBy(page => (int)(page.At / 20)).OrderBy(part => part.Key))
            Say($"  begun within {20 * part.Key} to {20 * part.Key + 20} s: p95",
                $"{At([.. part.Select(page => page.Milliseconds).Order()], 0.95):0} ms of {part.Count():N0} pages");
        foreach (var screen in times.GroupBy(page => page.Page.Split('?')[0].Split('/')[1]).OrderBy(screen => screen.Key))
            Say($"  /{screen.Key}: median, p95",
                $"{At([.. screen.Select(page => page.Milliseconds).Order()], 0.5):0}, "
                + $"{At([.. screen.Select(page => page.Milliseconds).Order()], 0.95):0} ms");
        Say("memory at most", $"{site.PeakWorkingSet64 / 1_048_576} MiB");
        foreach (var error in errors.Distinct().Take(5)) Say("error", error);
        foreach (var page in pages.Concat(slow)) page.Dispose();
    }

    static double At(double[] sorted, double fraction) => sorted[(int)((sorted.Length - 1) * fraction)];

    static async Task AskAsync(
        HttpClient client, string url, Stopwatch clock, ConcurrentBag<(double At, string Page, double Milliseconds)> times,
        ConcurrentBag<string> errors)
    {
        var (watch, at) = (Stopwatch.StartNew(), clock.Elapsed.TotalSeconds);
        try
        {
            using var answer = await client.GetAsync(new Uri(url, UriKind.Relative));
            await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode) errors.Add($"{url}: {(int)answer.StatusCode}");
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            errors.Add($"{url}: {fault.Message}");
        }
        times.Add((at, url, watch.Elapsed.TotalMilliseconds));
    }

    static async Task<bool> GoAwayAsync(HttpClient client, Random random)
    {
        using var patience = new CancellationTokenSource(random.Next(5, 30));
        try
        {
            var url = new Uri($"/coverage?range=all&audit-grace={random.Next(1000)}", UriKind.Relative);
            using var answer = await client.GetAsync(url, patience.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Most look at the same few screens; some at a mailbox or an agent of theirs, or at another range.</summary>
    static string PageOf(Random random) => random.Next(10) switch
    {
        < 3 => "/",
        3 => "/agents",
        4 => "/mailboxes",
        5 => "/waiting",
        6 => "/coverage",
        7 => $"/agents/{QuestionsWorld.Agent(random.Next(2000))}",
        8 => $"/mailboxes/{QuestionsWorld.Mailbox(random.Next(500))}",
        _ => $"/?range={random.Next(7, 90)}d",
    };

    static async Task<Socket> OpenAsync(Uri url, string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"));
        return socket;
    }

    static string Memory(Process site)
    {
        site.Refresh();
        return $"{site.WorkingSet64 / 1_048_576} MiB";
    }

    static void Say(string what, string value) => Console.WriteLine($"{what,-48} {value}");
}

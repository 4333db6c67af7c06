using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// How long each screen takes over loopback, drawn and fetched, of the program as it is published: <c>screens</c> in a process that
/// has been asked before, <c>cold</c> each in a new one.
/// </summary>
static class ScreenTimes
{
    /// <summary>How often each is asked.</summary>
    const int Rounds = 21;

    const int ColdRounds = 3;

    public static readonly string[] Screens =
    [
        "/", "/agents", "/agents/agent0042@acme.example", "/mailboxes", "/mailboxes/box010@acme.example", "/waiting", "/coverage",
        "/figure?metrics=response_time", "/rows?metrics=response_time", "/settings", "/setup",
    ];

    /// <summary>Another audit grace is another question, and the same work: nothing is remembered.</summary>
    public static string Anew(string screen, int round) => $"{screen}{(screen.Contains('?') ? '&' : '?')}audit-grace={25 + round}";

    public static async Task WarmAsync(string[] args)
    {
        using var program = await ServedProgram.StartAsync(QuestionsRun.StoreOf(args));
        using var client = ClientOf(program);
        foreach (var screen in Screens)
            for (var i = 0; i < 3; i++) await FetchAsync(client, Anew(screen, Rounds + i));
        var (anew, again) = (Screens.ToDictionary(s => s, _ => new List<double>()), Screens.ToDictionary(s => s, _ => new List<double>()));
        var work = Screens.ToDictionary(s => s, _ => 0.0);
        for (var round = 0; round < Rounds; round++)
            foreach (var screen in Screens)
            {
                var busy = program.Busy;
                anew[screen].Add((await FetchAsync(client, Anew(screen, round))).Milliseconds);
                work[screen] += program.Busy - busy;
                again[screen].Add((await FetchAsync(client, Anew(screen, round))).Milliseconds);
            }
        Console.WriteLine($"{"screen, " + Rounds + " times",-36} {"median",9} {"p95",9} {"processors",11} {"remembered",11} {"p95",9} "
            + $"{"KB with br",11}");
        foreach (var screen in Screens)
        {
            var page = await FetchAsync(client, Anew(screen, 0));
            Console.WriteLine($"{screen,-36} {At(anew[screen], 0.5),6:0} ms {At(anew[screen], 0.95),6:0} ms {work[screen] / Rounds,8:0} ms "
                + $"{At(again[screen], 0.5),8:0} ms {At(again[screen], 0.95),6:0} ms {page.Bytes / 1000.0,11:0.0}");
        }
        Console.WriteLine($"style sheet, script and icon with br: {await FilesAsync(client) / 1000.0:0.0} KB");
        Console.WriteLine($"memory of the serving process at most: {program.Memory} MiB");
    }

    public static async Task ColdAsync(string[] args)
    {
        var store = QuestionsRun.StoreOf(args);
        Console.WriteLine(
            $"{"screen, first of a process, " + ColdRounds + " times",-44} {"start",9} {"median",9} {"most",9} {"memory",11}");
        foreach (var screen in Screens)
        {
            var (starts, times, memory) = (new List<double>(), new List<double>(), 0L);
            for (var round = 0; round < ColdRounds; round++)
            {
                using var program = await ServedProgram.StartAsync(store);
                using var client = ClientOf(program);
                starts.Add(program.StartedIn);
                times.Add((await FetchAsync(client, screen)).Milliseconds);
                memory = Math.Max(memory, program.Memory);
            }
            Console.WriteLine($"{screen,-44} {At(starts, 0.5),6:0} ms {At(times, 0.5),6:0} ms {times.Max(),6:0} ms {memory,7} MiB");
        }
    }

    public static double At(List<double> times, double fraction) => times.Order().ElementAt((int)((times.Count - 1) * fraction));

    // What it takes is what it says: whatever is compressed is counted as it comes.
    static HttpClient ClientOf(ServedProgram program)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = program.Url, Timeout = TimeSpan.FromMinutes(2),
        };
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        return client;
    }

    static async Task<(double Milliseconds, int Bytes)> FetchAsync(HttpClient client, string url)
    {
        var watch = Stopwatch.StartNew();
        var bytes = await client.GetByteArrayAsync(new Uri(url, UriKind.Relative));
        return (watch.Elapsed.TotalMilliseconds, bytes.Length);
    }

    static async Task<int> FilesAsync(HttpClient client)
    {
        using var plain = new HttpClient { BaseAddress = client.BaseAddress };
        var sum = 0;
        foreach (Match file in Regex.Matches(await plain.GetStringAsync(new Uri("/settings", UriKind.Relative)), "\"(/files/[^\"]+)\""))
            sum += (await FetchAsync(client, file.Groups[1].Value)).Bytes;
        return sum;
    }
}

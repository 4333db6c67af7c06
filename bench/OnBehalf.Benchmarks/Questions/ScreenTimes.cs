using System.Diagnostics;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>How long each screen takes over loopback, cold and warm.</summary>
static class ScreenTimes
{
    static readonly string[] Screens =
    [
        "/", "/agents", "/agents/agent0042@acme.example", "/mailboxes", "/mailboxes/box010@acme.example", "/waiting", "/coverage",
        "/figure?metrics=response_time", "/rows?metrics=response_time", "/settings", "/setup",
    ];

    public static async Task RunAsync(string path)
    {
        var watch = Stopwatch.StartNew();
        await using var site = Wiring.Build(path, 0, new StandingClock());
        await site.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        await client.GetByteArrayAsync("/api/v1/mailboxes");
        Say("open", $"{watch.ElapsedMilliseconds} ms");
        foreach (var screen in Screens)
        {
            var times = new List<double>();
            for (var i = 0; i < 4; i++)
            {
                var busy = Process.GetCurrentProcess().TotalProcessorTime;
                watch.Restart();
                // Another audit grace is another question, and the same work: nothing is remembered.
                var url = $"{screen}{(screen.Contains('?') ? '&' : '?')}audit-grace={24 + i}";
                using var answer = await client.GetAsync(new Uri(url, UriKind.Relative));
                var bytes = await answer.Content.ReadAsByteArrayAsync();
                if (!answer.IsSuccessStatusCode) Console.WriteLine($"{url}: {answer.StatusCode}");
                times.Add(watch.Elapsed.TotalMilliseconds);
                if (i == 3) times.Add((Process.GetCurrentProcess().TotalProcessorTime - busy).TotalMilliseconds);
            }
            Say(screen, string.Join(' ', times.Select(t => $"{t,8:0}")));
        }
        Say("memory", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576} MiB, managed {GC.GetTotalMemory(true) / 1_048_576} MiB");
    }

    static void Say(string what, string value) => Console.WriteLine($"{what,-48} {value}");
}

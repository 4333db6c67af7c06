using Microsoft.Playwright;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// First contentful paint of every screen in Debian's Chromium over loopback, as the browser itself says it, in a window without
/// anything kept: <c>paint</c>.
/// </summary>
static class PaintTimes
{
    const int Rounds = 7;

    /// <summary>Where Debian and its kin put the browser; none is fetched.</summary>
    const string Place = "/usr/bin/chromium";

    const string FirstPaint = """
        () => new Promise(found => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint')
            .forEach(entry => found(entry.startTime))).observe({ type: 'paint', buffered: true }))
        """;

    public static async Task RunAsync(string[] args)
    {
        using var program = await ServedProgram.StartAsync(QuestionsRun.StoreOf(args));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Place,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        });
        foreach (var screen in ScreenTimes.Screens) await PaintAsync(browser, program, ScreenTimes.Anew(screen, Rounds));
        Console.WriteLine($"{"first contentful paint, " + Rounds + " times",-36} {"median",9} {"p95",9} {"remembered",11} {"p95",9}");
        foreach (var screen in ScreenTimes.Screens)
        {
            var (anew, again) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                anew.Add(await PaintAsync(browser, program, ScreenTimes.Anew(screen, round)));
                again.Add(await PaintAsync(browser, program, ScreenTimes.Anew(screen, round)));
            }
            // Of seven, the 95th percentile is the largest.
            Console.WriteLine($"{screen,-36} {ScreenTimes.At(anew, 0.5),6:0} ms {anew.Max(),6:0} ms "
                + $"{ScreenTimes.At(again, 0.5),8:0} ms {again.Max(),6:0} ms");
        }
    }

    static async Task<double> PaintAsync(IBrowser browser, ServedProgram program, string screen)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = program.Url.ToString() });
        var page = await context.NewPageAsync();
        await page.GotoAsync(screen, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        return await page.EvaluateAsync<double>(FirstPaint);
    }
}

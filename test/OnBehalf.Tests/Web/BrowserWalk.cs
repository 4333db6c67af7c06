using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OnBehalf.Tests.Web;

/// <summary>
/// Debian's Chromium walks every screen. Cases: no console error, no overflow, nothing cut, wide and narrow; axe finds nothing serious in
/// light and dark; with and without script a filter changes the figures; an accepted change reaches an open page.
/// </summary>
public sealed class BrowserWalk(Site site, Chromium chromium) : IClassFixture<Site>, IClassFixture<Chromium>
{
    public static TheoryData<ColorScheme, int, bool> Looks => new()
    {
        { ColorScheme.Light, 1280, true }, { ColorScheme.Dark, 360, true }, { ColorScheme.Light, 3840, false },
    };

    // What would have to be scrolled sideways, but for what is folded away.
    const string Cut = """
        [...document.querySelectorAll('.scroll, nav')].filter(e => !e.closest('details:not([open])') && e.scrollWidth > e.clientWidth)
          .map(e => e.getAttribute('aria-label'))
        """;

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_screen_is_whole_and_axe_finds_nothing_serious(ColorScheme scheme, int width, bool axe)
    {
        await using var context = await OpenAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") errors.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => errors.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(site.Client.BaseAddress!.ToString(), StringComparison.Ordinal)) errors.Add($"asked {request.Url}");
        };
        foreach (var screen in ScreenSlices.Screens)
        {
            await page.GotoAsync(screen.Data, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            if (overflow > 0) errors.Add($"{screen.Data} is {overflow} pixels too wide");
            errors.AddRange((await page.EvaluateAsync<string[]>(Cut)).Select(what => $"{screen.Data}: {what} is cut at its edge"));
            if (!axe) continue;
            var found = await page.RunAxe();
            errors.AddRange(found.Violations.Where(v => v.Impact is "serious" or "critical").Select(
                v => $"{screen.Data}: {v.Id}: {v.Nodes[0].Html}"));
        }
        Assert.True(errors.Count == 0, string.Join('\n', errors));
    }

    [Fact]
    public async Task Charts_and_their_legends_have_their_colours()
    {
        await using var context = await OpenAsync(new() { ColorScheme = ColorScheme.Light });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Task<string> SeenAsync(string shape, string what) =>
            page.EvaluateAsync<string>($"getComputedStyle(document.querySelector('{shape}')).{what}");
        var accent = await SeenAsync(".mark", "fill");

        Assert.Equal(accent, await SeenAsync(".bar.t1", "fill"));
        Assert.Equal(accent, await SeenAsync(".line.t1", "stroke"));
        Assert.Equal(accent, await SeenAsync(".swatch.t1", "backgroundColor"));
    }

    [Fact]
    public async Task A_bar_beside_a_share_is_as_long_as_the_share()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/coverage", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        var bars = await page.EvaluateAsync<double[][]>("""
            [...document.querySelectorAll('td .share')].map(svg => [parseFloat(svg.closest('td').textContent),
              100 * svg.lastElementChild.getBoundingClientRect().width / svg.getBoundingClientRect().width])
            """);

        Assert.Contains(bars, bar => bar[0] is > 0 and < 100);
        Assert.All(bars, bar => Assert.Equal(bar[0], bar[1], 0.5));
    }

    [Fact]
    public async Task A_click_on_a_bar_of_the_week_closes_an_hour_and_another_opens_it()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/settings", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        var (hours, bar) = (page.Locator("input[name=Mon]").First, page.Locator(".week svg").First);
        var box = (await bar.BoundingBoxAsync())!;
        var noon = new LocatorClickOptions { Position = new() { X = box.Width * 12.5f / 24, Y = box.Height / 2 } };

        await bar.ClickAsync(noon);
        await Assertions.Expect(hours).ToHaveValueAsync("09:00-12:00, 13:00-17:00");
        await Assertions.Expect(bar.Locator(".heat")).ToHaveCountAsync(2);
        await bar.ClickAsync(noon);
        await Assertions.Expect(hours).ToHaveValueAsync("09:00-17:00");
    }

    [Fact]
    public async Task On_paper_there_are_figures_and_nothing_to_click()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        await Assertions.Expect(page.Locator(".tile .value").First).ToBeVisibleAsync();
        foreach (var gone in new[] { ".side", ".presets", ".chart-foot", ".why" })
            await Assertions.Expect(page.Locator(gone).First).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_filter_changes_the_figures_and_back_brings_them_back(bool script)
    {
        await using var context = await OpenAsync(new() { JavaScriptEnabled = script });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        var received = page.Locator(".tile .value").First;
        Assert.Equal("3", await received.InnerTextAsync());

        await page.Locator("details.more summary").ClickAsync();
        await page.Locator("input[name=from]").FillAsync("2026-01-09");
        await page.Locator("input[name=through]").FillAsync("2026-01-09");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(received).ToHaveTextAsync("1");
        Assert.Contains("from=2026-01-09", page.Url, StringComparison.Ordinal);

        await page.GoBackAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(received).ToHaveTextAsync("3");
    }

    [Fact]
    public async Task Every_figure_opens_its_rows_by_keyboard_and_every_row_its_conversation()
    {
        await using var context = await OpenAsync(new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });

        await page.Locator(".tile .value").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Received");
        await page.Locator(".subject a").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Order 17");
        await Assertions.Expect(page.Locator(".letter")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_is_imported_reaches_an_open_page()
    {
        await using var other = new Site();
        await other.InitializeAsync();
        await using var context = await OpenAsync(other, new());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Assertions.Expect(page.Locator("[data-live]")).ToBeVisibleAsync();

        await other.Shell.DoAsync("import", "mail", other.Shell.Write("more.mbox", Cli.Desk.MboxOf(Cli.Desk.Message(
            Cli.Desk.StillAsked.AddMinutes(5), "request-4@customer.example", "fay@customer.example", Cli.Desk.Mailbox, "Subject: New"))),
            "--mailbox", Cli.Desk.Mailbox);

        await Assertions.Expect(page.Locator(".tile .value").First).ToHaveTextAsync("4");
    }

    Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options) => OpenAsync(site, options);

    Task<IBrowserContext> OpenAsync(Site visited, BrowserNewContextOptions options) =>
        chromium.OpenAsync(visited.Client.BaseAddress!, options);
}

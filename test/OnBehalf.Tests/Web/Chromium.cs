using Microsoft.Playwright;

namespace OnBehalf.Tests.Web;

/// <summary>Debian's Chromium, started once for the tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>Milliseconds that mean "never": how fast the machine is decides nothing.</summary>
    const float Patience = 300_000;

    /// <summary>Where Debian and its kin put the browser.</summary>
    const string Place = "/usr/bin/chromium";

    IPlaywright? _playwright;
    IBrowser _browser = null!; // Started before any test runs.

    /// <summary>A window of its own, with cookies of its own.</summary>
    public async Task<IBrowserContext> OpenAsync(Uri site, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = site.ToString();
        var context = await _browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Place,
            Timeout = Patience,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

using System.Net;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>The desk of three matters, served on a free port of this machine; the clock stands still.</summary>
public sealed class Site : IAsyncLifetime
{
    readonly Shell _shell = new();
    Microsoft.AspNetCore.Builder.WebApplication? _host;

    /// <summary>Asks the site; nothing is unpacked and no redirect is followed, so that tests see what was sent.</summary>
    public HttpClient Client { get; private set; } = null!; // Made before any test runs.

    internal Shell Shell => _shell;

    internal IServiceProvider Services => _host!.Services;

    /// <summary>The answer to a question, as text.</summary>
    public async Task<string> TextAsync(string url)
    {
        using var answer = await Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{url}: {answer.StatusCode} {text}");
        return text;
    }

    public async ValueTask InitializeAsync()
    {
        await Desk.ImportMailAsync(_shell);
        await Desk.ImportAuditAsync(_shell);
        await _shell.DoAsync("schedule", "set", "Mon-Fri 09:00-17:00", "--zone", "UTC", "--yes");
        await _shell.DoAsync("sla", "set", "Standard", "--first", "60", "--yes");
        _host = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await _host.StartAsync();
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        _shell.Dispose();
    }
}

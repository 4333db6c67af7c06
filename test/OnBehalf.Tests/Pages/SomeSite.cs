using System.Net;
using Microsoft.AspNetCore.Builder;
using OnBehalf.Simulator;
using OnBehalf.Store;
using OnBehalf.Tests.Workers;

namespace OnBehalf.Tests.Pages;

/// <summary>The site over a store that was read from a small simulated tenant, on a free port, asked over HTTP.</summary>
public sealed class SomeSite : IAsyncLifetime
{
    Office? _office;
    WebApplication? _site;

    /// <summary>Asks the site; redirects are not followed.</summary>
    public HttpClient Client { get; private set; } = new();

    /// <summary>The store's file.</summary>
    public string Path { get; private set; } = "";

    /// <summary>The clock of the site: the end of the tenant's mail.</summary>
    public TimeProvider Clock => _office!.Clock;

    /// <summary>Every screen there is, with somebody and something in it.</summary>
    public IReadOnlyList<string> Screens { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _office = await Office.OpenAsync("send-as-with-audit", Quirks.None, seed: 42);
        using (var store = _office.NewStore())
        {
            await _office.SyncTenantAsync(store);
            Path = store.Path;
            Screens = ScreensOf(store);
        }
        _site = Wiring.Build(Path, 0, _office.Clock);
        await _site.StartAsync();
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new(_site.Urls.First()),
        };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_site is not null) await _site.DisposeAsync();
        if (_office is not null) await _office.DisposeAsync();
    }

    static List<string> ScreensOf(MailStore store)
    {
        var mailbox = store.Facts.Mailboxes()[0];
        var agent = store.Settings.Load().Settings.Agents[0].Addresses[0];
        var fact = store.Facts.ReadMailbox(mailbox).First().FactId;
        return
        [
            "/", "/waiting", "/agents", $"/agents/{Uri.EscapeDataString(agent)}", "/mailboxes",
            $"/mailboxes/{Uri.EscapeDataString(store.Addresses[mailbox])}", "/coverage", "/setup", "/settings",
            $"/conversations/c{fact}", "/rows?metrics=response_time&range=90d", "/figure?metrics=first_response_time&range=90d",
        ];
    }
}

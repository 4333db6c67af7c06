using System.Net;
using OnBehalf.Cli;
using OnBehalf.Simulator;
using OnBehalf.Store.Preferences;
using OnBehalf.Tests.Web;
using OnBehalf.Tests.Workers;

namespace OnBehalf.Tests.Walks;

/// <summary>
/// The simulated tenant <c>acme-support</c>, read over HTTP as a real one would be, and its figures served; the clock stands
/// still at the end of its world. Two rules make truth's figures ours. Without the quirk <c>topic-conversation-ids</c>: where
/// strangers get one conversation id from one subject, rule 3 of docs/metrics.md joins them, and truth rightly says that they
/// never were one. And a flag set to complete closes nothing: truth's ledger knows silence only.
/// </summary>
public sealed class TenantSite : IAsyncLifetime
{
    /// <summary>The name of the classes that walk the same tenant.</summary>
    public const string Walk = "a walk through acme-support";

    Office _office = null!; // Opened before any test runs, as is all below.
    Microsoft.AspNetCore.Builder.WebApplication _host = null!;

    public HttpClient Client { get; private set; } = null!;

    internal Truth Truth { get; private set; } = null!;

    /// <summary>The end of the world, seconds since 1970 UTC.</summary>
    public long AsOf { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _office = await Office.OpenAsync("acme-support", Quirks.Parse("all,-topic-conversation-ids"));
        AsOf = _office.Clock.GetUtcNow().ToUnixTimeSeconds();
        Truth = Truth.Of(_office.Tenant, _office.Clock.GetUtcNow());
        using (var store = _office.NewStore())
        {
            var (settings, version) = store.Settings.Load();
            store.Settings.Save(settings with
            {
                CompanySchedule =
                [
                    new()
                    {
                        Zone = Truth.Zone, Week = "Mon-Fri 08:00-17:00",
                        Holidays = [.. Truth.Closed.Select(day => day.ToString("yyyy-MM-dd", null))],
                    },
                ],
                SlaPolicies = [new() { Name = "Standard", FirstMinutes = 8 * 60, NextMinutes = 8 * 60 }],
                Closing = new() { FlagComplete = false },
            }, version);
            await _office.SyncTenantAsync(store);
        }
        _host = Wiring.Build(_office.StorePath, 0, _office.Clock);
        await _host.StartAsync();
        Client = new() { BaseAddress = new Uri(_host.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.DisposeAsync();
        await _office.DisposeAsync();
    }

    /// <summary>The answer to a question, as text.</summary>
    public async Task<string> TextAsync(string url)
    {
        using var answer = await Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{url}: {answer.StatusCode} {text}");
        return text;
    }

    /// <summary>What a command line writes, on the same store and by the same clock.</summary>
    public async Task<string> TypedAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, Stream.Null, IsInteractive: false, _office.Clock);
        var code = await CommandLine.RunAsync([.. args, "--store", _office.StorePath], terminal, TestContext.Current.CancellationToken);
        Assert.True(code == ExitCode.Done, $"{string.Join(' ', args)}: {error}");
        return output.ToString();
    }
}

/// <summary>The tenant is read once for all who walk it.</summary>
[CollectionDefinition(TenantSite.Walk)]
public sealed class TenantWalks : ICollectionFixture<TenantSite>, ICollectionFixture<Chromium>;

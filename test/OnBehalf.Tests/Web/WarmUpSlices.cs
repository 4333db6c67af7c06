using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Answers;
using OnBehalf.Checks;
using OnBehalf.Tests.Cli;
using OnBehalf.Workers;

namespace OnBehalf.Tests.Web;

/// <summary>
/// What a site does before anybody asks. Cases: the store is open; screens are drawn, each once, after
/// a pause; a store that is not there ends nothing; it ends with the site.
/// </summary>
public sealed class WarmUpSlices : IDisposable
{
    readonly Shell _shell = new();

    [Fact]
    public async Task The_store_is_open_before_anybody_asks()
    {
        await Desk.ImportMailAsync(_shell);
        await using var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        var watch = site.Services.GetRequiredService<StoreWatch>();
        using var warmUp = new WarmUp(new(site.Urls.First()), watch, new HastyClock());

        await warmUp.OpenAsync(TestContext.Current.CancellationToken);
        var edition = StoreView.Read(_shell.Store, Shell.Clock).Edition;
        await Desk.ImportAuditAsync(_shell);
        Assert.Equal(edition, watch.Current.Edition);
    }

    [Fact]
    public async Task Screens_are_drawn_and_what_they_show_is_known()
    {
        await Desk.ImportMailAsync(_shell);
        await using var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        var watch = site.Services.GetRequiredService<StoreWatch>();
        using var warmUp = new WarmUp(new(site.Urls.First()), watch, new HastyClock());

        await warmUp.DrawAsync(TestContext.Current.CancellationToken);
        // The last screen keeps what the doctor said.
        Assert.NotEmpty(watch.Current.Remember<IReadOnlyList<Trouble>>("doctor ", () => []));
    }

    [Fact]
    public async Task Each_screen_is_asked_for_once_after_a_pause_and_opening_asks_for_none()
    {
        await using var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        var asked = new List<string>();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        await using var noted = builder.Build();
        noted.Run(context =>
        {
            lock (asked) asked.Add(context.Request.Path);
            return Task.CompletedTask;
        });
        await noted.StartAsync(TestContext.Current.CancellationToken);
        var clock = new HastyClock();
        using var warmUp = new WarmUp(new(noted.Urls.First()), site.Services.GetRequiredService<StoreWatch>(), clock);

        await warmUp.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["/nowhere"], asked);
        Assert.Empty(clock.Pauses);

        asked.Clear();
        await warmUp.DrawAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["/", "/agents", "/mailboxes", "/waiting", "/coverage", "/setup"], asked);
        Assert.Equal([TimeSpan.FromSeconds(1)], clock.Pauses);
    }

    [Fact]
    public async Task A_store_that_is_not_there_ends_nothing()
    {
        await using var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var warmUp = new WarmUp(new(site.Urls.First()), site.Services.GetRequiredService<StoreWatch>(), new HastyClock());

        await warmUp.OpenAsync(TestContext.Current.CancellationToken);
        await warmUp.DrawAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(site.Urls.First()) };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("There is no store", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_with_the_site()
    {
        await using var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        // Of a clock that stands still the pause never ends.
        using var warmUp = new WarmUp(new(site.Urls.First()), site.Services.GetRequiredService<StoreWatch>(), new StandingTimers());
        var drawing = warmUp.DrawAsync(stop.Token);
        Assert.False(drawing.IsCompleted);
        await stop.CancelAsync();
        await drawing;
    }

    public void Dispose() => _shell.Dispose();

    /// <summary>Whoever waits has waited long enough.</summary>
    sealed class HastyClock : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Nobody's time comes.</summary>
    sealed class StandingTimers : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>A simulated tenant, and a connection to it over HTTP.</summary>
sealed class SomeTenant : IAsyncDisposable
{
    SomeTenant(SimulatedTenant tenant, WorldClock clock, TenantConnection connection) =>
        (Tenant, Clock, Connection) = (tenant, clock, connection);

    public SimulatedTenant Tenant { get; }
    public WorldClock Clock { get; }
    public TenantConnection Connection { get; }
    public Instant Now => Clock.GetUtcNow().ToInstant();

    /// <summary>Opens one, as it is some days before its world ends.</summary>
    public static async Task<SomeTenant> OpenAsync(
        Scenario scenario, Quirks? quirks = null, RegisteredApp? app = null, double daysBeforeEnd = 0, int seed = 42, int skew = 0)
    {
        // Tests move the clock by days and are not about tokens.
        app = (app ?? RegisteredApp.Default) with { TokenLifetime = TimeSpan.FromDays(400) };
        var options = new SimulationOptions
        {
            Scenario = scenario, Seed = seed, Quirks = quirks ?? Quirks.None, Apps = [app], ClockSkewSeconds = skew,
        };
        var clock = new WorldClock(options.End.AddDays(-daysBeforeEnd));
        var tenant = await SimulatedTenant.StartAsync(options, clock, TestContext.Current.CancellationToken);
        var connection = new TenantConnection(
            NationalCloud.Parse(tenant.BaseAddress.GetLeftPart(UriPartial.Authority)), tenant.TenantId.ToString(), app.ClientId,
            AppCredential.OfSecret(app.Secret!), clock);
        return new(tenant, clock, connection);
    }

    public static Task<SomeTenant> OpenAsync(
        string scenario, Quirks? quirks = null, RegisteredApp? app = null, double daysBeforeEnd = 0) =>
        OpenAsync(Scenario.ByName(scenario), quirks, app, daysBeforeEnd);

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await Tenant.DisposeAsync();
    }
}

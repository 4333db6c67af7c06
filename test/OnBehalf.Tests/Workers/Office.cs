using System.Text;
using System.Text.Json;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Tests.Workers;

/// <summary>A simulated tenant, a store, and the connection between them, for rounds in one process.</summary>
sealed class Office : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-office-").FullName;

    Office(SimulatedTenant tenant, WorldClock clock, TenantConnection connection) =>
        (Tenant, Clock, Connection) = (tenant, clock, connection);

    public SimulatedTenant Tenant { get; }
    public WorldClock Clock { get; }
    public TenantConnection Connection { get; }
    public string StorePath => Path.Combine(_folder, "mail.db");

    /// <summary>Opens a tenant at the end of its world, or so many days before.</summary>
    public static async Task<Office> OpenAsync(
        string scenario = "tiny", Quirks? quirks = null, int seed = 42, double before = 0, RegisteredApp? app = null)
    {
        var options = new SimulationOptions
        {
            Scenario = Scenario.ByName(scenario), Seed = seed, Quirks = quirks ?? Quirks.None,
            // Clocks are moved by days here, and tokens are another test's matter.
            Apps = [app ?? RegisteredApp.Default with { TokenLifetime = TimeSpan.FromDays(400) }],
        };
        var clock = new WorldClock(options.End.AddDays(-before));
        var tenant = await SimulatedTenant.StartAsync(options, clock, TestContext.Current.CancellationToken);
        return new(tenant, clock, Connect(tenant, options.Apps[0], clock));
    }

    /// <summary>A new store that knows the tenant's mailboxes.</summary>
    public MailStore NewStore(string name = "mail.db")
    {
        var store = MailStore.Open(Path.Combine(_folder, name), StoreAccess.Write, Clock);
        var (settings, version) = store.Settings.Load();
        if (version > 0) return store;
        store.Settings.Save(settings with
        {
            Mailboxes = [.. Tenant.Mailboxes.Select(mailbox => new MailboxSettings
            {
                Address = mailbox, Aliases = [mailbox.Replace("@", "-team@", StringComparison.Ordinal)],
            })],
        }, version);
        foreach (var mailbox in Tenant.Mailboxes)
            store.Accounts.Add(new()
            {
                Mailbox = store.Addresses.Intern((ReadOnlySpan<char>)mailbox), Tenant = Tenant.TenantId.ToString(),
                GraphId = mailbox, Horizon = Instant.FromUtc(2025, 1, 1, 0, 0),
            });
        return store;
    }

    /// <summary>The agents' own Sent Items are read, too, as they agreed to.</summary>
    public void AddAgents(MailStore store)
    {
        using var stream = new MemoryStream();
        Tenant.WriteTruth(stream, Clock.GetUtcNow());
        foreach (var line in Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("type").GetString() != "agent") continue;
            var address = json.RootElement.GetProperty("address").GetString()!;
            store.Accounts.Add(new()
            {
                Mailbox = store.Addresses.Intern((ReadOnlySpan<char>)address), Tenant = Tenant.TenantId.ToString(),
                GraphId = address, IsAgent = true, Horizon = Instant.FromUtc(2025, 1, 1, 0, 0),
            });
        }
    }

    /// <summary>A round over all mailboxes of the store, which has to go well.</summary>
    public async Task<SyncOutcome> SyncAsync(MailStore store, TenantConnection? by = null)
    {
        var outcome = await TrySyncAsync(store, by);
        Assert.Empty(outcome.Troubles);
        return outcome;
    }

    /// <summary>A round over all mailboxes of the store.</summary>
    public async Task<SyncOutcome> TrySyncAsync(MailStore store, TenantConnection? by = null)
    {
        var round = new SyncRound(store, by ?? Connection, new HurriedClock(Clock), _ => { });
        await round.ReadMailAsync(store.Accounts.All(), TestContext.Current.CancellationToken);
        return round.Outcome();
    }

    /// <summary>Everything that <c>onbehalf sync</c> does, which has to go well.</summary>
    public async Task<SyncOutcome> SyncTenantAsync(MailStore store, bool mayGrumble = false, TenantConnection? by = null)
    {
        var outcome = await TenantSync.RunAsync(
            store, by ?? Connection, Record, new HurriedClock(Clock), _ => { }, TestContext.Current.CancellationToken);
        if (!mayGrumble) Assert.Empty(outcome.Troubles);
        return outcome;
    }

    /// <summary>How the tenant is noted in a store.</summary>
    public TenantRecord Record => new(Tenant.TenantId.ToString(), "global", RegisteredApp.Default.ClientId, "env:none");

    /// <summary>A connection whose requests go out by a wire of the caller's.</summary>
    public TenantConnection ConnectBy(HttpMessageHandler wire) => new(
        NationalCloud.Parse(Tenant.BaseAddress.ToString()), Tenant.TenantId.ToString(), RegisteredApp.Default.ClientId,
        AppCredential.OfSecret(RegisteredApp.Default.Secret!), new HurriedClock(Clock), wire);

    /// <summary>Every message of a mailbox, each once, by Message-ID.</summary>
    public static Dictionary<string, List<MessageFact>> Messages(MailStore store, string mailbox) =>
        store.Facts.ReadMailbox(store.Addresses.Find(mailbox)).GroupBy(fact => fact.MessageId)
            .ToDictionary(group => group.Key, group => group.ToList());

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await Tenant.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    static TenantConnection Connect(SimulatedTenant tenant, RegisteredApp app, WorldClock clock) => new(
        NationalCloud.Parse(tenant.BaseAddress.ToString()), tenant.TenantId.ToString(), app.ClientId,
        AppCredential.OfSecret(app.Secret!), new HurriedClock(clock));
}

using OnBehalf.Cli;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Store;
using OnBehalf.Tests.EndToEnd;

namespace OnBehalf.Tests.Cli;

/// <summary>A simulated tenant, and a folder in which command lines are typed at it.</summary>
sealed class TenantShell : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-tenant-").FullName;

    TenantShell(SimulatedTenant tenant, WorldClock clock, Patient patient)
    {
        (Tenant, Clock) = (tenant, clock);
        Secret = Write("secret", patient.App.Secret!);
        WrongSecret = Write("wrong", "not-the-secret");
    }

    public SimulatedTenant Tenant { get; }
    public WorldClock Clock { get; }

    /// <summary>A reference to the right secret, and one to another.</summary>
    public string Secret { get; }
    public string WrongSecret { get; }
    public string StorePath => Path.Combine(_folder, "mail.db");
    public string Cloud => Tenant.BaseAddress.ToString().TrimEnd('/');

    /// <summary>The options that name the tenant.</summary>
    public string[] Ids => ["--tenant", Tenant.TenantId.ToString(), "--client", RegisteredApp.Default.ClientId, "--cloud", Cloud];

    /// <summary>Serves a tenant at the end of its world; other applications are registered beside the patient's own.</summary>
    public static async Task<TenantShell> OpenAsync(Patient patient, params RegisteredApp[] others)
    {
        var options = new SimulationOptions { Scenario = patient.Scenario, Quirks = Quirks.None, Apps = [patient.App, .. others] };
        var clock = new WorldClock(options.End);
        return new(await SimulatedTenant.StartAsync(options, clock, TestContext.Current.CancellationToken), clock, patient);
    }

    /// <summary>Runs a command on the store of this shell; nobody answers questions unless there is a console.</summary>
    public async Task<Outcome> RunAsync(TypedConsole? console, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(output, error, Stream.Null, IsInteractive: false, Clock) { Questions = console };
        var code = await CommandLine.RunAsync([.. args, "--store", StorePath], terminal, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    public Task<Outcome> RunAsync(params string[] args) => RunAsync(null, args);

    /// <summary>The mailboxes that are read, by address.</summary>
    public string Mailboxes()
    {
        using var store = MailStore.Open(StorePath, StoreAccess.Read, Clock);
        return string.Join(' ', store.Accounts.All().Select(account => store.Addresses[account.Mailbox]).Order());
    }

    public async ValueTask DisposeAsync()
    {
        await Tenant.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return "file:" + path;
    }
}

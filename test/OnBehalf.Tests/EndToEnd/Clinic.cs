using System.Text;
using System.Text.Json;
using NodaTime;
using OnBehalf.Checks;
using OnBehalf.Engine.Setups;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Tests.Simulator;
using OnBehalf.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>Examines a patient: a real sync over HTTP, and what the doctor says of it.</summary>
sealed class Clinic : IAsyncDisposable
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    readonly string _folder = Directory.CreateTempSubdirectory("onbehalf-clinic-").FullName;
    readonly Patient _patient;
    readonly TenantConnection _connection;
    readonly TenantRecord _record;

    Clinic(Patient patient, SimulatedTenant tenant, WorldClock clock)
    {
        (_patient, Tenant, Clock) = (patient, tenant, clock);
        Store = MailStore.Open(Path.Combine(_folder, "mail.db"), StoreAccess.Write, clock);
        _record = new(tenant.TenantId.ToString(), tenant.BaseAddress.ToString().TrimEnd('/'), patient.App.ClientId, "env:unused")
        {
            SecretEndsAt = patient.SecretEndsAt is { } end ? Instant.FromDateTimeOffset(end) : null,
        };
        _connection = new(NationalCloud.Parse(_record.Cloud), _record.Id, _record.Client,
            patient.Credential ?? AppCredential.OfSecret(patient.App.Secret!), new HurriedClock(clock));
    }

    public SimulatedTenant Tenant { get; }
    public WorldClock Clock { get; }
    public MailStore Store { get; }
    public Instant Now => Instant.FromDateTimeOffset(Clock.GetUtcNow());

    /// <summary>Opens the tenant at the end of its world, and a store that reads its mailboxes.</summary>
    public static async Task<Clinic> AdmitAsync(Patient patient)
    {
        var options = new SimulationOptions
        {
            Scenario = patient.Scenario, Quirks = Quirks.None, Apps = [patient.App], ClockSkewSeconds = patient.Skew,
        };
        if (patient.Now is { } now)
            options = options with { Start = DateOnly.FromDateTime(now.UtcDateTime).AddDays(-patient.Scenario.Days) };
        var clock = new WorldClock(patient.Now ?? options.End);
        var clinic = new Clinic(patient, await SimulatedTenant.StartAsync(options, clock, Cancel), clock);
        clinic.Prepare();
        return clinic;
    }

    /// <summary>A round, and what the doctor says then, each finding in a line of its own.</summary>
    public async Task<IReadOnlyList<string>> ExamineAsync()
    {
        await SyncAsync();
        return Say();
    }

    /// <summary>A round; what went wrong with it.</summary>
    /// <param name="pictureAge">How old a look at rights may be to be good enough.</param>
    public async Task<IReadOnlyList<string>> SyncAsync(Duration pictureAge = default)
    {
        var outcome = await TenantSync.RunAsync(
            Store, _connection, _record, new HurriedClock(Clock), _ => { }, pictureAge, Cancel);
        return [.. outcome.Troubles.Select(trouble => trouble.Mistake.Message)];
    }

    /// <summary>
    /// What the doctor says now. Whatever it says has to be a finding of the set-up, so that nothing of this tenant is said
    /// twice, once by the check and once by the figures.
    /// </summary>
    public IReadOnlyList<string> Say()
    {
        var findings = Store.Setup.Load().Findings
            .Concat(SetupLook.Alarms(Store, Now)).ToList();
        Assert.Equal(findings.Select(finding => (finding.Severity.ToString().ToLowerInvariant(), finding.Where)),
            Doctor.Look(Store, Clock, Cancel).Select(trouble => (trouble.Severity, trouble.Where)));
        return [.. findings.Select(Text)];
    }

    /// <summary>The addresses of the agents, in order.</summary>
    public IReadOnlyList<string> Team =>
        [.. Truth().Where(line => line.IsOf("agent")).Select(line => line.Text("address")!).Order(StringComparer.Ordinal)];

    /// <summary>Every message of a person that went out, as the tenant's truth has it.</summary>
    public IReadOnlyList<JsonElement> Sent =>
        [.. Truth().Where(line => line.IsOf("message") && line.Text("direction") == "outbound" && line.Text("pressedBy") is not null)];

    List<JsonElement> Truth()
    {
        using var stream = new MemoryStream();
        Tenant.WriteTruth(stream, Clock.GetUtcNow());
        return [.. Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))];
    }

    public async ValueTask DisposeAsync()
    {
        Store.Dispose();
        _connection.Dispose();
        await Tenant.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    void Prepare()
    {
        var (settings, version) = Store.Settings.Load();
        Store.Settings.Save(settings with
        {
            CompanySchedule = [new() { Zone = "Europe/Prague", Week = "Mon-Fri 08:00-17:00" }],
            Mailboxes = [.. Tenant.Mailboxes.Select(mailbox => new MailboxSettings
            {
                Address = mailbox, Aliases = [mailbox.Replace("@", "-team@", StringComparison.Ordinal)],
            })],
        }, version);
        Store.Accounts.Save(_record);
        foreach (var mailbox in Tenant.Mailboxes.Concat(_patient.Gone is { } gone ? [gone] : []))
            Store.Accounts.Add(new()
            {
                Mailbox = Store.Addresses.Intern((ReadOnlySpan<char>)mailbox), Tenant = _record.Id, GraphId = mailbox,
                Horizon = Instant.FromUtc(2025, 1, 1, 0, 0),
            });
    }

    static string Text(SetupFinding finding) => FormattableString.Invariant(
        $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Fault.Text()} {finding.Where}: {finding.Evidence}")
        + string.Concat(finding.Remedy.Select(step => "\n  " + step))
        + (finding.Gain is { } gain ? FormattableString.Invariant($"\n  gain {gain:0.0000}") : "");
}

using System.CommandLine;
using NodaTime;
using OnBehalf.Cli.Options;
using OnBehalf.Cli.Reports;
using OnBehalf.Engine;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf demo</c>: a pretend tenant, a sync over HTTP, and the figures by agent, in one go.</summary>
static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var (options, format) = (new ScenarioOptions(), FormatOption.Create());
        var store = new Option<string>("--store", "-s")
        {
            Description = "The file to make; an older one of a demo is replaced.",
            DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "onbehalf-demo.db"),
        };
        var port = ServeCommand.PortOption();
        var serve = new Option<bool?>("--serve")
        {
            Description = "Whether to go on with the screens in a browser; left out: where a person watches.",
        };
        var command = new Command("demo",
            """
            See it work on a pretend company: starts a simulated Microsoft 365 tenant, reads it as a real one would be read,
            shows who answered and how fast, and goes on with the screens at http://127.0.0.1:5080. The same seed shows the same
            figures.

            Example:
              onbehalf demo --scenario acme-support --seed 7
            """)
        { store, format, port, serve };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(store)!;
            await RunAsync(options.Read(parsed), path, parsed.GetValue(format), terminal, cancellation);
            if (!(parsed.GetValue(serve) ?? terminal.IsInteractive)) return ExitCode.Done;
            return await ServeCommand.RunAsync(path, parsed.GetValue(port), terminal, cancellation);
        });
        return command;
    }

    static async Task RunAsync(
        SimulationOptions options, string path, Format format, Terminal terminal, CancellationToken cancellation)
    {
        Forget(path, terminal.Time);
        var clock = new WorldClock(options.End, terminal.Time);
        await using var tenant = await SimulateCommand.StartAsync(options, clock, cancellation);
        using var store = MailStore.Open(path, StoreAccess.Write, clock);
        var record = new TenantRecord(
            tenant.TenantId.ToString(), NationalCloud.Parse(tenant.BaseAddress.ToString()).Name,
            RegisteredApp.Default.ClientId, TenantRecord.NoCredential);
        store.Accounts.Save(record);
        using var connection = new TenantConnection(
            NationalCloud.Parse(record.Cloud), record.Id, record.Client, AppCredential.OfSecret(RegisteredApp.Default.Secret!),
            new HurriedClock(clock));
        SaveSettings(store);
        await AddMailboxesAsync(store, record, connection, tenant.Mailboxes, clock, cancellation);
        terminal.Say($"{options.Scenario.Story} Seed {options.Seed}.");
        await SyncCommand.RunAsync(store, connection, record, new HurriedClock(clock), terminal, cancellation);
        Report(store, options, format, terminal, cancellation);
        SaySetup(store, terminal);
        terminal.Say($"""

            Ask further with --store {path}, as in
              onbehalf report mailboxes --store {path} --as-of {options.End:yyyy-MM-ddTHH:mm:ssZ}
              onbehalf report attribution --store {path}
            """);
    }

    static void SaySetup(MailStore store, Terminal terminal)
    {
        terminal.Say("\nWhat the set-up check found; onbehalf doctor says what to type:");
        foreach (var finding in store.Setup.Load().Findings)
            terminal.Say($"  {finding.Severity,-8} {finding.Where}: {finding.Evidence}");
    }

    // What the pretend company's people keep to, as an administrator would have set it.
    static void SaveSettings(MailStore store)
    {
        var (settings, version) = store.Settings.Load();
        store.Settings.Save(settings with
        {
            CompanySchedule = [new() { Zone = "Europe/Prague", Week = "Mon-Fri 08:00-17:00" }],
            SlaPolicies = [new() { Name = "Standard", FirstMinutes = 8 * 60, NextMinutes = 8 * 60 }],
        }, version);
    }

    // Only a file that a demo made is taken away: anything else that lies there stays.
    static void Forget(string path, TimeProvider time)
    {
        if (!File.Exists(path)) return;
        using (var older = MailStore.Open(path, StoreAccess.Write, time))
            if (older.Accounts.Tenants() is not [{ IsDemo: true }])
                throw new Mistake("conflict", $"{path} is not from a demo, and stays as it is. Name another file with --store.");
        foreach (var part in (string[])["", "-wal", "-shm", "-writer"]) File.Delete(path + part);
    }

    static async Task AddMailboxesAsync(
        MailStore store, TenantRecord tenant, TenantConnection connection, IReadOnlyList<string> mailboxes,
        TimeProvider time, CancellationToken cancellation)
    {
        foreach (var mailbox in mailboxes)
        {
            var found = await MailboxCommand.FindAsync(connection, mailbox, cancellation);
            MailboxCommand.AddTo(store, tenant, found, MailboxCommand.Horizon(time, 12), isAgent: false);
        }
    }

    static void Report(
        MailStore store, SimulationOptions options, Format format, Terminal terminal, CancellationToken cancellation)
    {
        var end = Instant.FromDateTimeOffset(options.End);
        var rules = store.Settings.Rules();
        var reader = new MetricReader(store, rules, null);
        var context = new ReportContext(store, rules, reader, new()
        {
            Metrics = [], From = Instant.FromDateTimeOffset(options.Start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)), To = end,
            Zone = DateTimeZone.Utc, AsOf = end,
        }, terminal, cancellation);
        AgentsReport.Write(context).Write(terminal, format, Sheet.ForPeople);
    }
}

using System.CommandLine;
using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf sync</c>: what is new in the mailboxes and in the audit log.</summary>
static class SyncCommand
{
    public static Command Create(Terminal terminal)
    {
        var watch = new Option<bool>("--watch") { Description = "Go on, a round every few minutes, until stopped." };
        var minutes = new Option<int>("--every")
        {
            Description = "Minutes from round to round with --watch.", DefaultValueFactory = _ => 5,
        };
        var publicUrl = new Option<string?>("--public-url")
        {
            Description = "With --watch: the https address at which Microsoft reaches this machine, so that new mail is read "
                + "within seconds. Without it, mail is polled.",
        };
        var port = new Option<int>("--notices-port")
        {
            Description = "The port on 127.0.0.1 that the public address is passed on to.", DefaultValueFactory = _ => 5081,
        };
        var store = StoreOption.Create();
        var command = new Command("sync",
            """
            Read what is new in the tenant's mailboxes, its audit log and its directory, and compute. May be stopped at any
            time, and goes on where it was. Ends with 9 when some mailbox could not be read.

            Examples:
              onbehalf sync
              onbehalf sync --watch --every 2
              onbehalf sync --watch --public-url https://mail.acme.example/onbehalf
            """)
        { watch, minutes, publicUrl, port, store };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(minutes) is < 1 or > 1440)
                throw new Mistake("invalid", "--every: give a number of minutes from 1 to 1440.");
            var notices = parsed.GetValue(publicUrl) is { } url ? NoticeHost.AddressOf(url) : null;
            if (notices is not null && !parsed.GetValue(watch))
                throw new Mistake("invalid", "--public-url: only a sync that goes on can be told; give --watch, too.");
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            if (!parsed.GetValue(watch)) return await RoundAsync(opened, terminal, Duration.Zero, cancellation);
            var pictureAge = Duration.Zero;
            var goesOn = new SyncWatch(opened, TimeSpan.FromMinutes(parsed.GetValue(minutes)), terminal.Time,
                tenant => TenantOptions.Connect(tenant, terminal.Time), terminal.Say);
            if (notices is null) await goesOn.RunAsync(Round, cancellation);
            else await ListenAsync(opened, goesOn, notices, parsed.GetValue(port), Round, terminal, cancellation);
            return ExitCode.Done;

            async Task Round()
            {
                await RoundAsync(opened, terminal, pictureAge, cancellation);
                pictureAge = PictureAge;
            }
        });
        return command;
    }

    /// <summary>Rights change seldom: while it goes on, they are looked at once an hour.</summary>
    static readonly Duration PictureAge = Duration.FromHours(1);

    static async Task ListenAsync(
        MailStore store, SyncWatch watch, Uri notices, int port, Func<Task> round, Terminal terminal, CancellationToken cancellation)
    {
        var desk = new NoticeDesk();
        await using var host = await NoticeHost.OpenAsync(desk, port, terminal.Time, cancellation);
        terminal.Say($"{notices} is to be passed on to {host.Urls.First()}.");
        await watch.RunAsync(round, desk, new SubscriptionKeeper(store, desk, notices, terminal.Time), cancellation);
    }

    static async Task<int> RoundAsync(MailStore store, Terminal terminal, Duration pictureAge, CancellationToken cancellation)
    {
        var tenants = store.Accounts.Tenants();
        if (tenants.Count == 0) throw new Mistake("not_found", "No mailbox is read yet. Begin with onbehalf connect.");
        var code = ExitCode.Done;
        foreach (var tenant in tenants)
        {
            using var connection = TenantOptions.Connect(tenant, terminal.Time);
            var outcome = await RunAsync(store, connection, tenant, terminal.Time, terminal, pictureAge, cancellation);
            if (outcome.Troubles.Count > 0) code = ExitCode.SomethingToDo;
        }
        return code;
    }

    /// <summary>One round over one tenant, told to whoever watches.</summary>
    public static async Task<SyncOutcome> RunAsync(
        MailStore store, TenantConnection connection, TenantRecord tenant, TimeProvider time, Terminal terminal,
        CancellationToken cancellation) => await RunAsync(
            store, connection, tenant, time, terminal, Duration.Zero, cancellation);

    static async Task<SyncOutcome> RunAsync(
        MailStore store, TenantConnection connection, TenantRecord tenant, TimeProvider time, Terminal terminal,
        Duration pictureAge, CancellationToken cancellation)
    {
        var outcome = await terminal.WithCountAsync("Reading mailboxes", report => TenantSync.RunAsync(
            store, connection, tenant, time, progress => report(progress.Read, progress.Expected), pictureAge,
            cancellation));
        foreach (var trouble in outcome.Troubles.GroupBy(trouble => trouble.Mistake.Message))
            terminal.Say($"{string.Join(", ", trouble.Select(one => one.Where))}: {trouble.Key}");
        foreach (var alarm in SetupLook.Alarms(store, time.GetCurrentInstant()))
            terminal.Say($"{alarm.Severity}: {alarm.Evidence}\n  {string.Join("\n  ", alarm.Remedy)}");
        terminal.Say($"{Counted.Of(outcome.Mailboxes, "mailbox", "mailboxes")} read, "
            + $"{Counted.Of(outcome.Added, "new fact", "new facts")}.");
        return outcome;
    }
}

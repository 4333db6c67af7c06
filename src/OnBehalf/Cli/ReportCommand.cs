using System.CommandLine;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Cli.Reports;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;
using OnBehalf.Store;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf report …</c>: figures from findings.</summary>
static class ReportCommand
{
    public static Command Create(Terminal terminal) =>
        new("report",
            """
            Figures, each with its count, its clock and what it stands on. Speed is dated by the day of the reply, rates
            and SLA by the day the wait began.

            Examples:
              onbehalf report agents --from 2026-01-01 --to 2026-02-01 --zone Europe/Prague --clock mailbox
              onbehalf report backlog --as-of 2026-01-15T08:00:00Z --format csv
            """)
        {
            One(terminal, "agents", "Who answered, how fast.", AgentsReport.Write),
            One(terminal, "mailboxes", "What came in, what was answered, how fast.", MailboxesReport.Write),
            One(terminal, "conversations", "Conversations with a message in the range, one a line.", ConversationsReport.Write),
            One(terminal, "backlog", "What waits at the instant of --as-of: by age, and the oldest first.", BacklogReport.Write),
            One(terminal, "sla", "Promises kept and broken, by mailbox and policy.", SlaReport.Write),
            One(terminal, "attribution", "How much is known of who wrote, by evidence and reason.", AttributionReport.Write),
        };

    static Command One(Terminal terminal, string name, string description, Func<ReportContext, Sheet> report)
    {
        var (store, format, options) = (StoreOption.Create(), FormatOption.Create(), new ReportOptions());
        var command = new Command(name,
            $"""
            {description}

            Example:
              onbehalf report {name} --from 2026-01-01 --to 2026-02-01 --zone Europe/Prague
            """)
        { store, format };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var rules = opened.Settings.Rules();
            WarnOfOldFindings(opened, rules, terminal);
            var reader = new MetricReader(opened, rules, options.MailboxesOf(parsed, opened));
            var context = new ReportContext(
                opened, rules, reader, options.Read(parsed, reader, terminal.Time), terminal, cancellation);
            report(context).Write(terminal, parsed.GetValue(format), Sheet.ForPeople);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    static void WarnOfOldFindings(MailStore store, Store.Preferences.RuleBook rules, Terminal terminal)
    {
        var dirty = store.Findings.Dirty(rules, Corridor.EngineVersion);
        if (dirty.Count > 0)
            terminal.Say($"The figures of {Counted.Of(dirty.Count, "mailbox", "mailboxes")} are older than messages or settings: "
                + "onbehalf rebuild brings them up to date.");
    }
}

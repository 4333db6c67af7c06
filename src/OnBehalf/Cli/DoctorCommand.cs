using System.CommandLine;
using NodaTime.Extensions;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Store;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf doctor</c>: what is wrong with the set-up and the data, and what to do.</summary>
static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var mail = new Option<bool>("--mail")
        {
            Description = "Show how the mail of the last 30 days was sent, and nothing else.",
        };
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("doctor",
            """
            Looks at the file, the tenant's set-up as the last sync saw it, the imports and the figures, and says what is wrong
            and what to do; and from the other side, how the mail of the last 30 days was sent. Ends with 0 when there is
            nothing to do, else with 9.

            Examples:
              onbehalf doctor
              onbehalf doctor --format json
              onbehalf doctor --mail
            """)
        { mail, store, format };
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var how = parsed.GetValue(format);
            if (parsed.GetValue(mail))
            {
                Sending(opened, terminal, cancellation).Write(terminal, how, Sheet.ForPeople);
                return Task.FromResult(ExitCode.Done);
            }
            var found = Doctor.Look(opened, terminal.Time, cancellation);
            if (found.Count > 0) Findings(found).Write(terminal, how);
            if (how == Format.Table)
            {
                foreach (var line in Doctor.Inventory(opened)) terminal.Say(line);
                terminal.Say("How the mail of the last 30 days was sent:");
                Sending(opened, terminal, cancellation).Write(terminal, how, Sheet.ForPeople);
            }
            terminal.Say(found.Count == 0 ? "Nothing to do." : $"{Counted.Of(found.Count, "finding", "findings")}.");
            return Task.FromResult(found.Any(f => f.Severity != "note") ? ExitCode.SomethingToDo : ExitCode.Done);
        });
        return command;
    }

    static Sheet Findings(IReadOnlyList<Trouble> found)
    {
        var sheet = new Sheet("severity", "where", "what", "what to do");
        foreach (var trouble in found) sheet.Add(trouble.Severity, trouble.Where, trouble.What, trouble.Remedy);
        return sheet;
    }

    static Sheet Sending(MailStore store, Terminal terminal, CancellationToken cancellation)
    {
        var sheet = new Sheet(
            "mailbox", "sent", "on behalf rate", "as with a record rate", "own name rate", "otherwise known rate",
            "as without a record rate", "unknown rate");
        foreach (var (mailbox, use) in SendingLook.Of(store, terminal.Time.GetCurrentInstant(), cancellation)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            double? Share(int part) => use.Total == 0 ? null : (double)part / use.Total;
            sheet.Add(mailbox, use.Total, Share(use.OnBehalf), Share(use.As), Share(use.OwnName), Share(use.Otherwise),
                Share(use.Unnamed), Share(use.Unknown));
        }
        return sheet;
    }
}

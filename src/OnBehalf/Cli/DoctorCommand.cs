using System.CommandLine;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf doctor</c>: what is wrong with the data, and what to do.</summary>
static class DoctorCommand
{
    public static Command Create(Terminal terminal)
    {
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("doctor",
            """
            Looks at the file, the imports and the figures, and says what is wrong and what to do. Ends with 0 when there is
            nothing to do, else with 9.

            Example:
              onbehalf doctor --format json
            """)
        { store, format };
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var sheet = new Sheet("severity", "where", "what", "what to do");
            var found = Doctor.Look(opened, terminal.Time, cancellation);
            foreach (var trouble in found) sheet.Add(trouble.Severity, trouble.Where, trouble.What, trouble.Remedy);
            if (found.Count > 0) sheet.Write(terminal, parsed.GetValue(format));
            terminal.Say(found.Count == 0 ? "Nothing to do." : $"{found.Count:N0} findings.");
            return Task.FromResult(found.Any(f => f.Severity != "note") ? ExitCode.SomethingToDo : ExitCode.Done);
        });
        return command;
    }
}

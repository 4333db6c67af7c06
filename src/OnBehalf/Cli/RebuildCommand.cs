using System.CommandLine;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf rebuild</c>: all findings anew from the facts.</summary>
static class RebuildCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = StoreOption.Create();
        var command = new Command("rebuild",
            """
            Compute every finding anew from the facts. Figures must not change; after an upgrade they change only as
            the changelog says.

            Example:
              onbehalf rebuild
            """)
        { store };
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            terminal.Say($"{Counted.Of(Recompute.Everything(opened, cancellation), "mailbox", "mailboxes")} computed anew.");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}

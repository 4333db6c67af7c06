using System.CommandLine;
using NodaTime.Extensions;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Exchange;
using OnBehalf.Store;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf permissions script|import</c>: the set-up check where the application may not ask Exchange.</summary>
static class PermissionsCommand
{
    public static Command Create(Terminal terminal) =>
        new("permissions",
            """
            Check who may send for a mailbox, and how, from a file that an Exchange administrator makes.

            Examples:
              onbehalf permissions script > permissions.ps1
              onbehalf permissions import permissions.json
            """)
        { Script(terminal), Import(terminal) };

    static Command Script(Terminal terminal)
    {
        var command = new Command("script",
            """
            Print the PowerShell script that writes permissions.json. It reads only, and changes nothing.

            Example:
              onbehalf permissions script > permissions.ps1
            """);
        command.SetAction(_ =>
        {
            terminal.Out.Write(PermissionsScript.Text);
            return ExitCode.Done;
        });
        return command;
    }

    static Command Import(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "What the script wrote, or the same cmdlets as JSON; .gz, too." };
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("import",
            """
            Read permissions from a file and say what costs coverage, and what to type. Ends with 9 when there is something
            to do.

            Example:
              onbehalf permissions import permissions.json
            """)
        { file, store, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new Mistake("not_found", $"There is no file {path}.");
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            await using var stream = File.OpenRead(path);
            var now = terminal.Time.GetCurrentInstant();
            var picture = await PermissionsFile.ReadAsync(stream, path, now, Known(opened), cancellation);
            var findings = SetupLook.File(opened, picture, now, cancellation);
            var sheet = new Sheet("severity", "where", "what", "what to do");
            foreach (var finding in findings)
                sheet.Add(finding.Severity.ToString(), finding.Where, finding.Evidence, string.Join("; ", finding.Remedy));
            if (findings.Count > 0) sheet.Write(terminal, parsed.GetValue(format));
            terminal.Say(findings.Count == 0
                ? Counted.Of(picture.Mailboxes.Count, "mailbox is set up as it should be.", "mailboxes are set up as they should be.")
                : $"{Counted.Of(findings.Count, "finding", "findings")} about "
                    + $"{Counted.Of(picture.Mailboxes.Count, "mailbox", "mailboxes")}; onbehalf doctor repeats them.");
            return findings.Count == 0 ? ExitCode.Done : ExitCode.SomethingToDo;
        });
        return command;
    }

    // Whom the directory named when it was last read: an administrator's own export seldom says who is who.
    static IReadOnlyList<Person> Known(MailStore store) =>
    [
        .. (store.Pictures.Directory()?.People ?? [])
            .Select(person => new Person { Id = person.Id, Name = person.Name, Addresses = person.Addresses }),
    ];
}

using System.CommandLine;
using OnBehalf.Engine;

namespace OnBehalf.Cli;

/// <summary>The commands, and the one place where what went wrong becomes an exit code.</summary>
static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        // An agent pattern may begin with @, which would otherwise name a response file.
        var result = Root(terminal).Parse(args, new() { ResponseFileTokenReplacer = null });
        var settings = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            var code = await result.InvokeAsync(settings, cancellation);
            return result.Errors.Count > 0 ? ExitCode.Usage : code;
        }
        catch (Mistake mistake)
        {
            terminal.Say(mistake.Message);
            return ExitCode.Of(mistake);
        }
        catch (OperationCanceledException)
        {
            terminal.Say("Stopped. What was reported as imported is stored; run the same command again to go on.");
            return ExitCode.Cancelled;
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            terminal.Say($"Internal error, a defect of OnBehalf; what was reported as imported is stored.\n{broken}");
            return ExitCode.Internal;
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Root(Terminal terminal) => new(
        """
        Who answered, how fast, what still waits, and how sure are we? Analytics for shared mailboxes.

        Start with:
          onbehalf demo
        then with your own mail, from Microsoft 365
          onbehalf connect
          onbehalf sync --watch
        or from files
          onbehalf import mail archive.mbox --mailbox support@acme.example --agents "@acme\.example$"
          onbehalf import audit audit.csv
          onbehalf report agents --from 2025-01-01 --to 2025-04-01
          onbehalf explain MESSAGE-ID

        Exit codes: 0 done · 1 internal error · 2 usage or invalid input · 3 not found · 4 conflict · 5 busy
        · 6 damaged · 7 unavailable · 9 doctor found something to do · 130 stopped
        """)
    {
        DemoCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        ConnectCommand.Create(terminal),
        MailboxCommand.Create(terminal),
        SyncCommand.Create(terminal),
        ImportCommand.Create(terminal),
        ServeCommand.Create(terminal),
        ReportCommand.Create(terminal),
        QueryCommand.Create(terminal),
        ExplainCommand.Create(terminal),
        CheckMessageCommand.Create(terminal),
        ScheduleCommand.Create(terminal),
        SlaCommand.Create(terminal),
        TeamCommand.Create(terminal),
        ExcludeCommand.Create(terminal),
        InternalDomainCommand.Create(terminal),
        SettingsCommand.Create(terminal),
        RebuildCommand.Create(terminal),
        PermissionsCommand.Create(terminal),
        DoctorCommand.Create(terminal),
    };
}

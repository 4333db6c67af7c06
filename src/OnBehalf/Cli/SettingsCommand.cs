using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf settings export|import</c>: all settings as one JSON file.</summary>
static class SettingsCommand
{
    public static Command Create(Terminal terminal) =>
        new("settings",
            """
            All settings as one JSON file.

            Examples:
              onbehalf settings export > settings.json
              onbehalf settings import settings.json --yes
            """)
        { Export(terminal), Import(terminal) };

    static Command Export(Terminal terminal)
    {
        var store = StoreOption.Create();
        var command = new Command("export",
            """
            Write the settings to standard output.

            Example:
              onbehalf settings export > settings.json
            """)
        { store };
        command.SetAction(parsed =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            terminal.Out.WriteLine(SettingsText.Print(opened.Settings.Load().Settings));
            return ExitCode.Done;
        });
        return command;
    }

    static Command Import(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The JSON file; - for standard input." };
        var (store, yes) = (StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("import",
            """
            Replace the settings by those of a file, after a preview of old and new figures.

            Example:
              onbehalf settings import settings.json --yes
            """)
        { file, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            var wanted = SettingsText.Parse(Read(parsed.GetValue(file)!, terminal));
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return Task.FromResult(
                SettingsChange.Make(opened, _ => wanted, parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }

    static string Read(string file, Terminal terminal)
    {
        if (file == "-") return new StreamReader(terminal.Input).ReadToEnd();
        if (!File.Exists(file)) throw new Mistake("not_found", $"There is no file {file}.");
        if (new FileInfo(file).Length > SettingsText.LengthLimit)
            throw new Mistake("invalid", $"{file} is larger than settings can be.");
        return File.ReadAllText(file);
    }
}

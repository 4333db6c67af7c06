using System.CommandLine;
using OnBehalf.Checks;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary>A change of settings: first what it does to the figures, then, if it is wanted, the change itself.</summary>
static class SettingsChange
{
    public static Option<bool> YesOption() => new("--yes", "-y")
    {
        Description = "Make the change without asking; without it, and where nobody can be asked, only the preview is shown.",
    };

    /// <summary>Shows the figures before and after, asks, saves, and computes history anew.</summary>
    public static int Make(
        MailStore store, Func<Settings, Settings> change, bool yes, Terminal terminal, CancellationToken cancellation)
    {
        var (settings, version) = store.Settings.Load();
        var wanted = change(settings);
        if (SettingsText.Print(wanted) == SettingsText.Print(settings))
        {
            terminal.Say("Nothing changes.");
            return ExitCode.Done;
        }
        SettingsText.Check(wanted);
        Recompute.Run(store, cancellation);
        var rules = new RuleBook(wanted, store.Addresses, store.Facts.SendNames().Count > 0);
        Show(store, rules, terminal, cancellation);

        if (!yes && !(terminal.IsInteractive && Asked(terminal)))
        {
            terminal.Say("Nothing was changed. Add --yes to make the change.");
            return ExitCode.Done;
        }
        store.Settings.Save(wanted, version);
        var computed = Recompute.Run(store, cancellation);
        terminal.Say($"Changed; {Counted.Of(computed, "mailbox", "mailboxes")} computed anew.");
        return ExitCode.Done;
    }

    static void Show(MailStore store, RuleBook wanted, Terminal terminal, CancellationToken cancellation)
    {
        var sheet = new Sheet("mailbox or team", "figure", "before", "after");
        foreach (var (where, metric, before, after) in FigurePreview.Compare(store, wanted, terminal.Time, cancellation))
            sheet.Add(
                where, metric + (before.Distribution is null ? "" : ", median seconds of the mailbox clock"),
                before.Value, after.Value);
        sheet.Write(terminal with { Out = terminal.Error }, Format.Table);
    }

    static bool Asked(Terminal terminal)
    {
        terminal.Error.Write("Make this change? [y/N] ");
        return new StreamReader(terminal.Input).ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}

using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf exclude set|list|remove</c>: mail that waits for nobody.</summary>
static class ExcludeCommand
{
    public static Command Create(Terminal terminal) => WordListCommand.Create(
        terminal, "exclude", "@robots.example",
        "Mail that waits for nobody: by address, domain (@acme.example), or a word of the subject (subject:alert).",
        settings => [
            .. settings.Exclusions.Addresses,
            .. settings.Exclusions.Domains.Select(d => "@" + d),
            .. settings.Exclusions.SubjectWords.Select(w => Subject + w)],
        (settings, words) => settings with
        {
            Exclusions = new()
            {
                Addresses = [.. words.Where(w => !w.StartsWith('@') && !IsSubject(w))],
                Domains = [.. words.Where(w => w.StartsWith('@')).Select(w => w[1..])],
                SubjectWords = [.. words.Where(IsSubject).Select(w => w[Subject.Length..])],
            },
        });

    const string Subject = "subject:";

    static bool IsSubject(string word) => word.StartsWith(Subject, StringComparison.Ordinal);
}

/// <summary><c>onbehalf internal-domain set|list|remove</c>: whose mail is internal.</summary>
static class InternalDomainCommand
{
    public static Command Create(Terminal terminal) => WordListCommand.Create(
        terminal, "internal-domain", "subsidiary.example",
        "Domains whose people are colleagues. Those of tracked mailboxes always are.",
        settings => settings.InternalDomains,
        (settings, words) => settings with { InternalDomains = words });
}

/// <summary>A setting that is a list of words: set, list, remove, each change after a preview.</summary>
static class WordListCommand
{
    public static Command Create(
        Terminal terminal, string name, string sample, string description, Func<Settings, IReadOnlyList<string>> read,
        Func<Settings, IReadOnlyList<string>, Settings> write) =>
        new(name, WithExample(description, $"onbehalf {name} set {sample} --yes"))
        {
            Change(terminal, "set",
                WithExample("Add to the list, after a preview of old and new figures.", $"onbehalf {name} set {sample} --yes"),
                read, write,
                (old, words) => [.. old.Union(words, StringComparer.OrdinalIgnoreCase)]),
            List(terminal, name, read),
            Change(terminal, "remove",
                WithExample("Take from the list, after a preview.", $"onbehalf {name} remove {sample} --yes"),
                read, write,
                (old, words) => [.. old.Except(words, StringComparer.OrdinalIgnoreCase)]),
        };

    static string WithExample(string description, string example) => $"{description}\n\nExample:\n  {example}";

    static Command Change(
        Terminal terminal, string verb, string description, Func<Settings, IReadOnlyList<string>> read,
        Func<Settings, IReadOnlyList<string>, Settings> write,
        Func<IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        var words = new Argument<string[]>("WHAT") { Arity = ArgumentArity.OneOrMore };
        var (store, yes) = (StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command(verb, description) { words, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return Task.FromResult(SettingsChange.Make(
                opened, settings => write(settings, change(read(settings), parsed.GetValue(words)!)),
                parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }

    static Command List(Terminal terminal, string name, Func<Settings, IReadOnlyList<string>> read)
    {
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("list", WithExample("What is on the list.", $"onbehalf {name} list")) { store, format };
        command.SetAction(parsed =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var sheet = new Sheet(name);
            foreach (var word in read(opened.Settings.Load().Settings)) sheet.Add(word);
            sheet.Write(terminal, parsed.GetValue(format));
            return ExitCode.Done;
        });
        return command;
    }
}

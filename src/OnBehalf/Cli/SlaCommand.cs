using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf sla set|list|remove</c>: promised response times on the mailbox clock.</summary>
static class SlaCommand
{
    public static Command Create(Terminal terminal) =>
        new("sla",
            """
            Promised response times, on the mailbox clock.

            Examples:
              onbehalf sla set standard --first 480 --yes
              onbehalf sla list
            """)
        { Set(terminal), List(terminal), Remove(terminal) };

    static Command Set(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "What people call the promise." };
        var first = new Option<int?>("--first") { Description = "Minutes for a first response." };
        var next = new Option<int?>("--next") { Description = "Minutes for a next response." };
        var mailboxes = new Option<string[]>("--mailbox", "-m") { Description = "Only these mailboxes; repeatable." };
        var domain = new Option<string?>("--domain") { Description = "Only requesters of this domain." };
        var category = new Option<string?>("--category") { Description = "Only messages of this category." };
        var importance = new Option<Importance?>("--importance") { Description = "Only messages of this importance." };
        var (store, yes) = (StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("set",
            """
            Set a promise, after a preview. The most specific one that applies wins.

            Examples:
              onbehalf sla set standard --first 480
              onbehalf sla set gold --first 60 --next 240 --domain gold.example
            """)
        { name, first, next, mailboxes, domain, category, importance, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            var policy = new SlaSettings
            {
                Name = parsed.GetValue(name)!,
                FirstMinutes = parsed.GetValue(first),
                NextMinutes = parsed.GetValue(next),
                Mailboxes = parsed.GetValue(mailboxes) ?? [],
                SenderDomain = parsed.GetValue(domain),
                Category = parsed.GetValue(category),
                Importance = parsed.GetValue(importance),
            };
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return Task.FromResult(SettingsChange.Make(
                opened, settings => settings.With(policy), parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }

    static Command List(Terminal terminal)
    {
        var (store, format) = (StoreOption.Create(), FormatOption.Create());
        var command = new Command("list",
            """
            All promises, in the order of their numbers.

            Example:
              onbehalf sla list --format json
            """)
        { store, format };
        command.SetAction(parsed =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var sheet = new Sheet("name", "first minutes", "next minutes", "mailboxes", "domain", "category", "importance");
            foreach (var p in opened.Settings.Load().Settings.SlaPolicies)
                sheet.Add(p.Name, p.FirstMinutes, p.NextMinutes, string.Join(' ', p.Mailboxes), p.SenderDomain ?? "",
                    p.Category ?? "", p.Importance?.ToString() ?? "");
            sheet.Write(terminal, parsed.GetValue(format));
            return ExitCode.Done;
        });
        return command;
    }

    static Command Remove(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The promise's name." };
        var (store, yes) = (StoreOption.Create(), SettingsChange.YesOption());
        var command = new Command("remove",
            """
            Remove a promise, after a preview.

            Example:
              onbehalf sla remove gold --yes
            """)
        { name, store, yes };
        command.SetAction((parsed, cancellation) =>
        {
            var gone = parsed.GetValue(name)!;
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            if (opened.Settings.Load().Settings.SlaPolicies.All(p => p.Name != gone))
                throw new Mistake("not_found", $"There is no promise called {gone}. onbehalf sla list shows them.");
            return Task.FromResult(SettingsChange.Make(
                opened, settings => settings with { SlaPolicies = [.. settings.SlaPolicies.Where(p => p.Name != gone)] },
                parsed.GetValue(yes), terminal, cancellation));
        });
        return command;
    }
}

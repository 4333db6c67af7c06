using System.CommandLine;
using System.Globalization;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf explain</c>: one message, or one conversation, in the order of the corridor.</summary>
static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var what = new Argument<string>("MESSAGE-ID|CONVERSATION")
        {
            Description = "A Message-ID with or without brackets, or a conversation as reports name it (c1234).",
        };
        var (store, format, zone) = (StoreOption.Create(), FormatOption.Create(), ZoneOption.Create());
        var command = new Command("explain",
            """
            How a message became a figure: what was seen, who wrote it and by which evidence, what it was joined to,
            what it opened or answered, and which intervals counted.

            Examples:
              onbehalf explain "<order-17@customer.example>"
              onbehalf explain c1234 --zone Europe/Prague
            """)
        { what, store, format, zone };
        command.SetAction((parsed, cancellation) =>
        {
            using var opened = StoreOption.OpenToRead(parsed.GetValue(store)!, terminal);
            var sheet = new Sheet("step", "what", "value");
            var explanation = new Explanation(opened, sheet, ZoneOption.Read(parsed.GetValue(zone)!));
            foreach (var (mailbox, factId, whole) in Find(opened, parsed.GetValue(what)!))
            {
                var walk = Recompute.WalkOf(opened, opened.Settings.Rules(), mailbox, factId, cancellation);
                explanation.Add(mailbox, walk, whole ? null : factId);
            }
            sheet.Write(terminal, parsed.GetValue(format));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    static List<(AddressId Mailbox, long FactId, bool Whole)> Find(MailStore store, string what)
    {
        if (what is ['c', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && store.Facts.FindFact(number) is { } named)
            return [(named.Mailbox, named.Fact.FactId, true)];
        var found = store.Facts.FindMessage(what).GroupBy(f => f.Mailbox).Select(g => (g.Key, g.First().Fact.FactId, false));
        return found.ToList() is { Count: > 0 } list ? list : throw new Mistake("not_found",
            $"No mailbox has a message {what}. Give the Message-ID as the message states it, or a conversation as "
            + "onbehalf report conversations names it.");
    }
}

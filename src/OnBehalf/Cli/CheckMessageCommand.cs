using System.CommandLine;
using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf check-message</c>: what one sent message says about the permissions it was sent with.</summary>
static class CheckMessageCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A message that an agent sent for the mailbox, as .eml; - for standard input.",
        };
        var format = FormatOption.Create();
        var command = new Command("check-message",
            """
            The quick permission check: does this message say "X on behalf of Y", was it sent with Send As, or under a
            person's own name, and what follows? Needs no store.

            Example:
              onbehalf check-message sent.eml
            """)
        { file, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var addresses = new Addresses();
            var message = await FirstAsync(new([parsed.GetValue(file)!], new(), addresses, terminal.Input), cancellation)
                ?? throw new Mistake("invalid", $"{parsed.GetValue(file)} has no message that can be read.");
            var check = MessageChecker.Check(new(
                addresses[message.From], "", addresses[message.Sender], "", addresses[message.List], message.Signs));
            var sheet = new Sheet("what", "value");
            sheet.Add("from", addresses[message.From]);
            sheet.Add("sender", addresses[message.Sender]);
            sheet.Add("answer", check.GetType().Name);
            sheet.Add("what it says", check.What);
            sheet.Add("what follows", check.WhatFollows);
            sheet.Write(terminal, parsed.GetValue(format));
            return ExitCode.Done;
        });
        return command;
    }

    static async Task<MessageFact?> FirstAsync(FileMailSource source, CancellationToken cancellation)
    {
        await foreach (var page in source.ReadAsync(cancellation))
            if (page.Messages.Count > 0) return page.Messages[0];
        return null;
    }
}

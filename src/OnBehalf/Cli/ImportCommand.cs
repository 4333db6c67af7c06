using System.CommandLine;
using NodaTime;
using OnBehalf.Cli.Options;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Audit;
using OnBehalf.Sources.Files;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary><c>onbehalf import mail|audit</c>: files in, facts and findings in the store.</summary>
static class ImportCommand
{
    /// <summary>How many damaged pieces are named on the screen; the store keeps a thousand of an import.</summary>
    const int DamageShown = 10;

    /// <summary>
    /// Pages of messages in one transaction. Keys lie anywhere in their index, so every transaction writes most of its pages, and
    /// the fewer there are, the less is written; what an interruption loses is read again.
    /// </summary>
    const int PagesTogether = 8;

    public static Command Create(Terminal terminal) =>
        new("import",
            """
            Bring mail files and audit exports into the store.

            Examples:
              onbehalf import mail archive.mbox --mailbox support@acme.example
              onbehalf import audit audit.csv
            """)
        { Mail(terminal), Audit(terminal) };

    static Command Mail(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files or folders: .eml, mbox, Maildir, .gz of any; - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var options = new MailboxOptions();
        var store = StoreOption.Create();
        var command = new Command("mail",
            """
            Read messages of one shared mailbox. Only headers are kept; the same message twice is one message.

            Examples:
              onbehalf import mail export/ --mailbox support@acme.example --agents-file agents.csv
              zcat list.mbox.gz | onbehalf import mail - --mailbox list@acme.example --author-header Reply-To
            """)
        { paths, store };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = options.Read(parsed);
            // A path that is missing is said before a store is made.
            new FileMailSource(parsed.GetValue(paths)!, new(), new(), terminal.Input).CountBytes();
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return await ImportMailAsync(opened, parsed.GetValue(paths)!, wanted, terminal, cancellation);
        });
        return command;
    }

    static Command Audit(Terminal terminal)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files or folders: CSV of Search-UnifiedAuditLog or Purview, JSON, JSON lines, .gz; - for standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var (span, store) = (new SpanOptions(), StoreOption.Create());
        var command = new Command("audit",
            """
            Read audit records. Only SendAs and SendOnBehalf are kept; everything else is dropped at once. With --from and --to
            the span that the export was asked for counts as read, and is no gap any more.

            Examples:
              onbehalf import audit audit-2025-03.csv more/*.json.gz
              onbehalf import audit gap.csv --from 2025-03-03T08:00:00Z --to 2025-03-05T08:00:00Z
            """)
        { paths, store };
        span.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            new FileAuditSource(parsed.GetValue(paths)!, new(), terminal.Input).CountBytes();
            using var opened = StoreOption.OpenToWrite(parsed.GetValue(store)!, terminal);
            return await ImportAuditAsync(opened, parsed.GetValue(paths)!, span.Read(parsed), terminal, cancellation);
        });
        return command;
    }

    static async Task<int> ImportMailAsync(
        MailStore store, string[] paths, MailboxWish wish, Terminal terminal, CancellationToken cancellation)
    {
        var wanted = wish.AddedTo(store.Settings);
        var mailbox = store.Addresses.Intern(wanted.Mailbox.Address);
        var source = new FileMailSource(
            paths, new() { AuthorHeaders = wanted.Mailbox.AuthorHeaders }, store.Addresses, terminal.Input);
        var bytes = source.CountBytes();
        await using var pages = new AheadPages<MailPage>(source.ReadAsync(cancellation), cancellation);
        wanted.Save();
        var import = store.Facts.Begin(ImportKind.Mail, string.Join(' ', paths), mailbox);
        var tally = new Tally(terminal);
        using var joining = JoinAlongside.TryBegin(store, mailbox);
        await terminal.WithProgressAsync("Reading mail", bytes, async report =>
        {
            var open = 0;
            await foreach (var page in pages.ReadAllAsync())
            {
                var joins = joining is { GoesOn: true } ? new List<JoinKeys>(page.Messages.Count) : null;
                var ends = ++open >= PagesTogether;
                tally.Add(import.AppendMessages(page.Messages, Pairs(page.Damaged), endsTransaction: ends, joins: joins), page.Damaged);
                if (ends) open = 0;
                if (joins is not null) joining?.Add(joins);
                report(page.BytesRead);
            }
            return 0;
        });
        import.Finish();
        Recompute.Run(store, cancellation, joining?.Finish() is { } threads ? (mailbox, threads) : null);
        tally.Say("messages", wanted.Mailbox.Address);
        return ExitCode.Done;
    }

    static async Task<int> ImportAuditAsync(
        MailStore store, string[] paths, Interval? span, Terminal terminal, CancellationToken cancellation)
    {
        var source = new FileAuditSource(paths, store.Addresses, terminal.Input);
        var bytes = source.CountBytes() ?? 0;
        var import = store.Facts.Begin(ImportKind.Audit, string.Join(' ', paths));
        var tally = new Tally(terminal);
        var (records, repeats) = (0L, 0L);
        await using var pages = new AheadPages<AuditPage>(source.ReadAsync(cancellation), cancellation);
        await terminal.WithProgressAsync("Reading audit records", bytes, async report =>
        {
            await foreach (var page in pages.ReadAllAsync())
            {
                tally.Add(import.AppendSends(page.Sends, Pairs(page.Damaged), page.Cursor), page.Damaged);
                (records, repeats) = (records + page.Records, repeats + page.Repeats);
                report(page.BytesRead);
            }
            return 0;
        });
        if (span is not null) import.AppendSends([], window: span);
        import.Finish();
        Recompute.Run(store, cancellation);
        terminal.Say($"{records:N0} audit records read, {repeats:N0} of them repeats.");
        tally.Say("sends", "SendAs and SendOnBehalf");
        return ExitCode.Done;
    }

    static (string, string)[] Pairs(IReadOnlyList<Damage> damaged) => [.. damaged.Select(d => (d.Where, d.Reason))];

    /// <summary>What became of everything that was read.</summary>
    sealed class Tally(Terminal terminal)
    {
        long _added, _known, _damaged;

        public void Add(Appended page, IReadOnlyList<Damage> damaged)
        {
            (_added, _known) = (_added + page.Added, _known + page.Known);
            foreach (var piece in damaged)
                if (_damaged++ < DamageShown) terminal.Say($"Damaged: {piece.Where}: {piece.Reason}");
        }

        public void Say(string what, string whose)
        {
            terminal.Say($"{_added:N0} new {what} for {whose}, {_known:N0} known before, {_damaged:N0} damaged.");
            if (_damaged > DamageShown) terminal.Say("onbehalf doctor lists the damaged ones.");
        }
    }
}

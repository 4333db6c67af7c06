using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>How far a round has come.</summary>
/// <param name="Read">Messages read.</param>
/// <param name="Expected">Messages that the mailboxes hold, as far as they were looked into.</param>
readonly record struct SyncProgress(long Read, long Expected);

/// <summary>What became of a round.</summary>
/// <param name="Mailboxes">Mailboxes that were read to their end.</param>
/// <param name="Added">Facts that are new, of messages and of audit.</param>
/// <param name="Troubles">What went wrong, by mailbox or source.</param>
sealed record SyncOutcome(int Mailboxes, long Added, IReadOnlyList<(string Where, Mistake Mistake)> Troubles);

/// <summary>
/// A round over the mailboxes of a tenant: mail, some mailboxes at a time and each on its own, then audit. Every page is
/// stored with the bookmark behind it, so that a round that is killed goes on where it was.
/// </summary>
/// <param name="store">Where facts go. Used under the lock of its addresses: it is for one thread at a time.</param>
/// <param name="connection">The tenant.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Told how far the round has come.</param>
sealed class SyncRound(MailStore store, TenantConnection connection, TimeProvider time, Action<SyncProgress> report)
{
    /// <summary>What the import of everything that Graph gave is called.</summary>
    public const string Source = "Microsoft 365";

    /// <summary>Mailboxes read at the same time: enough to keep one core busy parsing while others wait for answers.</summary>
    const int AtOnce = 8;

    readonly List<(string Where, Mistake Mistake)> _troubles = [];
    readonly Dictionary<AddressId, Import> _imports = [];
    long _read, _expected, _added;
    int _done;

    /// <summary>Reads what is new in the mailboxes.</summary>
    public async Task ReadMailAsync(IReadOnlyList<AccountRecord> accounts, CancellationToken cancellation)
    {
        var settings = store.Settings.Load().Settings;
        var own = new OwnNames(store.Addresses, settings.Mailboxes.Select(
            IReadOnlyList<string> (mailbox) => [mailbox.Address, .. mailbox.Aliases]));
        var idle = new List<AddressId>(); // A transaction each would be most of what ten thousand idle mailboxes cost.
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(accounts, options, async (account, stop) =>
        {
            var (mistake, isIdle) = await TryReadAsync(account, own, stop);
            lock (store.Addresses)
            {
                if (isIdle) idle.Add(account.Mailbox);
                else store.Accounts.Note([account.Mailbox], mistake?.Message);
                if (mistake is null) _done++;
                else _troubles.Add((store.Addresses[account.Mailbox], mistake));
            }
        });
        if (idle.Count > 0) store.Accounts.Note(idle, problem: null);
        foreach (var import in _imports.Values) import.Finish();
    }

    /// <summary>
    /// Reads what is new in an audit log. The source says where it ended, and begins there the next time; which spans were
    /// read, and what it ended with, is kept, so that a gap is seen before it is one.
    /// </summary>
    /// <param name="name">What the source is called; it has one import.</param>
    /// <param name="kept">How long the source keeps records.</param>
    /// <param name="open">Makes the source, given where it ended the last time.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task ReadAuditAsync(
        string name, Duration kept, Func<string?, IAuditSource> open, CancellationToken cancellation)
    {
        var import = store.Facts.Resume(ImportKind.Audit, name);
        try
        {
            await foreach (var page in open(import.Cursor).ReadAsync(cancellation))
                _added += import.AppendSends(page.Sends, Pairs(page.Damaged), page.Cursor, page.Window).Added;
            store.Readings.Note(import.Id, kept, null);
        }
        catch (Mistake mistake)
        {
            store.Readings.Note(import.Id, kept, mistake.Message);
            _troubles.Add((name, mistake));
        }
        import.Finish(); // A refusal interrupts nothing: the next round goes on by itself, and what is unread is known.
    }

    /// <summary>Does something beside the reading; what goes wrong with it is told like the rest.</summary>
    public async Task<T?> LookAsync<T>(string name, Func<Task<T?>> look) where T : class
    {
        try
        {
            return await look();
        }
        catch (Mistake mistake)
        {
            _troubles.Add((name, mistake));
            return null;
        }
    }

    /// <summary>What became of it all.</summary>
    public SyncOutcome Outcome() => new(_done, _added, _troubles);

    // What stood in the way, and whether there was nothing to keep.
    async Task<(Mistake? Mistake, bool IsIdle)> TryReadAsync(AccountRecord account, OwnNames own, CancellationToken cancellation)
    {
        var isIdle = true;
        try
        {
            var source = Open(account, own);
            var expected = 0L;
            await foreach (var page in source.ReadAsync(cancellation))
            {
                isIdle = false;
                lock (store.Addresses)
                {
                    source.Tell(Keep(account, page));
                    _expected += source.Expected - expected;
                    _read += page.Messages.Count;
                }
                expected = source.Expected;
                report(new(_read, _expected));
            }
            return (null, isIdle);
        }
        catch (Mistake mistake)
        {
            return (mistake, false);
        }
    }

    GraphMailSource Open(AccountRecord account, OwnNames own)
    {
        lock (store.Addresses)
            return new(
                connection,
                new(account.Mailbox, store.Addresses[account.Mailbox], account.GraphId, account.Horizon, account.IsAgent),
                store.Accounts.Bookmarks(account.Mailbox), own, store.Addresses, time);
    }

    // Says how many messages were new.
    int Keep(AccountRecord account, MailPage page)
    {
        (AddressId, string, string?)[] bookmarks = [.. page.Bookmarks.Select(mark => (mark.Account, mark.Place, mark.Text))];
        if (page.Messages.Count == 0 && page.Damaged.Count == 0)
        {
            if (bookmarks.Length > 0) store.Accounts.Keep(bookmarks);
            return 0;
        }
        var mailbox = page.Mailbox.IsNone ? account.Mailbox : page.Mailbox;
        if (!_imports.TryGetValue(mailbox, out var import))
            _imports.Add(mailbox, import = store.Facts.Resume(ImportKind.Mail, Source, mailbox));
        var added = import.AppendMessages(page.Messages, Pairs(page.Damaged), bookmarks).Added;
        _added += added;
        return added;
    }

    static (string, string)[] Pairs(IReadOnlyList<Damage> damaged) => [.. damaged.Select(d => (d.Where, d.Reason))];
}

using System.Text;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>
/// One import. A page and its bookkeeping are one transaction, unless several pages are asked to be one: when the call that ends it
/// returns, all of it is durable, and may be reported as imported. When a call throws, nothing of it is stored, and it can be
/// appended again.
/// </summary>
public sealed class Import
{
    /// <summary>How many damaged pieces of one import are kept by name: enough to see what is wrong.</summary>
    public const int DamageLimit = 1000;

    /// <summary>Characters kept of a place or a reason.</summary>
    public const int DamageTextLimit = 500;

    readonly MailStore _store;
    readonly AddressId _mailbox;

    Import(MailStore store, AddressId mailbox, long id) => (_store, _mailbox, Id) = (store, mailbox, id);

    /// <summary>Its number.</summary>
    public long Id { get; }

    /// <summary>What was last said of where to resume; null: nothing.</summary>
    public string? Cursor { get; private set; }

    internal static Import Begin(MailStore store, ImportKind kind, string source, AddressId mailbox) =>
        store.Write(() =>
        {
            using var statement = store.Database.Prepare("Import.Begin.sql")
                .Bind(1, NameOf(kind)).Bind(2, source).Bind(3, mailbox.Value).Bind(4, store.Now);
            statement.Step();
            return new Import(store, mailbox, statement.Long(0));
        });

    internal static Import Resume(MailStore store, ImportKind kind, string source, AddressId mailbox)
    {
        using var statement = store.Database.Prepare("Import.Resume.sql")
            .Bind(1, NameOf(kind)).Bind(2, source).Bind(3, mailbox.Value);
        return !statement.Step() ? Begin(store, kind, source, mailbox)
            : new(store, mailbox, statement.Long(0)) { Cursor = statement.TextOrNull(1) };
    }

    static string NameOf(ImportKind kind) => kind == ImportKind.Audit ? "audit" : "mail";

    /// <summary>Appends a page of messages.</summary>
    /// <param name="messages">What was seen. A sighting that is in the store already is no mistake.</param>
    /// <param name="damaged">What could not be read: where, and why.</param>
    /// <param name="bookmarks">How far the source was read with this page, by account and place; without a text: gone.</param>
    /// <param name="endsTransaction">
    /// Whether this page and those before it are durable when the call returns; else they are with the next one that is, or with
    /// <see cref="Finish"/>. Until then a call that throws takes them with it.
    /// </param>
    /// <param name="joins">What joining needs of each message that was not known before is added here.</param>
    /// <exception cref="Mistake">unavailable, busy or damaged: see <see cref="MailStore.Open"/>.</exception>
    public Appended AppendMessages(
        IReadOnlyList<MessageFact> messages, IReadOnlyList<(string Where, string Reason)>? damaged = null,
        IReadOnlyList<(AddressId Account, string Place, string? Text)>? bookmarks = null,
        bool endsTransaction = true, List<JoinKeys>? joins = null) =>
        Page(damaged ?? [], null, endsTransaction, () =>
        {
            if (_mailbox.IsNone) throw new InvalidOperationException("This import has no mailbox.");
            Bookmarks.Write(_store.Database, bookmarks ?? []);
            var first = NextFact();
            var added = AppendMessages(messages, first, joins);
            if (added > 0) Touch("Import.TouchMailbox.sql", _mailbox, first + added);
            return new(added, messages.Count - added);
        });

    /// <summary>Appends a page of audit records.</summary>
    /// <param name="sends">What was seen. A record that is in the store already is no mistake.</param>
    /// <param name="damaged">What could not be read: where, and why.</param>
    /// <param name="cursor">Where to resume after this page.</param>
    /// <param name="window">The span of the audit log that is read with this page; null: not to its end, or not known.</param>
    /// <exception cref="Mistake">unavailable, busy or damaged: see <see cref="MailStore.Open"/>.</exception>
    public Appended AppendSends(
        IReadOnlyList<SendFact> sends, IReadOnlyList<(string Where, string Reason)>? damaged = null,
        string? cursor = null, Interval? window = null) =>
        Page(damaged ?? [], cursor, endsTransaction: true, () =>
        {
            if (window is { } read) ReadingStore.Add(_store.Database, Id, read);
            var names = new HashSet<AddressId>();
            var added = 0;
            using var statement = _store.Database.Prepare("Import.AppendSends.sql").Bind(10, Id);
            foreach (var send in sends)
            {
                FactColumns.Bind(statement, send);
                if (statement.Execute() == 0) continue;
                added++;
                names.Add(send.Mailbox);
            }
            foreach (var name in names) Touch("Import.TouchSendName.sql", name, null);
            return new(added, sends.Count - added);
        });

    /// <summary>Notes that the import has come to its end.</summary>
    public void Finish() => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("Import.Finish.sql").Bind(1, Id).Bind(2, _store.Now);
        return statement.Execute();
    });

    Appended Page(IReadOnlyList<(string Where, string Reason)> damaged, string? cursor, bool endsTransaction, Func<Appended> append)
    {
        var appended = _store.Write(() =>
        {
            var appended = append();
            AppendDamage(damaged);
            using var statement = _store.Database.Prepare("Import.Page.sql")
                .Bind(1, Id).Bind(2, appended.Added).Bind(3, appended.Known).Bind(4, damaged.Count).Bind(5, cursor);
            statement.Execute();
            return appended;
        }, endsTransaction);
        Cursor = cursor ?? Cursor;
        return appended;
    }

    int AppendMessages(IReadOnlyList<MessageFact> messages, long next, List<JoinKeys>? joins)
    {
        using var statement = _store.Database.Prepare("Import.AppendMessages.sql")
            .Bind(1, _mailbox.Value).Bind(24, Id);
        var scratch = new byte[4096];
        var added = 0;
        foreach (var message in messages)
        {
            FactColumns.Bind(statement.Bind(2, next + added), message, ref scratch);
            if (statement.Execute() == 0) continue;
            joins?.Add(message.ToJoinKeys() with { FactId = next + added });
            added++;
        }
        return added;
    }

    long NextFact()
    {
        using var statement = _store.Database.Prepare("Import.NextFact.sql");
        statement.Step();
        return statement.Long(0);
    }

    // What was derived from older ground is dirty from here on.
    void Touch(string name, AddressId address, long? nextFact)
    {
        using (var generation = _store.Database.Prepare("Import.Touch.sql").Bind(1, nextFact)) generation.Execute();
        using var statement = _store.Database.Prepare(name).Bind(1, address.Value);
        statement.Execute();
    }

    void AppendDamage(IReadOnlyList<(string Where, string Reason)> damaged)
    {
        if (damaged.Count == 0) return;
        var before = CountDamaged();
        using var statement = _store.Database.Prepare("Import.AppendDamage.sql").Bind(1, Id);
        for (var i = 0; i < damaged.Count && before + i < DamageLimit; i++)
            statement.Bind(2, before + i + 1)
                .Bind(3, Shorten(damaged[i].Where)).Bind(4, Shorten(damaged[i].Reason)).Execute();
    }

    // As the transaction sees it: pages that were undone are not counted.
    long CountDamaged()
    {
        using var statement = _store.Database.Prepare("Import.CountDamaged.sql").Bind(1, Id);
        return statement.Step() ? statement.Long(0) : 0;
    }

    static string Shorten(string text) => text.Length <= DamageTextLimit ? text : text[..DamageTextLimit] + "…";
}

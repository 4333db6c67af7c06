using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>The ground: what was observed, append-only. Everything else can be computed from it again.</summary>
public sealed class FactStore
{
    readonly MailStore _store;

    internal FactStore(MailStore store) => _store = store;

    /// <summary>Begins an import. It is noted at once, so that one that was interrupted is seen.</summary>
    /// <param name="kind">What is imported.</param>
    /// <param name="source">Where it comes from, as the operator named it.</param>
    /// <param name="mailbox">The mailbox of a mail import.</param>
    public Import Begin(ImportKind kind, string source, AddressId mailbox = default) =>
        Import.Begin(_store, kind, source, mailbox);

    /// <summary>
    /// Goes on with the import of this source and mailbox, or begins it: a mailbox that is read every few minutes has
    /// one import, not thousands.
    /// </summary>
    /// <param name="kind">What is imported.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="mailbox">The mailbox of a mail import.</param>
    public Import Resume(ImportKind kind, string source, AddressId mailbox = default) =>
        Import.Resume(_store, kind, source, mailbox);

    /// <summary>Mailboxes that have facts, in the order in which they came.</summary>
    public IReadOnlyList<AddressId> Mailboxes()
    {
        using var statement = _store.Database.Prepare("FactStore.Mailboxes.sql");
        var mailboxes = new List<AddressId>();
        while (statement.Step()) mailboxes.Add(new(statement.Int(0)));
        _store.Refresh();
        return mailboxes;
    }

    /// <summary>
    /// What joining needs of every sighting of a mailbox, by fact number; streamed, and can be enumerated again. The lists of one
    /// sighting are overwritten by the next, so that reading millions leaves nothing behind: whoever keeps them copies them.
    /// The subject's number is there where a conversationId is, since no rule joins by subject without one.
    /// </summary>
    public IEnumerable<JoinKeys> ReadJoins(AddressId mailbox)
    {
        using var statement = _store.Database.Prepare("FactStore.ReadJoins.sql").Bind(1, mailbox.Value);
        for (var lists = new KeyArena(); statement.Step(); lists.Rewind()) yield return FactColumns.ReadJoin(statement, lists);
    }

    /// <summary>Whether a mailbox has sightings.</summary>
    public bool HasAny(AddressId mailbox)
    {
        using var statement = _store.Database.Prepare("FactStore.HasAny.sql").Bind(1, mailbox.Value);
        return statement.Step();
    }

    /// <summary>How many sightings a mailbox has.</summary>
    public int CountOf(AddressId mailbox)
    {
        using var statement = _store.Database.Prepare("FactStore.CountOf.sql").Bind(1, mailbox.Value);
        return statement.Step() ? checked((int)statement.Long(0)) : 0;
    }

    /// <summary>Every fact of a mailbox, by number; streamed, and can be enumerated again.</summary>
    public IEnumerable<MessageFact> ReadMailbox(AddressId mailbox)
    {
        using var statement = _store.Database.Prepare("FactStore.ReadMailbox.sql").Bind(1, mailbox.Value);
        for (var isFirst = true; statement.Step(); isFirst = false)
        {
            if (isFirst) _store.Refresh();
            yield return FactColumns.Read(statement);
        }
    }

    /// <summary>
    /// The facts of the given numbers, in the order given; fast where numbers ascend. Numbers that the mailbox does
    /// not have are left out.
    /// </summary>
    public IEnumerable<MessageFact> ReadFacts(AddressId mailbox, IReadOnlyList<long> factIds)
    {
        using var snapshot = FactReader.HoldSnapshot(_store.Database);
        _store.Refresh();
        foreach (var fact in FactReader.ReadFacts(_store.Database, mailbox, factIds)) yield return fact;
    }

    /// <summary>A reader for another thread; it sees what is committed now.</summary>
    public FactReader Beside() => FactReader.Open(_store);

    /// <summary>The audit records in whose name one of the addresses is, by address and time.</summary>
    /// <param name="names">A mailbox's own addresses; see <see cref="Preferences.RuleBook.OwnAddresses"/>.</param>
    public IEnumerable<SendFact> ReadSends(IReadOnlyList<AddressId> names)
    {
        using var statement = _store.Database.Prepare("FactStore.ReadSends.sql");
        foreach (var name in names)
        {
            statement.Bind(1, name.Value);
            for (var isFirst = true; statement.Step(); isFirst = false)
            {
                if (isFirst) _store.Refresh();
                yield return FactColumns.ReadSend(statement);
            }
            statement.Reset();
        }
    }

    /// <summary>
    /// In whose names audit records are: the addresses, each once. Plus-tags are not folded here.
    /// </summary>
    public IReadOnlyList<AddressId> SendNames()
    {
        using var statement = _store.Database.Prepare("FactStore.SendNames.sql");
        var names = new List<AddressId>();
        while (statement.Step()) names.Add(new(statement.Int(0)));
        _store.Refresh();
        return names;
    }

    /// <summary>
    /// Whoever was seen to send in another's name: senders of messages in Sent Items, actors of audit records, owners of
    /// sent copies. Systems and applications may be among them.
    /// </summary>
    public IReadOnlyList<AddressId> Senders()
    {
        using var statement = _store.Database.Prepare("FactStore.Senders.sql");
        var senders = new List<AddressId>();
        while (statement.Step()) senders.Add(new(statement.Int(0)));
        _store.Refresh();
        return senders;
    }

    /// <summary>Every sighting of a message, in any mailbox.</summary>
    /// <param name="messageId">With or without angle brackets.</param>
    public IReadOnlyList<(AddressId Mailbox, MessageFact Fact)> FindMessage(string messageId)
    {
        var key = MessageKey.Of(messageId);
        if (key.IsNone) return [];
        using var statement = _store.Database.Prepare("FactStore.FindMessage.sql").Bind(1, FactColumns.Bytes(key));
        return Found(statement);
    }

    /// <summary>Every sighting of a message in a mailbox, by number.</summary>
    public IReadOnlyList<MessageFact> Sightings(AddressId mailbox, MessageKey key)
    {
        using var statement = _store.Database.Prepare("FactStore.Sightings.sql").Bind(1, mailbox.Value).Bind(2, FactColumns.Bytes(key));
        return [.. Found(statement).Select(found => found.Item2)];
    }

    /// <summary>The fact of a number, in whatever mailbox it is.</summary>
    public (AddressId Mailbox, MessageFact Fact)? FindFact(long factId)
    {
        using var statement = _store.Database.Prepare("FactStore.FindFact.sql").Bind(1, factId);
        return Found(statement) is [var found, ..] ? found : null;
    }

    /// <summary>What doctor counts, by mailbox.</summary>
    public IReadOnlyList<MailboxCounts> Counts()
    {
        using var statement = _store.Database.Prepare("FactStore.Counts.sql");
        var counts = new List<MailboxCounts>();
        while (statement.Step())
            counts.Add(new(new(statement.Int(0)), statement.Long(1), statement.Long(2), statement.Long(3),
                statement.Long(4), statement.IsNull(5) ? null : statement.Long(5),
                statement.IsNull(6) ? null : statement.Long(6)));
        _store.Refresh();
        return counts;
    }

    /// <summary>Audit records, by the address in whose name they are.</summary>
    /// <param name="since">Of sends from then on; null: of all.</param>
    public IReadOnlyList<SendCounts> CountSends(Instant? since = null)
    {
        using var statement = _store.Database.Prepare("FactStore.CountSends.sql")
            .Bind(1, since?.ToUnixTimeSeconds() ?? long.MinValue);
        var counts = new List<SendCounts>();
        while (statement.Step())
            counts.Add(new(new(statement.Int(0)), statement.Long(1), statement.Long(2), statement.Long(3),
                statement.Long(4)));
        _store.Refresh();
        return counts;
    }

    /// <summary>Every import, the newest first.</summary>
    public IReadOnlyList<ImportNote> Imports()
    {
        using var statement = _store.Database.Prepare("FactStore.Imports.sql");
        var notes = new List<ImportNote>();
        while (statement.Step())
            notes.Add(new(statement.Long(0), statement.Text(1) == "audit" ? ImportKind.Audit : ImportKind.Mail,
                statement.Text(2), new(statement.Int(3)), statement.Long(4),
                statement.IsNull(5) ? null : statement.Long(5), statement.Long(6), statement.Long(7),
                statement.Long(8), statement.TextOrNull(9)));
        _store.Refresh();
        return notes;
    }

    /// <summary>What an import could not read; at most <see cref="Import.DamageLimit"/> are kept.</summary>
    public IReadOnlyList<(string Where, string Reason)> ReadDamage(long import)
    {
        using var statement = _store.Database.Prepare("FactStore.ReadDamage.sql").Bind(1, import);
        var damage = new List<(string, string)>();
        while (statement.Step()) damage.Add((statement.Text(0), statement.Text(1)));
        return damage;
    }

    List<(AddressId, MessageFact)> Found(Statement statement)
    {
        var found = new List<(AddressId, MessageFact)>();
        while (statement.Step()) found.Add((new(statement.Int(FactColumns.Mailbox)), FactColumns.Read(statement)));
        _store.Refresh();
        return found;
    }
}

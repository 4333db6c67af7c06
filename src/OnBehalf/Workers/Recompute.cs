using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Workers;

/// <summary>
/// Makes findings out of facts for every mailbox whose findings do not stand on what there is now. Whatever happens
/// on the way, the next run finds the mailbox dirty again and replaces its findings whole.
/// </summary>
static class Recompute
{
    /// <summary>Messages held in memory at a time: enough to read the store in sweeps, small beside everything else.</summary>
    const int BatchSize = 2_048;

    /// <summary>Computes the dirty mailboxes; says how many there were.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellation">Ends it between two conversations.</param>
    /// <param name="joined">A mailbox that is joined already, as all its facts that are stored say.</param>
    public static int Run(MailStore store, CancellationToken cancellation, (AddressId Mailbox, Threads Threads)? joined = null)
    {
        var rules = store.Settings.Rules();
        var dirty = store.Findings.Dirty(rules, Corridor.EngineVersion);
        foreach (var ground in dirty)
        {
            var threads = joined is { } ready && ready.Mailbox == ground.Mailbox ? ready.Threads : null;
            store.Findings.Replace(ground, Compute(store, rules, ground.Mailbox, cancellation, threads));
        }
        return dirty.Count;
    }

    /// <summary>Computes all mailboxes anew; says how many there were.</summary>
    public static int Everything(MailStore store, CancellationToken cancellation)
    {
        var rules = store.Settings.Rules();
        var all = store.Findings.Ground(rules, Corridor.EngineVersion);
        foreach (var ground in all)
            store.Findings.Replace(ground, Compute(store, rules, ground.Mailbox, cancellation));
        return all.Count;
    }

    /// <summary>The findings of one mailbox under some rules, packed; the store is only read.</summary>
    public static IEnumerable<PackedSegment> Compute(
        MailStore store, RuleBook book, AddressId mailbox, CancellationToken cancellation, Threads? joined = null) =>
        SegmentWriter.Pack(mailbox, Walks(store, book, mailbox, cancellation, joined: joined).SelectMany(walk => walk.Findings));

    /// <summary>The conversations of one mailbox, walked in batches that are read in the store's own order.</summary>
    /// <param name="store">The store; it is only read.</param>
    /// <param name="book">The rules of all mailboxes.</param>
    /// <param name="mailbox">Which one.</param>
    /// <param name="cancellation">Ends it between two conversations.</param>
    /// <param name="large">A mailbox of more sightings is joined part by part and beside memory, and the same is found.</param>
    /// <param name="joined">How its messages belong together, where that is known.</param>
    public static IEnumerable<Walk> Walks(
        MailStore store, RuleBook book, AddressId mailbox, CancellationToken cancellation, int large = ConversationBuilder.UsualKeys,
        Threads? joined = null)
    {
        var rules = book.RulesFor(mailbox);
        var count = joined?.MessageCount ?? store.Facts.CountOf(mailbox);
        using var spill = count > large ? SpillFile.TryOpen(store) : null;
        var threads = joined ?? Join(store, mailbox, count, large, spill?.Pages);
        var walker = new ConversationWalker(rules, AuditOf(store, book, rules), store.Addresses);
        using var beside = store.Facts.Beside();
        foreach (var batch in ReadAhead.Elements(Batches(beside, mailbox, threads), ready: 1))
            foreach (var conversation in batch)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return walker.Walk(conversation);
            }
    }

    /// <summary>A mailbox is read as often as joining asks for it: most are once.</summary>
    static Threads Join(MailStore store, AddressId mailbox, int count, int large, Spill? spill) =>
        count > large ? JoinFrugally(store, mailbox, count, large, spill)
        : ConversationBuilder.Build(store.Facts.ReadJoins(mailbox), count);

    /// <summary>
    /// The same for a mailbox that may be of millions. What each step leaves behind would else stay with the process until much later.
    /// </summary>
    static Threads JoinFrugally(MailStore store, AddressId mailbox, int count, int keysAtATime, Spill? spill)
    {
        GiveBack();
        var joined = ConversationBuilder.Join(store.Facts.ReadJoins(mailbox), count, keysAtATime, spill);
        GiveBack();
        var threads = joined.Gather();
        GiveBack();
        return threads;
    }

    static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);

    static IEnumerable<List<Conversation>> Batches(FactReader facts, AddressId mailbox, Threads threads)
    {
        var (batch, messages) = (new List<int>(), 0);
        for (var i = 0; i < threads.ConversationCount; i++)
        {
            batch.Add(i);
            messages += threads.CountOf(i);
            if (messages < BatchSize && i < threads.ConversationCount - 1) continue;
            yield return Read(facts, mailbox, threads, batch);
            (batch, messages) = ([], 0);
        }
    }

    /// <summary>The one conversation that a fact belongs to, walked.</summary>
    public static Walk WalkOf(
        MailStore store, RuleBook book, AddressId mailbox, long factId, CancellationToken cancellation)
    {
        var rules = book.RulesFor(mailbox);
        var count = store.Facts.CountOf(mailbox);
        using var spill = count > ConversationBuilder.UsualKeys ? SpillFile.TryOpen(store) : null;
        var threads = Join(store, mailbox, count, ConversationBuilder.UsualKeys, spill?.Pages);
        for (var i = 0; i < threads.ConversationCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Has(threads, i, factId)) continue;
            using var beside = store.Facts.Beside();
            var conversation = Read(beside, mailbox, threads, [i])[0];
            return new ConversationWalker(rules, AuditOf(store, book, rules), store.Addresses).Walk(conversation);
        }
        throw new Mistake("not_found", $"Fact {factId} is in no conversation of {store.Addresses[mailbox]}.");
    }

    static bool Has(Threads threads, int conversation, long factId)
    {
        foreach (var message in threads.MembersOf(conversation))
            if (threads.FactOf(message) == factId || threads.OtherSightingsOf(message).Contains(factId)) return true;
        return false;
    }

    /// <summary>The mailbox's audit records, ready to be asked by message.</summary>
    static AuditBook AuditOf(MailStore store, RuleBook book, MailboxRules rules)
    {
        List<SendFact> sends = [.. store.Facts.ReadSends(book.OwnAddresses(rules.Mailbox))];
        if (sends.Count == 0) return AuditBook.Empty;
        var inOurName = store.Facts.ReadMailbox(rules.Mailbox).Where(fact => rules.Roles.Has(fact.From, Role.Own));
        return AuditBook.Gather(sends, rules.Roles, AuditBook.NeedsSubjects(sends) ? inOurName : []);
    }

    static List<Conversation> Read(FactReader reader, AddressId mailbox, Threads threads, List<int> conversations)
    {
        var ids = new List<long>();
        foreach (var conversation in conversations)
            foreach (var message in threads.MembersOf(conversation))
            {
                ids.Add(threads.FactOf(message));
                ids.AddRange(threads.OtherSightingsOf(message));
            }
        ids.Sort();
        var facts = new Dictionary<long, MessageFact>(ids.Count);
        foreach (var fact in reader.ReadFacts(mailbox, ids)) facts.Add(fact.FactId, fact);
        return [.. conversations.Select(conversation => Conversation.Gather(threads, conversation, id => facts[id]))];
    }
}

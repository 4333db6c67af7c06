using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Workers;

/// <summary>
/// Walks one conversation whose messages are known from its findings. Of the store only what belongs to it is read: what
/// joins messages never leads out of their conversation, so they join among themselves as they do among all.
/// </summary>
static class OneConversation
{
    /// <summary>The walk of the conversation that a fact is in, whether or not the edition that is shown knows all of it.</summary>
    /// <param name="view">The edition that is shown.</param>
    /// <param name="store">The store as it is now.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="factId">The fact.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="Mistake">not_found: the fact is in no conversation.</exception>
    public static Walk Of(StoreView view, MailStore store, AddressId mailbox, long factId, CancellationToken cancellation)
    {
        var known = view.ConversationOf(mailbox, factId).Select(finding => finding.FactId).ToList();
        // What came after the edition that is shown may have joined what was apart: then the whole mailbox is looked at.
        return Walk(store, view.Rules, mailbox, known) ?? Recompute.WalkOf(store, view.Rules, mailbox, factId, cancellation);
    }

    /// <summary>The walk, as <see cref="Recompute.WalkOf"/> finds it; null when these facts are not one conversation any more.</summary>
    /// <param name="store">The store.</param>
    /// <param name="book">The rules in force.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="factIds">The facts of its findings, one a message.</param>
    public static Walk? Walk(MailStore store, RuleBook book, AddressId mailbox, IReadOnlyList<long> factIds)
    {
        var chosen = store.Facts.ReadFacts(mailbox, [.. factIds.Order()]).ToList();
        var facts = chosen.SelectMany(fact => store.Facts.Sightings(mailbox, fact.Key)).DistinctBy(fact => fact.FactId)
            .ToDictionary(fact => fact.FactId);
        if (facts.Count == 0) return null;
        var threads = ConversationBuilder.Build(facts.Values.OrderBy(fact => fact.FactId).Select(fact => fact.ToJoinKeys()), facts.Count);
        if (threads.ConversationCount != 1) return null;
        var rules = book.RulesFor(mailbox);
        var conversation = Conversation.Gather(threads, 0, id => facts[id]);
        return new ConversationWalker(rules, AuditOf(store, book, rules, facts.Values), store.Addresses).Walk(conversation);
    }

    /// <summary>The audit records that can be about these messages.</summary>
    static AuditBook AuditOf(MailStore store, RuleBook book, MailboxRules rules, IReadOnlyCollection<MessageFact> facts)
    {
        var keys = facts.Select(fact => fact.Key).Where(key => !key.IsNone).ToHashSet();
        var folded = facts.Where(fact => fact.MessageId != "").Select(fact => MessageKey.Of(fact.MessageId.ToLowerInvariant())).ToHashSet();
        var subjects = facts.Select(fact => fact.Subject).ToHashSet(StringComparer.Ordinal);
        var (sends, needsSubjects) = (new List<SendFact>(), false);
        foreach (var send in store.Facts.ReadSends(book.OwnAddresses(rules.Mailbox)))
        {
            needsSubjects |= AuditBook.NeedsSubjects([send]); // Of all records, as for the whole mailbox.
            if (send.Key.IsNone ? subjects.Contains(send.Subject) : keys.Contains(send.Key) || folded.Contains(send.FoldedKey))
                sends.Add(send);
        }
        if (sends.Count == 0) return AuditBook.Empty;
        // A record without Message-ID has to fit one message of the mailbox and no other.
        var inOurName = needsSubjects && sends.Any(send => send.Key.IsNone)
            ? store.Facts.ReadMailbox(rules.Mailbox).Where(fact => rules.Roles.Has(fact.From, Role.Own))
            : [];
        return AuditBook.Gather(sends, rules.Roles, inOurName);
    }
}

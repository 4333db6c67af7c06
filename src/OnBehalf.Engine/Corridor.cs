using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Responses;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine;

/// <summary>
/// Start here. How mails become figures, top to bottom: facts, attribution, conversations, waits, findings. The store
/// packs findings into segments, and a query over segments is the answer that a page shows.
/// </summary>
public static class Corridor
{
    /// <summary>Raised whenever a definition changes, so that findings made by another definition are made anew.</summary>
    public const int EngineVersion = 3;

    /// <summary>A whole mailbox in memory. The store walks larger ones conversation by conversation.</summary>
    public static IEnumerable<Walk> WalkMailbox(
        IReadOnlyList<MessageFact> facts, IReadOnlyList<SendFact> sends, MailboxRules rules, Addresses addresses)
    {
        var inOurName = facts.Where(f => rules.Roles.Has(f.From, Role.Own));
        var audit = AuditBook.Gather(sends, rules.Roles, AuditBook.NeedsSubjects(sends) ? inOurName : []);
        var held = new HeldMailbox(facts);
        var threads = ConversationBuilder.Build(held.Keys(), facts.Count);
        var walker = new ConversationWalker(rules, audit, addresses);
        Func<long, MessageFact> factAt = held.FactAt;
        for (var i = 0; i < threads.ConversationCount; i++)
        {
            held.Prepare(threads, i);
            yield return walker.Walk(Conversation.Gather(threads, i, factAt));
        }
    }
}

/// <summary>Everything that was found on the way through one conversation; what <c>explain</c> shows.</summary>
/// <param name="Conversation">The messages and what joined them.</param>
/// <param name="Messages">Who wrote each, by place.</param>
/// <param name="Responses">What answered what.</param>
/// <param name="Waits">How long each wait was, in order of the cycles and their waits.</param>
/// <param name="Findings">One per message, by place.</param>
public sealed record Walk(
    Conversation Conversation, IReadOnlyList<AttributedMessage> Messages, ConversationResponses Responses,
    IReadOnlyList<MeasuredWait> Waits, IReadOnlyList<Finding> Findings);

/// <summary>Walks the conversations of one mailbox, one after another.</summary>
/// <param name="rules">What the mailbox's administrator set.</param>
/// <param name="audit">The mailbox's audit records.</param>
/// <param name="addresses">Every address met.</param>
public sealed class ConversationWalker(MailboxRules rules, AuditBook audit, Addresses addresses)
{
    readonly WaitMeter _meter = new(new WaitClocks(rules), new Sla(rules.Policies), addresses);
    readonly FindingWriter _writer = new(rules);

    /// <summary>One conversation, from joined messages to findings.</summary>
    public Walk Walk(Conversation conversation)
    {
        var messages = Attributor.Attribute(conversation, rules, audit, addresses); // who wrote each message
        var responses = ResponseFinder.Find(messages, rules);                        // what answered what
        var waits = _meter.Measure(messages, responses);                             // how long, by three clocks
        var findings = _writer.Write(conversation, messages, responses, waits);      // one per message
        return new(conversation, messages, responses, waits, findings);
    }
}

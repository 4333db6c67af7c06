using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Responses;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Findings;

/// <summary>Writes down what was found out about each message of a conversation.</summary>
static class FindingWriter
{
    public static Finding[] Write(
        Conversation conversation, AttributedMessage[] messages, ConversationResponses responses, MeasuredWait[] waits,
        MailboxRules rules)
    {
        var (opened, answered) = (new int[messages.Length], new int[messages.Length]); // wait + 1, by place
        var (began, ended) = (new Cycle?[messages.Length], new Cycle?[messages.Length]);
        var repliedAt = new long?[messages.Length];
        for (var w = 0; w < waits.Length; w++)
        {
            opened[waits[w].Wait.Opener] = w + 1;
            if (waits[w].Wait.Answer < 0) continue;
            answered[waits[w].Wait.Answer] = w + 1;
            foreach (var inbound in waits[w].Wait.Inbound) repliedAt[inbound] = waits[w].Wait.EndedAt;
        }
        foreach (var cycle in responses.Cycles)
        {
            began[cycle.Start] = cycle;
            if (cycle.Resolution is not null) ended[cycle.Replies[^1]] = cycle;
        }

        var begunByAgent = messages[conversation.Root].Direction == Direction.Outbound;
        var findings = new Finding[messages.Length];
        for (var i = 0; i < messages.Length; i++)
        {
            MeasuredWait? opening = opened[i] > 0 ? waits[opened[i] - 1] : null;
            MeasuredWait? answering = answered[i] > 0 ? waits[answered[i] - 1] : null;
            var marks = responses.Marks[i] | MarksOf(messages[i], opening, answering, rules.Roles)
                | (begunByAgent ? Marks.BegunByAgent : Marks.None);
            findings[i] = new()
            {
                FactId = messages[i].Fact.FactId,
                Conversation = conversation.Name,
                At = messages[i].Fact.At?.ToUnixTimeSeconds() ?? 0,
                Direction = messages[i].Direction,
                Kind = messages[i].Kind,
                Marks = marks,
                Evidence = messages[i].Attribution is Attribution.Known known ? known.Evidence : Evidence.None,
                Reason = messages[i].Attribution is Attribution.Unattributed u ? u.Reason : UnattributedReason.None,
                Agent = AgentOf(messages, i, opening),
                Requester = responses.Requesters[i],
                Recipients = messages[i].Fact.To.Count + messages[i].Fact.Cc.Count,
                Importance = messages[i].Fact.Importance,
                Response = answering is { } a ? ResponseOf(messages, a) : null,
                Wait = opening is { } o ? WaitOf(o) : null,
                Cycle = began[i] is { } cycle ? CycleOf(cycle, messages) : null,
                SinceParent = SinceParent(messages, i),
                Resolution = ended[i]?.Resolution,
                ResolutionKnownAt = ended[i]?.ClosingKnownAt,
                RepliedAt = repliedAt[i],
            };
        }
        return findings;
    }

    static AddressId AgentOf(AttributedMessage[] messages, int i, MeasuredWait? opening)
    {
        if (messages[i].Direction == Direction.Outbound) return messages[i].Author;
        return opening is { Wait.Answer: >= 0 } o ? messages[o.Wait.Answer].Author : AddressId.None;
    }

    static Marks MarksOf(in AttributedMessage message, MeasuredWait? opening, MeasuredWait? answering, Roles roles)
    {
        var marks = Marks.None;
        if (opening is not null) marks |= Marks.OpenedWait;
        if ((opening ?? answering) is { } wait)
        {
            if (wait.Wait.IsFirst) marks |= Marks.First;
            if (wait.Wait.End == WaitEnd.Answered && wait.Waited is { Mailbox: 0, Calendar: > 0 })
                marks |= Marks.OutOfHours;
        }
        if (IsInternal(message, roles)) marks |= Marks.Internal;
        if (message.Attribution is Attribution.Ambiguous) marks |= Marks.Ambiguous;
        if (message.Attribution is Attribution.Known { Evidence: Evidence.OwnName }) marks |= Marks.OwnName;
        return marks;
    }

    /// <summary>Internal only when every participant is.</summary>
    static bool IsInternal(in AttributedMessage message, Roles roles)
    {
        const Role inside = Role.Own | Role.Internal;
        var author = message.Author.IsNone ? message.Fact.From : message.Author;
        if (!roles.Has(author, inside)) return false;
        foreach (var to in message.Fact.To) if (!roles.Has(to, inside)) return false;
        foreach (var cc in message.Fact.Cc) if (!roles.Has(cc, inside)) return false;
        return true;
    }

    static ResponseFinding ResponseOf(AttributedMessage[] messages, in MeasuredWait wait) => new(
        messages[wait.Wait.Opener].Fact.FactId, wait.OpenedAt, wait.Waited, wait.Promise.Target, wait.Promise.Due);

    static WaitFinding WaitOf(in MeasuredWait wait) => new(
        wait.Wait.EndedAt, wait.Wait.End, wait.Waited, wait.Promise.Target, wait.Promise.Due,
        wait.Promise.AtRisk, wait.Promise.Policy);

    static CycleFinding CycleOf(Cycle cycle, AttributedMessage[] messages)
    {
        long? lastReply = cycle.Replies.Count > 0 ? messages[cycle.Replies[^1]].At : null;
        return new(
            lastReply, cycle.ClosedAt, cycle.ClosingKnownAt, cycle.Replies.Count, cycle.Touches, cycle.Handoffs,
            cycle.Collisions, cycle.CustomerWait);
    }

    /// <summary>How long after the very message it replies to, where that one came from outside.</summary>
    static int? SinceParent(AttributedMessage[] messages, int i)
    {
        var (message, parent) = (messages[i], messages[i].Joined.Parent);
        if (message.Direction != Direction.Outbound || message.Joined.Rule != JoinRule.InReplyTo || parent < 0) return null;
        if (messages[parent].Direction != Direction.Inbound) return null;
        if (message.Fact.At is null || messages[parent].Fact.At is null) return null;
        var seconds = message.At - messages[parent].At;
        return seconds < 0 ? null : (int)seconds;
    }
}

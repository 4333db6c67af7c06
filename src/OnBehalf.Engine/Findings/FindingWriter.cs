using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Responses;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Findings;

/// <summary>Writes down what was found out about each message of a conversation, one conversation after another.</summary>
/// <param name="rules">The mailbox's rules.</param>
sealed class FindingWriter(MailboxRules rules)
{
    /// <summary>What waits and cycles have to say about the message at a place; numbers of waits are from 1.</summary>
    struct Place
    {
        public int Opened, Answered;
        public Cycle? Began, Ended;
        public long? RepliedAt;
    }

    // Of one conversation; kept from one to the next, since most are short and there are many.
    Place[] _places = new Place[64];

    public Finding[] Write(
        Conversation conversation, AttributedMessage[] messages, ConversationResponses responses, MeasuredWait[] waits)
    {
        Note(messages.Length, responses, waits);
        var begunByAgent = messages[conversation.Root].Direction == Direction.Outbound ? Marks.BegunByAgent : Marks.None;
        var findings = new Finding[messages.Length];
        for (var i = 0; i < messages.Length; i++)
        {
            ref readonly var message = ref messages[i];
            ref readonly var place = ref _places[i];
            findings[i] = new()
            {
                FactId = message.Fact.FactId,
                Conversation = conversation.Name,
                At = message.At == JoinKeys.Undated ? 0 : message.At,
                Direction = message.Direction,
                Kind = message.Kind,
                Marks = responses.Marks[i] | begunByAgent | MarksOf(message, place, waits),
                Evidence = message.Attribution is Attribution.Known known ? known.Evidence : Evidence.None,
                Reason = message.Attribution is Attribution.Unattributed u ? u.Reason : UnattributedReason.None,
                Agent = AgentOf(messages, i, place, waits),
                Requester = responses.Requesters[i],
                Recipients = message.Fact.To.AsSpan().Length + message.Fact.Cc.AsSpan().Length,
                Importance = message.Fact.Importance,
                Category = CategoryOf(messages[place.Answered > 0 ? waits[place.Answered - 1].Wait.Opener : i].Fact),
                Response = place.Answered > 0 ? ResponseOf(messages, waits[place.Answered - 1]) : null,
                Wait = place.Opened > 0 ? WaitOf(waits[place.Opened - 1]) : null,
                Cycle = place.Began is { } cycle ? CycleOf(cycle, messages) : null,
                SinceParent = SinceParent(messages, i),
                Resolution = place.Ended?.Resolution,
                ResolutionKnownAt = place.Ended?.ClosingKnownAt,
                RepliedAt = place.RepliedAt,
            };
        }
        return findings;
    }

    void Note(int messages, ConversationResponses responses, MeasuredWait[] waits)
    {
        if (_places.Length < messages) _places = new Place[messages * 2];
        Array.Clear(_places, 0, messages);
        for (var w = 0; w < waits.Length; w++)
        {
            var wait = waits[w].Wait;
            _places[wait.Opener].Opened = w + 1;
            if (wait.Answer < 0) continue;
            _places[wait.Answer].Answered = w + 1;
            foreach (var inbound in wait.Inbound) _places[inbound].RepliedAt = wait.EndedAt;
        }
        foreach (var cycle in responses.Cycles)
        {
            _places[cycle.Start].Began = cycle;
            if (cycle.Resolution is not null) _places[cycle.Replies[^1]].Ended = cycle;
        }
    }

    static AddressId AgentOf(AttributedMessage[] messages, int i, in Place place, MeasuredWait[] waits)
    {
        if (messages[i].Direction == Direction.Outbound) return messages[i].Author;
        var answer = place.Opened > 0 ? waits[place.Opened - 1].Wait.Answer : -1;
        return answer >= 0 ? messages[answer].Author : AddressId.None;
    }

    static string CategoryOf(MessageFact fact) => fact.Categories.Count == 0 ? "" : string.Join(Finding.CategorySeparator,
        fact.Categories.Select(name => name.Trim()).Where(name => name.Length > 0)
            .Order(StringComparer.OrdinalIgnoreCase).ThenBy(name => name, StringComparer.Ordinal));

    Marks MarksOf(in AttributedMessage message, in Place place, MeasuredWait[] waits)
    {
        var marks = place.Opened > 0 ? Marks.OpenedWait : Marks.None;
        if ((place.Opened > 0 ? place.Opened : place.Answered) is > 0 and var number)
        {
            ref readonly var measured = ref waits[number - 1];
            if (measured.Wait.IsFirst) marks |= Marks.First;
            if (measured.Wait.End == WaitEnd.Answered && measured.Waited is { Mailbox: 0, Calendar: > 0 })
                marks |= Marks.OutOfHours;
        }
        if (IsInternal(message, rules.Roles)) marks |= Marks.Internal;
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
        foreach (var to in message.Fact.To.AsSpan()) if (!roles.Has(to, inside)) return false;
        foreach (var cc in message.Fact.Cc.AsSpan()) if (!roles.Has(cc, inside)) return false;
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
        ref readonly var message = ref messages[i];
        var parent = message.Joined.Parent;
        if (message.Direction != Direction.Outbound || message.Joined.Rule != JoinRule.InReplyTo || parent < 0) return null;
        if (messages[parent].Direction != Direction.Inbound) return null;
        if (message.Fact.At is null || messages[parent].Fact.At is null) return null;
        var seconds = message.At - messages[parent].At;
        return seconds < 0 ? null : (int)seconds;
    }
}

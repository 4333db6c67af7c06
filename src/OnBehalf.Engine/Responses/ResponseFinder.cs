using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Responses;

/// <summary>What answered what in one conversation: its cycles, and what each message turned out to be.</summary>
/// <param name="Cycles">In order.</param>
/// <param name="Marks">By place in the conversation.</param>
/// <param name="Requesters">By place in the conversation: the outside party the message is from or for.</param>
public sealed record ConversationResponses(IReadOnlyList<Cycle> Cycles, Marks[] Marks, AddressId[] Requesters);

/// <summary>
/// Reads a conversation once, in order, and finds its waits and what answered them by docs/metrics.md, "Waits and
/// responses".
/// </summary>
public sealed class ResponseFinder
{
    /// <summary>A second reply by another agent within this many seconds is a collision.</summary>
    public const int CollisionSeconds = 600;

    /// <summary>A message with headers of this many bytes in all has room for a line or two of text.</summary>
    public const int ShortThanksBytes = 4096;

    readonly AttributedMessage[] _messages;
    readonly MailboxRules _rules;
    readonly List<Cycle> _cycles = [];
    readonly Marks[] _marks;
    readonly AddressId[] _requesters;
    Cycle? _cycle;
    AddressId _requester;

    ResponseFinder(AttributedMessage[] messages, MailboxRules rules)
    {
        (_messages, _rules) = (messages, rules);
        (_marks, _requesters) = (new Marks[messages.Length], new AddressId[messages.Length]);
    }

    /// <summary>Finds the cycles and waits of an attributed conversation.</summary>
    public static ConversationResponses Find(AttributedMessage[] messages, MailboxRules rules)
    {
        var finder = new ResponseFinder(messages, rules);
        for (var i = 0; i < messages.Length; i++) finder.Read(i);
        if (finder._cycle is { } last) finder.Finish(last);
        return new(finder._cycles, finder._marks, finder._requesters);
    }

    void Read(int i)
    {
        ref readonly var message = ref _messages[i];
        if (message.Direction == Direction.Inbound) _requesters[i] = message.Author;
        if (message.Fact.At is null) _marks[i] |= Marks.Undated;
        if (!message.IsHuman) return;
        if (message.Direction == Direction.Inbound) Receive(i);
        else Send(i);
        if (message.Direction == Direction.Outbound && _requesters[i].IsNone)
            _requesters[i] = _requester.IsNone ? FirstOutsider(message.Fact) : _requester;
    }

    void Receive(int i)
    {
        ref readonly var message = ref _messages[i];
        if (Exemption(i) is var exemption and not Marks.None)
        {
            _marks[i] |= exemption;
            if (_cycle is not null && !IsOver(_cycle, message.At)) Stay(_cycle, i);
            return;
        }
        if (_cycle is not null && IsOver(_cycle, message.At))
        {
            Finish(_cycle);
            _cycle = null;
        }
        if (_cycle is null) Begin(i);
        Await(_cycle!, i);
        Stay(_cycle!, i);
        _requester = message.Author;
    }

    void Begin(int i)
    {
        _cycle = new(i, reopened: _cycles.Count > 0);
        _cycles.Add(_cycle);
        _marks[i] |= Marks.BeganCycle | (_cycle.Reopened ? Marks.Reopened : Marks.None);
    }

    void Await(Cycle cycle, int i)
    {
        ref readonly var message = ref _messages[i];
        cycle.Expect(message.Author);
        cycle.Expect(message.Fact.From);
        foreach (var address in message.Fact.ReplyTo.AsSpan()) cycle.Expect(address);
        if (cycle.Open is not { } open)
        {
            cycle.Waits.Add(new(i, isFirst: cycle.Waits.Count == 0));
            return;
        }
        open.Inbound.Add(i);
        if (_rules.ClockStart == ClockStart.Last) open.Opener = i;
    }

    void Send(int i)
    {
        ref readonly var message = ref _messages[i];
        if (_cycle is null || IsSilent(_cycle, message.At)) return;
        var reaches = Reaches(message.Fact, _cycle);
        if (!reaches && IsToColleagues(message.Fact))
        {
            _marks[i] |= Marks.Touch;
            _cycle.Touches++;
        }
        else if (reaches && _cycle.Open is { } open)
        {
            if (message.At > _messages[open.Opener].At) Answer(_cycle, open, i);
        }
        else if (reaches && IsCollision(_cycle, message))
        {
            _marks[i] |= Marks.Collision;
            _cycle.Collisions++;
        }
        else if (reaches)
        {
            Reply(_cycle, i);
        }
        Stay(_cycle, i);
    }

    void Answer(Cycle cycle, Wait wait, int i)
    {
        (wait.Answer, wait.EndedAt, wait.End) = (i, _messages[i].At, WaitEnd.Answered);
        foreach (var inbound in wait.Inbound) _marks[inbound] |= Marks.Replied;
        _marks[i] |= Marks.AnsweredWait;
        _requesters[i] = _messages[wait.Opener].Author;
        cycle.EndWaiting();
        Reply(cycle, i);
    }

    void Reply(Cycle cycle, int i)
    {
        var agent = _messages[i].Author;
        if (!agent.IsNone)
        {
            if (!cycle.LastAgent.IsNone && cycle.LastAgent != agent) cycle.Handoffs++;
            cycle.LastAgent = agent;
        }
        cycle.Replies.Add(i);
    }

    void Stay(Cycle cycle, int i)
    {
        cycle.LastActivity = _messages[i].At;
        cycle.HasClosingSign |= HasClosingSign(_messages[i].Fact);
    }

    /// <summary>Whether an inbound message at this time begins anew.</summary>
    bool IsOver(Cycle cycle, long at) => cycle.HasClosingSign || IsSilent(cycle, at);

    /// <summary>Silence never closes a wait that is open: mail that nobody answered stays unanswered.</summary>
    bool IsSilent(Cycle cycle, long at) =>
        cycle.Open is null && _rules.SilenceDays is { } days && at - cycle.LastActivity >= days * SecondsPerDay;

    void Finish(Cycle cycle)
    {
        if (cycle.HasClosingSign)
        {
            if (cycle.Open is { } open) (open.EndedAt, open.End) = (cycle.LastActivity, WaitEnd.Closed);
            // Nobody records when a flag was set; the last message of the cycle is the earliest it can mean.
            (cycle.ClosedAt, cycle.ClosingKnownAt) = (cycle.LastActivity, cycle.LastActivity);
        }
        else if (cycle.Open is null && _rules.SilenceDays is { } days)
        {
            cycle.ClosedAt = _messages[cycle.Replies[^1]].At; // no wait is open, so some reply ended it
            cycle.ClosingKnownAt = cycle.LastActivity + days * SecondsPerDay;
        }
    }

    const long SecondsPerDay = 86_400;

    Marks Exemption(int i)
    {
        ref readonly var message = ref _messages[i];
        if (_rules.Roles.Has(message.Author, Role.Excluded)) return Marks.Excluded;
        foreach (var word in _rules.ExcludedSubjects)
            if (message.Fact.Subject.Contains(word, StringComparison.OrdinalIgnoreCase)) return Marks.Excluded;
        var rules = _rules.NoReplyNeeded;
        if ((rules & NoReplyRules.CarbonCopyOnly) != 0 && IsCarbonCopyOnly(message.Fact)) return Marks.NoReplyNeeded;
        return (rules & NoReplyRules.ShortThanks) != 0 && IsShortThanks(message.Fact) ? Marks.NoReplyNeeded : Marks.None;
    }

    /// <summary>
    /// Short, and right after a reply that left nobody waiting: judged by position and size, since no text is read.
    /// </summary>
    bool IsShortThanks(MessageFact fact) =>
        fact.Size is { } size && size <= ShortThanksBytes && _cycle is { Open: null };

    bool IsCarbonCopyOnly(MessageFact fact) =>
        fact.Cc.Any(c => _rules.Roles.Has(c, Role.Own)) && !fact.To.Any(t => _rules.Roles.Has(t, Role.Own));

    bool HasClosingSign(MessageFact fact) =>
        (fact.FlagComplete && _rules.FlagCloses)
        // Asked of every message: where nothing closes, nothing is made to ask.
        || (_rules.ClosingCategories.Count > 0
            && fact.Categories.Any(c => _rules.ClosingCategories.Contains(c, StringComparer.OrdinalIgnoreCase)))
        || (_rules.ClosingFolders.Count > 0 && fact.Filed.Any(IsClosing));

    bool IsClosing(string path) => _rules.ClosingFolders.Any(folder =>
        path.EndsWith(folder, StringComparison.OrdinalIgnoreCase)
        && (path.Length == folder.Length || path[path.Length - folder.Length - 1] == '/'));

    /// <summary>
    /// Whether the message reaches a requester of the cycle: one who waits while somebody does, else any. So does one
    /// whose recipients are not known, and one to the mailbox's own address where that is a list.
    /// </summary>
    bool Reaches(MessageFact fact, Cycle cycle)
    {
        var recipients = fact.To.AsSpan();
        var copies = fact.Cc.AsSpan();
        if (recipients.IsEmpty && copies.IsEmpty) return true;
        var throughOwnList = !fact.List.IsNone && _rules.Roles.Has(fact.List, Role.Own);
        foreach (var to in recipients) if (IsReached(to, cycle, throughOwnList)) return true;
        foreach (var cc in copies) if (IsReached(cc, cycle, throughOwnList)) return true;
        return false;
    }

    bool IsReached(AddressId recipient, Cycle cycle, bool throughOwnList)
    {
        if (throughOwnList && _rules.Roles.Has(recipient, Role.Own)) return true;
        return cycle.Reaches(recipient);
    }

    bool IsToColleagues(MessageFact fact)
    {
        const Role colleague = Role.Own | Role.Agent | Role.Internal;
        foreach (var to in fact.To.AsSpan()) if (!_rules.Roles.Has(to, colleague)) return false;
        foreach (var cc in fact.Cc.AsSpan()) if (!_rules.Roles.Has(cc, colleague)) return false;
        return true;
    }

    bool IsCollision(Cycle cycle, in AttributedMessage second)
    {
        ref readonly var first = ref _messages[cycle.Replies[^1]];
        return !first.Author.IsNone && !second.Author.IsNone && first.Author != second.Author
            && second.At - first.At <= CollisionSeconds;
    }

    AddressId FirstOutsider(MessageFact fact)
    {
        const Role inside = Role.Own | Role.Agent;
        foreach (var to in fact.To.AsSpan()) if (!_rules.Roles.Has(to, inside)) return to;
        foreach (var cc in fact.Cc.AsSpan()) if (!_rules.Roles.Has(cc, inside)) return cc;
        return AddressId.None;
    }
}

using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>
/// Findings by chance within a few seconds around an instant, seeded: whatever may fall together does. At the instant a year
/// begins, and the mailbox opens; or it is that shortly after 1970 began.
/// </summary>
sealed class CloseFindings
{
    /// <summary>No message is further from the instant.</summary>
    public const int Reach = 6;

    const int Longest = 5;
    const int NewYear = 1_704_067_200; // 2024, a Monday

    readonly Random _random;
    readonly AddressId[] _agents, _requesters;

    public CloseFindings(int seed)
    {
        _random = new(seed);
        Zone = DateTimeZoneProviders.Tzdb[seed % 3 == 1 ? "Europe/Prague" : "Etc/UTC"];
        Middle = seed % 3 == 2 ? Reach : seed % 3 == 1 ? NewYear - 3600 : NewYear;
        Mailboxes = [.. Enumerable.Range(0, 1 + seed % 2).Select(i => Addresses.Intern($"box{i}@acme.example"))];
        _agents = [.. Enumerable.Range(0, 3).Select(i => Addresses.Intern($"agent{i}@acme.example"))];
        _requesters = [default, .. Enumerable.Range(0, 3).Select(i => Addresses.Intern($"c{i}@some{i % 2}.example"))];
        Teams = new() { [_agents[0]] = "Second line", [_agents[1]] = "First line" };
        Clocks = new(new MailboxRules
        {
            Mailbox = default,
            Roles = new([], []),
            Hours = [ScheduleText.Parse(Zone.Id, "Mon 00:00-24:00; Thu 00:00-24:00")],
        });
        ByMailbox = Mailboxes.ToDictionary(m => m, m => Some(m.Value));
    }

    /// <summary>The instant, seconds since 1970 UTC.</summary>
    public long Middle { get; }

    public DateTimeZone Zone { get; }
    public Addresses Addresses { get; } = new();
    public AddressId[] Mailboxes { get; }
    public Dictionary<AddressId, string> Teams { get; }
    public WaitClocks Clocks { get; }
    public Dictionary<AddressId, List<Finding>> ByMailbox { get; }

    List<Finding> Some(int mailbox)
    {
        var findings = new List<Finding>();
        var count = _random.Next(1, 14);
        for (var i = 0; i < count; i++) findings.Add(Any(100 * i + mailbox, Middle + _random.Next(-Reach, Reach + 1)));
        for (var i = _random.Next(3); i > 0; i--)
            findings.Add(Any(90_000 + 100 * i + mailbox, 0) with
            {
                Marks = Marks.Undated, Wait = null, Response = null, Cycle = null, RepliedAt = null,
            });
        return findings;
    }

    bool Perhaps => _random.Next(2) == 0;

    long Later(long at) => at + _random.Next(Longest);

    Clocks Waited() => new(_random.Next(4), _random.Next(4), _random.Next(4));

    Finding Any(long fact, long at)
    {
        var isIn = Perhaps;
        var marks = Marks.None;
        foreach (var mark in new[]
        {
            Marks.First, Marks.Reopened, Marks.Internal, Marks.OutOfHours, Marks.NoReplyNeeded, Marks.BegunByAgent, Marks.Touch,
            Marks.Collision,
        })
            if (Perhaps) marks |= mark;
        var author = isIn ? 0 : _random.Next(4);
        if (author == 1) marks |= Marks.Ambiguous;
        var wait = isIn && Perhaps ? Wait(at) : null;
        var cycle = isIn && Perhaps ? Cycle(at) : null;
        var response = !isIn && Perhaps ? new ResponseFinding(fact - 1, at - 2, Waited(), 5, at + 3) : null;
        marks |= (wait is null ? 0 : Marks.OpenedWait) | (cycle is null ? 0 : Marks.BeganCycle)
            | (response is null ? 0 : Marks.AnsweredWait);
        Clocks? resolution = !isIn && Perhaps ? Waited() : null;
        return new()
        {
            FactId = fact,
            Conversation = 1 + _random.Next(3),
            At = at,
            Direction = isIn ? Direction.Inbound : Direction.Outbound,
            Kind = _random.Next(4) == 0 ? Kind.AutoReply : Kind.Human,
            Marks = marks,
            Evidence = author > 1 ? Evidence.OnBehalf : Evidence.None,
            Reason = !isIn && author == 0
                ? Perhaps ? UnattributedReason.AuditRecordMissing : UnattributedReason.SenderUnknown : UnattributedReason.None,
            Agent = isIn || author > 1 ? _agents[_random.Next(3)] : default,
            Requester = _requesters[_random.Next(4)],
            Recipients = _random.Next(3),
            Importance = Perhaps ? Importance.High : Importance.Normal,
            Category = _random.Next(3) switch { 0 => "", 1 => "Billing", _ => "Billing; Urgent" },
            Wait = wait,
            Cycle = cycle,
            Response = response,
            RepliedAt = isIn && Perhaps ? Later(at) : null,
            SinceParent = !isIn && Perhaps ? _random.Next(4) : null,
            Resolution = resolution,
            ResolutionKnownAt = resolution is null ? null : Later(at),
        };
    }

    WaitFinding Wait(long at)
    {
        var ended = Perhaps ? (long?)null : Later(at);
        var due = Perhaps ? 0 : Later(at) + 1;
        return new(
            ended, ended is null ? WaitEnd.Open : Perhaps ? WaitEnd.Closed : WaitEnd.Answered, ended is null ? default : Waited(),
            due == 0 ? 0 : 5, due, due == 0 ? 0 : due - _random.Next((int)(due - at)), due == 0 ? 0 : _random.Next(1, 3));
    }

    CycleFinding Cycle(long at)
    {
        long? last = Perhaps ? Later(at) : null, closed = Perhaps ? Later(at) : null;
        return new(
            last, closed, closed is { } c && _random.Next(4) > 0 ? Later(c) : null, _random.Next(3), 0, _random.Next(3), 0, Waited());
    }
}

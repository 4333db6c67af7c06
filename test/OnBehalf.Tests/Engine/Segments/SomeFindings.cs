using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Findings by chance, seeded: some are like those of a mailbox, some as odd as their types allow.</summary>
sealed class SomeFindings
{
    public const long From = 1_700_000_000;
    public const int Days = 120;

    readonly Random _random;
    readonly Addresses _addresses = new();
    readonly AddressId[] _agents;
    readonly AddressId[] _requesters;

    public SomeFindings(int seed)
    {
        _random = new(seed);
        Mailboxes = [.. Enumerable.Range(0, 3).Select(i => _addresses.Intern($"box{i}@acme.example"))];
        _agents = [default, .. Enumerable.Range(0, 5).Select(i => _addresses.Intern($"agent{i}@acme.example"))];
        _requesters = [default, .. Enumerable.Range(0, 30).Select(i => _addresses.Intern($"c{i}@some{i % 4}.example"))];
    }

    static readonly string[] Categories = ["", "", "Billing", "Billing; Urgent", "Urgent", "Zoë’s"];

    public Addresses Addresses => _addresses;
    public AddressId[] Mailboxes { get; }

    /// <summary>Two teams of two; the others are in none.</summary>
    public Dictionary<AddressId, string> Teams => new()
    {
        [_agents[1]] = "First line", [_agents[2]] = "First line", [_agents[3]] = "Second line", [_agents[4]] = "Second line",
    };

    public static int DaySeconds => 86_400;

    /// <summary>Findings of a mailbox that hold together as those of the engine do.</summary>
    public List<Finding> Likely(int conversations, long firstFact = 1)
    {
        var findings = new List<Finding>();
        for (var i = 0; i < conversations; i++)
        {
            var root = firstFact + findings.Count;
            var at = From + _random.NextInt64((long)Days * DaySeconds);
            var marks = _random.Next(4) == 0 ? Marks.BegunByAgent : Marks.None;
            var messages = _random.Next(1, 7);
            for (var m = 0; m < messages; m++, at += _random.Next(4) == 0 ? 0 : _random.Next(3 * DaySeconds))
                findings.Add(Likely(firstFact + findings.Count, root, at, marks));
        }
        for (var i = 0; i < 3; i++)
            findings.Add(Likely(firstFact + findings.Count, firstFact, 0, Marks.None) with
            {
                Marks = Marks.Undated, Wait = null, Response = null, Cycle = null, RepliedAt = null,
            });
        return findings;
    }

    Finding Likely(long fact, long root, long at, Marks marks)
    {
        var isIn = _random.Next(2) == 0;
        foreach (var mark in new[] { Marks.First, Marks.Reopened, Marks.Internal, Marks.OutOfHours, Marks.NoReplyNeeded })
            if (_random.Next(3) == 0) marks |= mark;
        var opens = isIn && _random.Next(2) == 0;
        var begins = isIn && _random.Next(3) == 0;
        var answers = !isIn && _random.Next(3) != 0;
        if (!isIn && !answers) marks |= _random.Next(3) switch { 0 => Marks.Touch, 1 => Marks.Collision, _ => 0 };
        marks |= (opens ? Marks.OpenedWait : 0) | (begins ? Marks.BeganCycle : 0) | (answers ? Marks.AnsweredWait : 0);
        var author = isIn ? 0 : _random.Next(4);
        if (author == 1) marks |= Marks.Ambiguous;
        var wait = opens ? SomeWait(at) : null;
        Clocks? resolution = answers && _random.Next(2) == 0 ? Some(9 * DaySeconds) : null;
        return new()
        {
            FactId = fact,
            Conversation = root,
            At = at,
            Direction = isIn ? Direction.Inbound : Direction.Outbound,
            Kind = _random.Next(5) == 0 ? (Kind)_random.Next(7) : Kind.Human,
            Marks = marks,
            Evidence = author > 1 ? (Evidence)_random.Next(1, 10) : Evidence.None,
            Reason = !isIn && author == 0 ? (UnattributedReason)_random.Next(1, 9) : UnattributedReason.None,
            Agent = isIn ? (wait?.End == WaitEnd.Answered ? Pick(_agents) : default) : author > 1 ? Pick(_agents[1..]) : default,
            Requester = Pick(_requesters),
            Recipients = _random.Next(4),
            Importance = (Importance)_random.Next(3),
            Category = Categories[_random.Next(Categories.Length)],
            Wait = wait,
            RepliedAt = wait is null ? (isIn && _random.Next(3) == 0 ? at + _random.Next(DaySeconds) : null)
                : wait.End == WaitEnd.Answered ? wait.EndedAt : null,
            Response = answers ? SomeResponse(fact, at) : null,
            Cycle = begins ? SomeCycle(at) : null,
            SinceParent = !isIn && _random.Next(2) == 0 ? _random.Next(9 * DaySeconds) : null,
            Resolution = resolution,
            ResolutionKnownAt = resolution is null ? null : at + _random.Next(9 * DaySeconds),
        };
    }

    WaitFinding SomeWait(long at)
    {
        var ended = _random.Next(5) == 0 ? (long?)null : at + _random.Next(20 * DaySeconds);
        var due = _random.Next(4) == 0 ? 0 : at + _random.Next(1, 5 * DaySeconds);
        return new(
            ended, ended is null ? WaitEnd.Open : _random.Next(4) == 0 ? WaitEnd.Closed : WaitEnd.Answered,
            ended is { } e ? Some((int)(e - at) + 1) with { Calendar = (int)(e - at) } : default,
            due == 0 ? 0 : 3600, due, due == 0 ? 0 : due - _random.Next((int)(due - at)), due == 0 ? 0 : _random.Next(1, 3));
    }

    ResponseFinding SomeResponse(long fact, long at)
    {
        var waited = _random.Next(6 * DaySeconds);
        return new(fact - 1, at - waited, Some(waited + 1) with { Calendar = waited }, 3600, at - waited + 3600);
    }

    CycleFinding SomeCycle(long at)
    {
        var last = _random.Next(4) == 0 ? (long?)null : at + _random.Next(9 * DaySeconds);
        long? closed = _random.Next(3) == 0 ? null : last ?? at + 1;
        return new(
            last, closed, closed + _random.Next(6 * DaySeconds), last is null ? 0 : _random.Next(1, 4), _random.Next(2),
            _random.Next(3), _random.Next(2), Some(DaySeconds));
    }

    Clocks Some(int below) => new(_random.Next(below), _random.Next(below), _random.Next(below));

    AddressId Pick(AddressId[] addresses) => addresses[_random.Next(addresses.Length)];

    /// <summary>A finding of any numbers that its types hold.</summary>
    public Finding Odd(long month)
    {
        var marks = (Marks)_random.Next(1 << 16);
        bool Has(Marks mark) => (marks & mark) != 0;
        var resolution = _random.Next(3) == 0 ? new Clocks(OddInt(), OddInt(), OddInt()) : (Clocks?)null;
        return new()
        {
            FactId = OddLong(),
            Conversation = OddLong(),
            At = month + _random.Next(20 * DaySeconds),
            Direction = (Direction)_random.Next(2),
            Kind = (Kind)_random.Next(7),
            Marks = marks,
            Evidence = (Evidence)_random.Next(10),
            Reason = (UnattributedReason)_random.Next(9),
            Agent = new(OddInt() & int.MaxValue),
            Requester = new(OddInt() & int.MaxValue),
            Recipients = OddInt(),
            Importance = (Importance)_random.Next(3),
            Category = _random.Next(3) == 0 ? new string((char)_random.Next('a', 0x3000), _random.Next(1, 40)) : "",
            Response = Has(Marks.AnsweredWait)
                ? new(OddLong(), OddLong(), new(OddInt(), OddInt(), OddInt()), OddInt(), OddLong()) : null,
            Wait = Has(Marks.OpenedWait) ? new(
                Perhaps(), (WaitEnd)_random.Next(3), new(OddInt(), OddInt(), OddInt()), OddInt(), OddLong(), OddLong(), OddInt())
                : null,
            Cycle = Has(Marks.BeganCycle) ? new(
                Perhaps(), Perhaps(), Perhaps(), OddInt(), OddInt(), OddInt(), OddInt(), new(OddInt(), OddInt(), OddInt()))
                : null,
            SinceParent = _random.Next(2) == 0 ? OddInt() : null,
            Resolution = resolution,
            ResolutionKnownAt = resolution is null ? null : Perhaps(),
            RepliedAt = Perhaps(),
        };
    }

    long? Perhaps() => _random.Next(2) == 0 ? OddLong() : null;

    long OddLong() => _random.Next(8) switch
    {
        0 => long.MaxValue,
        1 => long.MinValue,
        2 => 0,
        3 => -1,
        4 => _random.NextInt64(long.MinValue, long.MaxValue),
        _ => _random.Next(1000),
    };

    int OddInt() => _random.Next(6) switch
    {
        0 => int.MaxValue,
        1 => int.MinValue,
        2 => 0,
        _ => _random.Next(100),
    };
}

using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Benchmarks;

/// <summary>
/// Findings of many mailboxes over two years, invented: 200 mailboxes with five agents each, two or three messages and one
/// reply to a conversation as a rule, waits with a long tail, office hours, and an SLA of four hours for first
/// responses. Seeded by the mailbox, so any mailbox can be made alone.
/// </summary>
sealed class SegmentsWorld
{
    public const int Mailboxes = 200;
    public const int AgentsEach = 5;

    /// <summary>3.0 M conversations of 10 M messages.</summary>
    const double MessagesPerConversation = 10 / 3.0;

    const int Target = 4 * 3600;
    const int Day = 86_400;

    public static readonly long Start = Instant.FromUtc(2024, 1, 1, 0, 0).ToUnixTimeSeconds();
    public static readonly long End = Instant.FromUtc(2026, 1, 1, 0, 0).ToUnixTimeSeconds();

    readonly int _conversations;
    readonly AddressId[] _mailboxes = new AddressId[Mailboxes];
    readonly AddressId[] _agents = new AddressId[Mailboxes * AgentsEach];
    readonly AddressId[] _requesters;

    public SegmentsWorld(int messages)
    {
        _conversations = (int)(messages / MessagesPerConversation / Mailboxes);
        for (var i = 0; i < Mailboxes; i++) _mailboxes[i] = Addresses.Intern($"box{i:000}@acme.example");
        for (var i = 0; i < _agents.Length; i++) _agents[i] = Addresses.Intern($"agent{i:0000}@acme.example");
        _requesters = new AddressId[Math.Max(100, messages / 40)];
        for (var i = 0; i < _requesters.Length; i++)
            _requesters[i] = Addresses.Intern($"customer{i:000000}@customer{i % 5000}.example");
        Clocks = new(new MailboxRules
        {
            Mailbox = _mailboxes[0],
            Roles = new([], []),
            Hours = [ScheduleText.Parse("Europe/Prague", "Mon-Fri 08:00-12:00, 13:00-17:00")],
        });
        Clocks.Measure(Start, End, default); // works out the years before anybody is in a hurry
    }

    public Addresses Addresses { get; } = new();

    public WaitClocks Clocks { get; }

    public AddressId Mailbox(int number) => _mailboxes[number];

    /// <summary>The findings of a mailbox, conversation by conversation.</summary>
    public IEnumerable<Finding> FindingsOf(int mailbox)
    {
        var random = new Random(mailbox);
        var fact = mailbox * (long)_conversations * 4;
        for (var i = 0; i < _conversations; i++)
        {
            // Conversations are stored about in the order in which they began.
            var at = Start + (End - Start - 20 * Day) * i / _conversations + random.Next(3 * Day);
            foreach (var finding in Conversation(random, mailbox, fact, at))
            {
                fact++;
                yield return finding;
            }
        }
    }

    IEnumerable<Finding> Conversation(Random random, int mailbox, long root, long at)
    {
        var requester = _requesters[(int)(_requesters.Length * Math.Pow(random.NextDouble(), 2))];
        if (random.Next(10) == 0) // a newsletter, or somebody's bounce
        {
            yield return Inbound(root, root, at, requester) with { Kind = random.Next(3) == 0 ? Kind.Bounce : Kind.Bulk };
            yield break;
        }
        var rounds = 1 + (random.Next(4) == 0 ? 1 : 0);
        var fact = root;
        for (var round = 0; round < rounds; round++)
        {
            var opener = (Fact: fact, At: at);
            var extras = random.Next(8) / 3;
            var answered = random.Next(20) != 0;
            var replyAt = at + 60 + (long)Math.Min(9.0 * Day, Math.Exp(8.4 + 1.6 * Gauss(random)));
            var agent = _agents[mailbox * AgentsEach + random.Next(AgentsEach)];
            var known = random.Next(12) != 0;
            var waited = answered ? Clocks.Measure(at, replyAt, agent) : default;
            var (due, atRisk) = round == 0 ? Promise(at) : (0, 0);
            yield return Opening(
                Inbound(fact++, root, at, requester), round, answered ? replyAt : null, waited, known ? agent : default, due, atRisk);
            for (var extra = 0; extra < extras; extra++)
                yield return Inbound(fact++, root, at += random.Next(1, 7200), requester) with
                {
                    Marks = answered ? Marks.Replied : Marks.None,
                    RepliedAt = answered ? Math.Max(at, replyAt) : null,
                };
            if (!answered) yield break;
            at = Math.Max(at + 1, replyAt);
            yield return Answering(
                random, fact++, root, at, requester, known ? agent : default, opener, Clocks.Measure(opener.At, at, agent), due)
                with { Marks = Marks.AnsweredWait | (round == 0 ? Marks.First : Marks.None) };
            if (random.Next(10) == 0)
                yield return Outbound(random, fact++, root, at += random.Next(1, 3 * Day), requester, known ? agent : default);
            at += random.Next(600, 3 * Day);
        }
    }

    static Finding Inbound(long fact, long root, long at, AddressId requester) => new()
    {
        FactId = fact,
        Conversation = root,
        At = at,
        Direction = Direction.Inbound,
        Kind = Kind.Human,
        Requester = requester,
        Recipients = 1 + (int)(fact % 7 / 6),
    };

    static Finding Opening(
        Finding inbound, int round, long? ended, Engine.Findings.Clocks waited, AddressId agent, long due, long atRisk) =>
        inbound with
        {
            Marks = Marks.OpenedWait | (round == 0 ? Marks.First | Marks.BeganCycle : Marks.None)
                | (ended is null ? Marks.None : Marks.Replied),
            Agent = ended is null ? default : agent,
            RepliedAt = ended,
            Wait = new(
                ended, ended is null ? WaitEnd.Open : WaitEnd.Answered, waited, due == 0 ? 0 : Target, due, atRisk,
                due == 0 ? 0 : 1),
            Cycle = round != 0 ? null
                : ended is null ? new(null, null, null, 0, 0, 0, 0, default)
                : new(ended, ended, ended + 5 * Day, 1, 0, 0, 0, waited),
        };

    static Finding Answering(
        Random random, long fact, long root, long at, AddressId requester, AddressId agent, (long Fact, long At) opener,
        Engine.Findings.Clocks waited, long due)
    {
        var isLast = random.Next(3) != 0;
        return Outbound(random, fact, root, at, requester, agent) with
        {
            Response = new(opener.Fact, opener.At, waited, due == 0 ? 0 : Target, due),
            SinceParent = random.Next(4) == 0 ? null : waited.Calendar,
            Resolution = isLast ? waited : null,
            ResolutionKnownAt = isLast ? at + 5 * Day : null,
        };
    }

    static Finding Outbound(Random random, long fact, long root, long at, AddressId requester, AddressId agent) => new()
    {
        FactId = fact,
        Conversation = root,
        At = at,
        Direction = Direction.Outbound,
        Kind = Kind.Human,
        Requester = requester,
        Agent = agent,
        Evidence = agent.IsNone ? Evidence.None : random.Next(2) == 0 ? Evidence.OnBehalf : Evidence.AuditSendAs,
        Reason = agent.IsNone ? UnattributedReason.AuditRecordMissing : UnattributedReason.None,
        Recipients = 1 + random.Next(3) / 2,
    };

    (long Due, long AtRisk) Promise(long at)
    {
        var due = Clocks.Mailbox.DueAt(at, Target)!.Value;
        return (due, Clocks.Mailbox.DueAt(at, Target * 4L / 5 + 1)!.Value);
    }

    static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

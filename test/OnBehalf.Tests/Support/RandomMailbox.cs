using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Support;

/// <summary>A mailbox out of a seed: anything that headers can say, sensible or not.</summary>
sealed class RandomMailbox
{
    public static readonly Instant Start = Instant.FromUtc(2025, 1, 6, 0, 0);

    readonly Random _random;

    public RandomMailbox(int seed)
    {
        _random = new(seed);
        foreach (var name in (string[])["support@acme.example", "anna@acme.example", "ben@acme.example",
            "boss@acme.example", "c1@customer.example", "c2@customer.example", "c3@other.example", "s-1-5-18"])
            Addresses.Intern(name);
        var count = _random.Next(1, 40);
        for (var n = 1; n <= count; n++) Facts.Add(Message(n, count));
        foreach (var fact in Facts.ToList())
        {
            if (_random.Next(10) == 0) // the same message seen elsewhere, or differently
                Facts.Add(fact with
                {
                    FactId = Facts.Count + 1, Digest = fact.Digest + 1, Folder = Folder.SentItems,
                    FolderOwner = new(_random.Next(4)), At = fact.At + Duration.FromSeconds(_random.Next(-200, 200)),
                });
            if (_random.Next(4) == 0) Sends.Add(Send(fact));
        }
    }

    public Addresses Addresses { get; } = new();

    public List<MessageFact> Facts { get; } = [];

    public List<SendFact> Sends { get; } = [];

    public MailboxRules Rules { get; init; } = new()
    {
        Mailbox = new(1),
        Roles = new(
            [Role.None, Role.Own | Role.Internal, Role.Agent | Role.Internal, Role.Agent | Role.Internal, Role.Internal,
                Role.None, Role.None, Role.None, Role.Service],
            [default, default, new(2), new(3), default, default, default, default, default]),
        AuditConnected = true,
        Hours =
        [
            new(DateTimeZoneProviders.Tzdb["Europe/Prague"],
                [.. Enumerable.Range(1, 5).Select(d => new OpenPeriod((IsoDayOfWeek)d, new(9, 0), new(17, 0)))], []),
        ],
    };

    /// <summary>Every finding as text, in an order that has nothing to do with arrival, named by what never changes.</summary>
    public string Report(IReadOnlyList<MessageFact> facts, IReadOnlyList<SendFact> sends)
    {
        var keys = facts.ToDictionary(f => f.FactId, f => f.Key);
        var lines = new List<string>();
        foreach (var walk in Corridor.WalkMailbox(facts, sends, Rules, Addresses))
            foreach (var finding in walk.Findings)
                lines.Add(string.Join(' ',
                    keys[finding.FactId], keys[finding.Conversation], finding.At, finding.Direction, finding.Kind,
                    finding.Marks, finding.Evidence, finding.Reason, finding.Agent, finding.Requester,
                    finding.Response is { } r ? $"{keys[r.OpenedBy]} {r.OpenedAt} {r.Waited}" : "-",
                    finding.Wait, finding.Cycle, finding.SinceParent, finding.Resolution));
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    MessageFact Message(int n, int count)
    {
        var index = _random.Next(3) == 0 ? Index(_random.Next(4)) : [];
        var inOurName = _random.Next(5) < 2;
        return new()
        {
            FactId = n,
            Key = MessageKey.Of($"{n}@x"),
            MessageId = $"{n}@x",
            At = Time(n),
            From = inOurName ? new(1) : new(_random.Next(2, 8)),
            Sender = _random.Next(2) == 0 ? default : new(_random.Next(1, 9)),
            Author = inOurName && _random.Next(4) == 0 ? new(_random.Next(2, 8)) : default,
            To = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => new AddressId(_random.Next(1, 8)))],
            Cc = [.. Enumerable.Range(0, _random.Next(2)).Select(_ => new AddressId(_random.Next(1, 8)))],
            InReplyTo = Keys(_random.Next(2), count),
            References = Keys(_random.Next(3), count),
            ConversationIndex = index,
            ConversationGuid = _random.Next(4) == 0 ? new(1, (ulong)_random.Next(3)) : default,
            Subject = $"Re: matter {_random.Next(2)}",
            Signs = _random.Next(8) == 0 ? (Signs)(1 << _random.Next(14)) : Signs.None,
            Folder = inOurName ? Folder.SentItems : Folder.Received,
            FlagComplete = _random.Next(15) == 0,
            Digest = (ulong)_random.Next(1000),
        };
    }

    // Every third is in the very second of the one before.
    Instant? Time(int n)
    {
        Instant? own = _random.Next(12) == 0 ? null : Start + Duration.FromMinutes(_random.Next(0, 60 * 24 * 20));
        return n % 3 == 0 ? Facts[^1].At : own;
    }

    // Some name messages that are not here, some the message itself, some run in circles.
    MessageKey[] Keys(int howMany, int count) =>
        [.. Enumerable.Range(0, howMany).Select(_ => MessageKey.Of($"{_random.Next(1, count + 3)}@x"))];

    byte[] Index(int levels)
    {
        var index = new byte[22 + 5 * levels];
        index[0] = 1;
        for (var level = 0; level < levels; level++) index[22 + 5 * level] = (byte)_random.Next(2);
        return index;
    }

    SendFact Send(MessageFact fact) => new()
    {
        RecordId = new Guid(_random.Next(), 0, 0, new byte[8]),
        Operation = _random.Next(2) == 0 ? SendOperation.SendAs : SendOperation.SendOnBehalf,
        At = fact.At ?? Start,
        Actor = new(_random.Next(1, 9)),
        Mailbox = new(_random.Next(10) == 0 ? 2 : 1),
        Key = _random.Next(4) == 0 ? MessageKey.None : fact.Key,
        FoldedKey = fact.Key,
        Subject = fact.Subject,
        ActorType = _random.Next(6) == 0 ? ActorType.Application : ActorType.Regular,
    };
}

using NodaTime;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Store;

/// <summary>Facts made from a seed.</summary>
static class SomeFacts
{
    static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 8, 0);

    /// <summary>A message with something in every field, or with nothing where a source may know nothing.</summary>
    public static MessageFact Message(int number, Addresses addresses, int seed = 1)
    {
        var random = new Random(number + (seed * 1_000_003));
        string Somebody() => $"person{random.Next(40)}@customer.example";
        AddressId[] Several(int most) =>
            [.. Enumerable.Range(0, random.Next(most)).Select(_ => addresses.Intern(Somebody()))];
        MessageKey[] Keys(int most) => [.. Enumerable.Range(0, random.Next(most))
            .Select(_ => MessageKey.Of($"m{random.Next(number + 1)}@customer.example"))];
        var hasId = random.Next(10) > 0;
        return new()
        {
            Key = MessageKey.Of($"m{number}@customer.example"),
            MessageId = hasId ? $"m{number}@customer.example" : "",
            At = random.Next(10) > 0 ? Start + Duration.FromMinutes(number) : null,
            From = addresses.Intern(Somebody()),
            Sender = random.Next(2) == 0 ? addresses.Intern(Somebody()) : default,
            Author = random.Next(2) == 0 ? addresses.Intern(Somebody()) : default,
            List = random.Next(2) == 0 ? addresses.Intern("list@acme.example") : default,
            FolderOwner = random.Next(4) == 0 ? addresses.Intern("anna@acme.example") : default,
            To = Several(4),
            Cc = Several(3),
            ReplyTo = Several(2),
            Size = random.Next(3) == 0 ? null : random.Next(100_000),
            InReplyTo = Keys(2),
            References = Keys(30),
            ConversationIndex = random.Next(2) == 0 ? Bytes(random, 22 + (5 * random.Next(3))) : default,
            ConversationGuid = random.Next(2) == 0 ? MessageKey.Of($"c{random.Next(20)}") : default,
            Subject = random.Next(5) switch { 0 => "", 1 => "Přílohy – 添付\0end", _ => $"Re: Order {number}" },
            Signs = (Signs)random.Next(1 << 14),
            Folder = (Folder)random.Next(4),
            Importance = (Importance)random.Next(3),
            Categories = random.Next(3) == 0 ? ["Done, \"really\"", "Grün"] : [],
            Filed = random.Next(3) == 0 ? ["Inbox/Größe, \"XL\""] : [],
            FlagComplete = random.Next(2) == 0,
            Digest = unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
        };
    }

    /// <summary>The messages of some numbers.</summary>
    public static MessageFact[] Messages(int first, int count, Addresses addresses, int seed = 1) =>
        [.. Enumerable.Range(first, count).Select(number => Message(number, addresses, seed))];

    /// <summary>An audit record.</summary>
    public static SendFact Send(int number, AddressId mailbox, Addresses addresses) => new()
    {
        RecordId = new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        Operation = (SendOperation)(number % 2),
        At = Start + Duration.FromMinutes(1000 - number),
        Actor = addresses.Intern($"agent{number % 3}@acme.example"),
        Mailbox = mailbox,
        Key = number % 4 == 0 ? default : MessageKey.Of($"m{number}@customer.example"),
        FoldedKey = MessageKey.Of($"m{number}@customer.example"),
        Subject = number % 5 == 0 ? "" : $"Re: Order {number}",
        ActorType = number % 7 == 0 ? ActorType.Other : ActorType.Regular,
    };

    /// <summary>Everything that joining needs of a sighting.</summary>
    public static string JoinLine(JoinKeys join) => string.Join('|', join.FactId, join.Key, join.At, join.Digest,
        string.Join(' ', join.InReplyTo.ToArray()), string.Join(' ', join.References.ToArray()),
        Convert.ToHexString(join.ConversationIndex.Span), join.ConversationGuid, join.Subject);

    /// <summary>All that a message says, on one line, addresses as text: what must be the same afterwards.</summary>
    public static string Line(MessageFact fact, Addresses addresses)
    {
        string Texts(IEnumerable<AddressId> ids) => string.Join(' ', ids.Select(id => addresses[id]));
        return string.Join('|', fact.Key, fact.MessageId, fact.At, addresses[fact.From], addresses[fact.Sender],
            addresses[fact.Author], addresses[fact.List], addresses[fact.FolderOwner], Texts(fact.To), Texts(fact.Cc),
            Texts(fact.ReplyTo), fact.Size,
            string.Join(' ', fact.InReplyTo), string.Join(' ', fact.References),
            Convert.ToHexString(fact.ConversationIndex.Span), fact.ConversationGuid, fact.Subject, fact.Signs,
            fact.Folder, fact.Importance, string.Join(';', fact.Categories), string.Join(';', fact.Filed), fact.FlagComplete, fact.Digest);
    }

    static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}

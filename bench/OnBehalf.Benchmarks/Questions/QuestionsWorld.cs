using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// Mail of a large company, invented: 500 mailboxes of different sizes with four agents each over two years, a quarter of a
/// million requesters, waits with a long tail, conversations that nobody answers. Half of what goes out is Send on Behalf,
/// a third is known by the audit log, the rest by nothing. Seeded by the mailbox.
/// </summary>
/// <param name="messages">About how many messages there are in all.</param>
sealed class QuestionsWorld(int messages)
{
    public const int Mailboxes = 500;
    public const int AgentsEach = 4;

    const double MessagesPerConversation = 2.66;
    const int Day = 86_400;
    const int Requesters = 250_000;

    public static readonly Instant Start = Instant.FromUtc(2024, 1, 1, 0, 0);
    public static readonly Instant End = Instant.FromUtc(2026, 1, 1, 0, 0);

    static readonly long First = Start.ToUnixTimeSeconds(), Last = End.ToUnixTimeSeconds();

    /// <summary>A mailbox's address.</summary>
    public static string Mailbox(int number) => $"box{number:000}@acme.example";

    /// <summary>An agent's address.</summary>
    public static string Agent(int number) => $"agent{number:0000}@acme.example";

    static string Requester(int number) => $"customer{number:000000}@customer{number % 5000}.example";

    /// <summary>What a mailbox holds, by time, and what the audit log says of it.</summary>
    public (List<MessageFact> Facts, List<SendFact> Sends) MailOf(int mailbox, Addresses addresses)
    {
        var writer = new Writer(mailbox, addresses);
        // From a fifth of the usual size to almost twice it.
        var size = 0.2 + 1.6 * (mailbox * 0.618_034 % 1);
        var conversations = (int)(messages / MessagesPerConversation / Mailboxes * size);
        for (var i = 0; i < conversations; i++)
            writer.Conversation(First + (Last - First - 2 * Day) * i / conversations + writer.Random.Next(2 * Day));
        writer.Facts.RemoveAll(fact => fact.At >= End);
        writer.Facts.Sort((a, b) => a.At!.Value.CompareTo(b.At!.Value));
        return (writer.Facts, writer.Sends);
    }

    /// <summary>Writes the mail of one mailbox.</summary>
    sealed class Writer(int mailbox, Addresses addresses)
    {
        readonly AddressId _own = addresses.Intern(Mailbox(mailbox));
        int _number;

        public Random Random { get; } = new(mailbox);
        public List<MessageFact> Facts { get; } = [];
        public List<SendFact> Sends { get; } = [];

        public void Conversation(long at)
        {
            var requester = addresses.Intern(Requester((int)(Requesters * Math.Pow(Random.NextDouble(), 2))));
            var subject = $"Order {mailbox}-{_number}";
            if (Random.Next(10) == 0) // a newsletter, or somebody's bounce
            {
                Add(at, requester, subject, null);
                Facts[^1] = Facts[^1] with { Signs = Random.Next(3) == 0 ? Signs.DeliveryReport : Signs.PrecedenceBulk };
                return;
            }
            var parent = Add(at, requester, subject, null);
            for (var rounds = 1 + (Random.Next(4) == 0 ? 1 : 0); rounds > 0; rounds--)
            {
                for (var more = Random.Next(8) / 3; more > 0; more--)
                    parent = Add(at += Random.Next(1, 7200), requester, "Re: " + subject, parent);
                if (Random.Next(20) == 0) return;
                at += 60 + (long)Math.Min(9.0 * Day, Math.Exp(8.4 + 1.6 * Gauss()));
                parent = Answer(at, requester, "Re: " + subject, parent);
                if (Random.Next(10) == 0) parent = Answer(at += Random.Next(1, 3 * Day), requester, "Re: " + subject, parent);
                if (rounds > 1) parent = Add(at += Random.Next(600, 3 * Day), requester, "Re: " + subject, parent);
            }
        }

        string Add(long at, AddressId from, string subject, string? parent)
        {
            var id = $"{mailbox}.{_number++}@mail.example";
            Facts.Add(new()
            {
                Key = MessageKey.Of(id),
                MessageId = id,
                At = Instant.FromUnixTimeSeconds(at),
                From = from,
                To = [_own],
                InReplyTo = parent is null ? [] : [MessageKey.Of(parent)],
                Subject = subject,
                Folder = Folder.Received,
                Importance = _number % 29 == 0 ? Importance.High : Importance.Normal,
                Digest = (ulong)_number,
            });
            return id;
        }

        string Answer(long at, AddressId to, string subject, string parent)
        {
            var id = Add(at, _own, subject, parent);
            var agent = addresses.Intern(Agent(mailbox * AgentsEach + Random.Next(AgentsEach)));
            var way = Random.Next(20);
            Facts[^1] = Facts[^1] with { To = [to], Folder = Folder.SentItems, Sender = way < 11 ? agent : _own };
            if (way is >= 11 and < 18)
                Sends.Add(new()
                {
                    RecordId = new(mailbox, 0, 0, [.. BitConverter.GetBytes((long)_number)]),
                    Operation = SendOperation.SendAs,
                    At = Facts[^1].At!.Value,
                    Actor = agent,
                    Mailbox = _own,
                    Key = Facts[^1].Key,
                    FoldedKey = Facts[^1].Key,
                    Subject = subject,
                });
            return id;
        }

        double Gauss() =>
            Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());
    }
}

using System.Text;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Audit;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;
using OnBehalf.Simulator.Truths;

namespace OnBehalf.Tests.Simulator;

/// <summary>Laws that every seeded world keeps.</summary>
public sealed class WorldLaws
{
    static readonly string[] Names = ["tiny", "send-on-behalf-only", "both-rights", "copies-off", "cross-geo"];

    static World Of(string name, int seed, Quirks? quirks = null)
    {
        var options = new SimulationOptions { Scenario = Scenario.ByName(name), Seed = seed, Quirks = quirks ?? Quirks.All };
        return new World(options, new WorldClock(options.End));
    }

    static readonly Lazy<List<(World World, Letter Letter)>> AllLetters = new(() => [..
        from name in Names
        from seed in Enumerable.Range(1, 4)
        let world = Of(name, seed)
        from mailbox in world.Company.Mailboxes
        from letter in world.Shelf.Open(mailbox).Letters
        select (world, letter)]);

    static IEnumerable<(World World, Letter Letter)> Letters() => AllLetters.Value;

    [Fact]
    public void Every_letter_is_later_than_what_it_answers() =>
        Assert.All(Letters().Where(pair => pair.Letter.Parent is not null),
            pair => Assert.True(pair.Letter.At > pair.Letter.Parent!.At, $"{pair.Letter.MessageId}"));

    [Fact]
    public void Agents_write_only_while_they_are_at_work()
    {
        var letters = Letters().Where(pair => pair.Letter.By is not null).ToList();
        Assert.NotEmpty(letters);
        Assert.All(letters, pair => Assert.True(pair.Letter.By!.Roster.IsAtWork(pair.Letter.At), pair.Letter.MessageId));
    }

    [Fact]
    public void Nobody_writes_after_leaving() =>
        Assert.All(Letters().Where(pair => pair.Letter.By is not null),
            pair => Assert.True(pair.Letter.At < pair.Letter.By!.LeftAt));

    [Fact]
    public void No_two_letters_of_a_mailbox_share_a_message_id() =>
        Assert.All(Letters().GroupBy(pair => (pair.World, pair.Letter.Talk.Mailbox, pair.Letter.MessageId)),
            same => Assert.Single(same));

    [Fact]
    public void What_happens_to_a_stored_message_happens_in_order()
    {
        var world = Of("send-on-behalf-only", 3);
        foreach (var mailbox in world.Company.Mailboxes)
            foreach (var stored in world.Shelf.Open(mailbox).Stored)
                for (var place = 1; place < stored.Changes.Length; place++)
                    Assert.True(stored.Changes[place].At >= stored.Changes[place - 1].At, stored.Letter.MessageId);
    }

    [Fact]
    public void Waits_are_opened_by_customers_and_ended_later_by_agents()
    {
        var waits = 0;
        foreach (var talk in Letters().Select(pair => pair.Letter).GroupBy(letter => letter.Talk))
            foreach (var wait in Ledger.Of(talk).Waits)
            {
                waits++;
                Assert.False(wait.Opened.IsOutbound);
                Assert.Equal(LetterKind.Human, wait.Opened.Kind);
                if (wait.Answer is not { } answer) continue;
                Assert.True(answer.At > wait.Opened.At && answer.By is not null && !answer.IsTouch);
            }
        Assert.True(waits > 500, $"{waits}");
    }

    [Fact]
    public void The_world_keeps_clear_of_the_limits_where_definitions_could_differ()
    {
        foreach (var talk in Letters().Select(pair => pair.Letter).GroupBy(letter => letter.Talk))
        {
            var human = talk.Where(letter => letter is { Kind: LetterKind.Human, IsTouch: false }).ToList();
            for (var place = 1; place < human.Count; place++)
            {
                var gap = human[place].At - human[place - 1].At;
                var days = gap / 86_400.0;
                Assert.False(days is > 4.6 and < 5.9, $"A silence of {days:F2} days in {talk.Key.Topic}");
                if (human[place - 1].IsOutbound && !human[place].IsOutbound) Assert.True(gap >= 300, $"{gap} s after a reply");
            }
        }
    }

    [Fact]
    public void The_ledger_knows_the_worked_examples_of_chasing_touching_colliding_and_coming_back()
    {
        var world = Of("tiny", 1, Quirks.None);
        var mailbox = world.Company.Mailboxes[0];
        var letters = new List<Letter>();
        var desk = new LetterDesk(world.Company, mailbox, letters);
        var talk = new Talk
        {
            Seed = 1, Topic = "Order", Outside = Customer.For(1), Mailbox = mailbox, BeganAt = 3_600, ConversationGuid = Guid.Empty,
        };
        var (anna, ben) = (world.Company.Agents[0], world.Company.Agents[1]);
        var first = desk.Receive(talk, 3_600, LetterForm.New, LetterKind.Human, null);
        desk.Receive(talk, 4_200, LetterForm.Reply, LetterKind.Human, first);
        desk.Send(talk, 4_300, anna, first, LetterForm.Forward, ben);
        desk.SendByMachine(talk, 4_310, LetterForm.Acknowledgement, LetterKind.AutoReply, first);
        var reply = desk.Send(talk, 4_800, anna, first, LetterForm.Reply);
        var second = desk.Send(talk, 5_100, ben, first, LetterForm.Reply);
        var back = desk.Receive(talk, 5_100 + 6 * 86_400, LetterForm.Reply, LetterKind.Human, reply);
        var ledger = Ledger.Of(letters);
        Assert.Equal([new TrueWait(first, reply, 1, true), new TrueWait(back, null, 2, true)], ledger.Waits);
        Assert.Equal([second], ledger.Collisions);
    }

    [Theory]
    [InlineData(42)]
    [InlineData(7)]
    public void The_same_seed_gives_the_same_world_and_another_seed_another(int seed)
    {
        Assert.Equal(TruthOf(Of("tiny", seed)), TruthOf(Of("tiny", seed)));
        Assert.NotEqual(TruthOf(Of("tiny", seed)), TruthOf(Of("tiny", seed + 1)));
    }

    [Fact]
    public void A_mailbox_made_again_is_the_same_mailbox()
    {
        var world = Of("acme-support", 42);
        var crowded = new World(world.Company.Options with { MessagesInMemory = 1 }, world.Time);
        Assert.Equal(TruthOf(world), TruthOf(crowded));
    }

    [Fact]
    public void A_tenant_larger_than_memory_is_made_one_mailbox_at_a_time()
    {
        var scenario = Scenario.ByName("acme-support").Sized(mailboxes: 300, messages: 300_000);
        var options = new SimulationOptions { Scenario = scenario, MessagesInMemory = 5_000 };
        var world = new World(options, new WorldClock(options.End));
        var messages = 0;
        var largest = 0;
        foreach (var mailbox in world.Company.Mailboxes)
        {
            messages += world.Shelf.Open(mailbox).Stored.Length;
            largest = Math.Max(largest, world.Shelf.Held);
        }
        Assert.InRange(messages, 240_000, 360_000);
        Assert.True(largest <= options.MessagesInMemory, $"{largest}");
    }

    [Fact]
    public void A_twin_letter_lies_in_two_mailboxes_under_one_message_id()
    {
        var world = Of("send-on-behalf-only", 42, Quirks.None.With(Quirk.TwinLetters, 0.2));
        var ids = world.Company.Mailboxes.Select(mailbox =>
            world.Shelf.Open(mailbox).Letters.Select(letter => letter.MessageId).ToHashSet()).ToArray();
        Assert.True(ids[0].Intersect(ids[1]).Count() > 20);
    }

    [Fact]
    public void Conversation_indexes_of_replies_extend_what_they_answer_by_five_bytes()
    {
        var world = Of("send-on-behalf-only", 42, Quirks.None);
        Assert.All(world.Shelf.Open(world.Company.Mailboxes[0]).Letters, letter =>
        {
            Assert.Equal(1, letter.Index[0]);
            Assert.Equal(letter.Parent?.Index ?? [], letter.Parent is null ? [] : letter.Index[..^5]);
            Assert.Equal(0, (letter.Index.Length - 22) % 5);
        });
    }

    [Fact]
    public void The_conversation_index_header_is_the_published_one()
    {
        var guid = new Guid("07aa220a-f98b-ce40-916b-5193fbd53442");
        // The index keeps 1.7 seconds as its smallest step, so it shows the second before.
        var at = new DateTime(2024, 2, 9, 9, 52, 12, DateTimeKind.Utc);
        var index = ConversationIndexes.Root(at, guid, desktopForm: false);
        Assert.StartsWith("AQHaWz2n", Convert.ToBase64String(index), StringComparison.Ordinal);
        Assert.EndsWith("B6oiCvmLzkCRa1GT+9U0Qg==", Convert.ToBase64String(index), StringComparison.Ordinal);
        Assert.StartsWith("AdpbPa",
            Convert.ToBase64String(ConversationIndexes.Root(at, guid, desktopForm: true)), StringComparison.Ordinal);
        Assert.Equal("13edde6e8e4fd84820024dbabf1215c6", Convert.ToHexStringLower(
            ConversationIndexes.FromTopic("Order 1042 delayed").ToByteArray(bigEndian: true)));
    }

    [Theory]
    [InlineData("send-on-behalf-only", "OnBehalf")]
    [InlineData("both-rights", "SendAs")]
    [InlineData("send-as-with-audit", "SendAs")]
    public void Where_both_rights_are_held_Exchange_uses_Send_As(string scenario, string right)
    {
        var world = Of(scenario, 1);
        Assert.All(world.Shelf.Open(world.Company.Mailboxes[0]).Letters.Where(letter => letter.By is not null),
            letter => Assert.True(letter.Right == SendRight.OwnName || letter.Right.ToString() == right));
    }

    [Fact]
    public void Audit_comes_thirty_hours_late_where_the_scenario_says_so()
    {
        var world = Of("late-audit", 1, Quirks.None);
        Assert.All(new AuditTrail(world).Entries.Where(entry => entry.Subject == AuditSubject.Send),
            entry => Assert.InRange(entry.AvailableAt - entry.HappenedAt, 30 * 3_600, 31 * 3_600));
    }

    static string TruthOf(World world)
    {
        using var stream = new MemoryStream();
        new TruthWriter(world.Company, world.Shelf, world.Now).WriteTo(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

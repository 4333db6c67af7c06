using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Conversations;

/// <summary>Joined messages are those of the plainest way to join them, however many there are and in whatever order they come.</summary>
public sealed class ManyMessages
{
    static MessageKey Key(int n) => new((ulong)n % 3, (ulong)n * 0x9E37);

    static JoinKeys Some(Random random, int n, int count) => new()
    {
        FactId = n,
        Key = Key(n),
        At = random.Next(count / 2), // some in the same second
        InReplyTo = random.Next(3) == 0 ? new[] { Key(random.Next(1, count + 5)) } : [],
        References = random.Next(3) == 0 ? new[] { Key(random.Next(1, count + 5)), Key(random.Next(1, count + 5)) } : [],
        ConversationIndex = random.Next(3) == 0 ? Index(random) : [],
        ConversationGuid = random.Next(3) == 0 ? new(7, (ulong)random.Next(1, 4)) : MessageKey.None,
        Subject = (ulong)random.Next(1, 3),
    };

    static byte[] Index(Random random)
    {
        byte[] index = new byte[random.Next(8) == 0 ? 20 : 22 + 5 * random.Next(4)];
        for (var i = 21; i < index.Length; i++) index[i] = i % 5 == 2 ? (byte)random.Next(2) : (byte)0;
        return index;
    }

    [Fact]
    public void Parents_are_those_of_the_plainest_search()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var count = random.Next(2, 120);
            JoinKeys[] messages = [.. Enumerable.Range(1, count).Select(n => Some(random, n, count))];
            random.Shuffle(messages);

            var threads = ConversationBuilder.Build(messages, expected: seed % 3 * count);

            var parents = BreakCircles(messages, Parents(messages));
            for (var m = 0; m < threads.MessageCount; m++)
            {
                var fact = threads.FactOf(m);
                var (parent, rule) = parents[fact];
                Assert.Equal((fact, parent, rule),
                    (fact, threads.ParentOf(m) < 0 ? 0 : threads.FactOf(threads.ParentOf(m)), threads.RuleOf(m)));
            }
            Whole(threads, messages, parents);
        }
    }

    /// <summary>Every message is in one conversation, that of its parents, in order and at its place.</summary>
    static void Whole(Threads threads, JoinKeys[] messages, Dictionary<long, (long Parent, JoinRule Rule)> parents)
    {
        long RootOf(long fact) => parents[fact].Parent == 0 ? fact : RootOf(parents[fact].Parent);
        var expected = messages.GroupBy(m => RootOf(m.FactId))
            .Select(g => string.Join(' ', g.OrderBy(m => m.At).ThenBy(m => m.Key).Select(m => m.FactId))).Order();
        var found = new List<string>();
        for (var c = 0; c < threads.ConversationCount; c++)
        {
            var members = threads.MembersOf(c).ToArray();
            Assert.Equal(Enumerable.Range(0, members.Length), members.Select(threads.PlaceOf));
            Assert.All(members, m => Assert.Equal(threads.FactOf(threads.RootOf(c)), RootOf(threads.FactOf(m))));
            found.Add(string.Join(' ', members.Select(threads.FactOf)));
        }
        Assert.Equal(expected, found.Order());
    }

    static Dictionary<long, (long Parent, JoinRule Rule)> Parents(JoinKeys[] messages)
    {
        var parents = new Dictionary<long, (long, JoinRule)>();
        foreach (var message in messages)
        {
            long Here(MessageKey key) => messages.FirstOrDefault(m => m.Key == key && m.FactId != message.FactId).FactId;
            var before = messages.Where(m => (m.At, m.Key).CompareTo((message.At, message.Key)) < 0)
                .OrderBy(m => m.At).ThenBy(m => m.Key).ToList();
            var index = message.ConversationIndex.ToArray();
            var byIndex = Enumerable.Range(1, 9).Select(levels => index.Length - 5 * levels).Where(length => length >= 22)
                .Select(length => before.LastOrDefault(m => m.ConversationIndex.Span.SequenceEqual(index.AsSpan(0, length))).FactId)
                .FirstOrDefault(fact => fact != 0);
            parents[message.FactId] =
                message.InReplyTo.ToArray().Select(Here).FirstOrDefault(m => m != 0) is var replied and not 0
                    ? (replied, JoinRule.InReplyTo)
                : message.References.ToArray().Select(Here).LastOrDefault(m => m != 0) is var referred and not 0
                    ? (referred, JoinRule.References)
                : byIndex != 0 ? (byIndex, JoinRule.ConversationIndex)
                : !message.ConversationGuid.IsNone && before.LastOrDefault(m => m.ConversationGuid == message.ConversationGuid
                    && m.Subject == message.Subject).FactId is var byGuid and not 0 ? (byGuid, JoinRule.ConversationId)
                : (0, JoinRule.Root);
        }
        return parents;
    }

    static Dictionary<long, (long Parent, JoinRule Rule)> BreakCircles(
        JoinKeys[] messages, Dictionary<long, (long Parent, JoinRule Rule)> parents)
    {
        foreach (var message in messages.OrderBy(m => m.At).ThenBy(m => m.Key))
        {
            // The first in the order of the mailbox that comes back to itself is the earliest of its circle.
            var at = parents[message.FactId].Parent;
            for (var steps = 0; steps < messages.Length && at != 0 && at != message.FactId; steps++) at = parents[at].Parent;
            if (at == message.FactId) parents[message.FactId] = (0, JoinRule.CircleBroken);
        }
        return parents;
    }
}

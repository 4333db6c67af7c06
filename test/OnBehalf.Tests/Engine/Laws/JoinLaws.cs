using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Laws;

/// <summary>
/// A mailbox whose keys do not fit is joined part by part: whatever the parts, what is found is what one sweep finds. Each
/// case runs many seeds; a failure names its seed.
/// </summary>
public sealed class JoinLaws
{
    const int AllSeeds = 500;
    const int Seeds = AllSeeds / Share.Divisor;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(17)]
    public void Parts_of_the_keys_find_what_all_of_them_find(int keysAtATime)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var sightings = Sightings(new(seed));
            var expected = Everything(ConversationBuilder.Build(sightings, sightings.Count));
            var found = Everything(ConversationBuilder.Build(new Passing(sightings), sightings.Count, keysAtATime));
            Assert.True(expected == found, $"Seed {seed}:\n{expected}\nand in parts of {keysAtATime}:\n{found}");
        }
    }

    /// <summary>What few say of conversations is kept and not read again; where more do, everything is read again.</summary>
    [Fact]
    public void What_few_say_of_conversations_is_found_as_what_many_say()
    {
        var joined = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            List<JoinKeys> sightings = [.. Sightings(random), .. Sightings(random), .. Sightings(random)];
            var said = Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(sightings.Count)).ToHashSet();
            for (var i = 0; i < sightings.Count; i++)
                sightings[i] = said.Contains(i)
                    ? sightings[i] with { FactId = i, InReplyTo = default, References = default, ConversationGuid = Key(1), Subject = 1 }
                    : sightings[i] with { FactId = i, ConversationIndex = default, ConversationGuid = MessageKey.None };
            var expected = ConversationBuilder.Build(new Passing(sightings), sightings.Count); // One part, and all are kept.
            foreach (var keysAtATime in (int[])[31, 64, 96]) // Of none, two and three.
            {
                var found = Everything(ConversationBuilder.Build(new Passing(sightings), sightings.Count, keysAtATime));
                Assert.True(Everything(expected) == found, $"Seed {seed}, {keysAtATime}:\n{Everything(expected)}\nand:\n{found}");
            }
            for (var message = 0; message < expected.MessageCount; message++)
                if (expected.RuleOf(message) is JoinRule.ConversationIndex or JoinRule.ConversationId) joined++;
        }
        Assert.True(joined > Seeds / 10, $"{joined} joined by what few say");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public void What_lies_beside_memory_is_found_as_what_lies_in_it(int pagesAtHand, int pageBits)
    {
        var (put, taken) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var sightings = Sightings(new(seed));
            var beside = new Dictionary<long, int[]>();
            var spill = new Spill(
                (page, numbers) =>
                {
                    beside[page] = numbers.ToArray();
                    put++;
                },
                (page, numbers) =>
                {
                    beside[page].CopyTo(numbers);
                    taken++;
                },
                pagesAtHand, pageBits);
            var keysAtATime = seed % 2 == 0 ? 7 : ConversationBuilder.UsualKeys;
            var expected = Everything(ConversationBuilder.Build(sightings, sightings.Count));
            var found = Everything(ConversationBuilder.Build(new Passing(sightings), seed % 3 * sightings.Count / 2, keysAtATime, spill));
            Assert.True(expected == found, $"Seed {seed}:\n{expected}\nand beside memory:\n{found}");
        }
        Assert.True(put > taken && taken > Seeds, $"{put} pages put, {taken} taken");
    }

    [Fact]
    public void The_mail_of_this_law_is_joined_by_every_rule_and_repeats_itself()
    {
        var rules = new HashSet<JoinRule>();
        var (others, ties) = (0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var sightings = Sightings(new(seed));
            var threads = ConversationBuilder.Build(sightings, sightings.Count);
            for (var message = 0; message < threads.MessageCount; message++)
            {
                rules.Add(threads.RuleOf(message));
                others += threads.OtherSightingsOf(message).Count;
            }
            ties += sightings.Count - sightings.DistinctBy(sighting => sighting.At).Count();
        }
        Assert.Equal(Enum.GetValues<JoinRule>().Order(), rules.Order());
        Assert.True(others > Seeds && ties > Seeds, $"{others} other sightings, {ties} of a second that was before");
    }

    /// <summary>Sightings as a store streams them: the lists of one are overwritten when the next is read.</summary>
    sealed class Passing(List<JoinKeys> sightings) : IEnumerable<JoinKeys>
    {
        public IEnumerator<JoinKeys> GetEnumerator()
        {
            foreach (var sighting in sightings)
            {
                var (answered, named, index) =
                    (sighting.InReplyTo.ToArray(), sighting.References.ToArray(), sighting.ConversationIndex.ToArray());
                yield return sighting with { InReplyTo = answered, References = named, ConversationIndex = index };
                Array.Clear(answered);
                Array.Clear(named);
                Array.Clear(index);
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    // Few keys, seconds, indexes and subjects, so that all of them meet.
    static List<JoinKeys> Sightings(Random random)
    {
        var keys = random.Next(2, 40);
        var sightings = new List<JoinKeys>();
        for (var fact = 1; fact <= keys * 2; fact++)
            sightings.Add(new()
            {
                FactId = fact * 3,
                Key = Key(random.Next(keys)),
                At = random.Next(8) == 0 ? JoinKeys.Undated : random.Next(20),
                Digest = (ulong)random.Next(4),
                InReplyTo = Keys(random, keys, most: 3),
                References = Keys(random, keys, most: 5),
                ConversationIndex = random.Next(3) == 0 ? Index(random) : default,
                ConversationGuid = random.Next(3) == 0 ? Key(1 + random.Next(3)) : MessageKey.None,
                Subject = (ulong)random.Next(3),
            });
        return sightings;
    }

    // Some are not here: most mail answers what another mailbox has.
    static MessageKey[] Keys(Random random, int keys, int most) => random.Next(2) == 0 ? []
        : [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => Key(random.Next(keys * 3)))];

    static MessageKey Key(int n) => new(Fingerprint.Of([(byte)n]), (ulong)n);

    static byte[] Index(Random random) =>
        [1, .. new byte[20], (byte)random.Next(2), .. Enumerable.Range(0, random.Next(4) * 5).Select(_ => (byte)random.Next(2))];

    static string Everything(Threads threads)
    {
        var lines = new List<string> { $"{threads.MessageCount} messages" };
        for (var conversation = 0; conversation < threads.ConversationCount; conversation++)
        {
            lines.Add($"conversation of {threads.FactOf(threads.RootOf(conversation))}, {threads.CountOf(conversation)} messages");
            foreach (var m in threads.MembersOf(conversation))
                lines.Add($"  {threads.PlaceOf(m)}: {threads.FactOf(m)} < {threads.ParentOf(m)} by {threads.RuleOf(m)}"
                    + $", also {string.Join(' ', threads.OtherSightingsOf(m))}");
        }
        return string.Join('\n', lines);
    }
}

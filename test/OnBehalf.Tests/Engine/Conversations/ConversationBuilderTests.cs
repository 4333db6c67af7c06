using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Conversations;

/// <summary>
/// In-Reply-To before References; the last reference that resolves; conversationIndex by its last five bytes, else its
/// longest prefix, and only to an earlier message; conversationId only with the same subject; subject alone never;
/// circles, self-references, missing parents, a chain of a million.
/// </summary>
public sealed class ConversationBuilderTests
{
    static MessageKey Key(int n) => new(1, (ulong)n);

    static JoinKeys Message(
        int n, int[]? inReplyTo = null, int[]? references = null, byte[]? index = null, int guid = 0, ulong subject = 1,
        long? at = null) => new()
        {
            FactId = n,
            Key = Key(n),
            At = at ?? n,
            InReplyTo = (inReplyTo ?? []).Select(Key).ToArray(),
            References = (references ?? []).Select(Key).ToArray(),
            ConversationIndex = index ?? [],
            ConversationGuid = guid == 0 ? MessageKey.None : Key(guid),
            Subject = subject,
        };

    /// <summary>Each message with its parent and rule, as fact numbers.</summary>
    static string Tree(params JoinKeys[] messages)
    {
        var threads = ConversationBuilder.Build(messages);
        return string.Join(" ", Enumerable.Range(0, threads.MessageCount)
            .OrderBy(threads.FactOf)
            .Select(m => threads.ParentOf(m) < 0
                ? $"{threads.FactOf(m)}:{threads.RuleOf(m)}"
                : $"{threads.FactOf(m)}<{threads.FactOf(threads.ParentOf(m))}:{threads.RuleOf(m)}"));
    }

    static byte[] Index(params byte[] levels) => [1, .. new byte[21], .. levels.SelectMany(l => new byte[] { l, 0, 0, 0, 0 })];

    [Fact]
    public void In_reply_to_goes_before_references() => Assert.Equal(
        "1:Root 2:Root 3<1:InReplyTo", Tree(Message(1), Message(2), Message(3, [1], [2])));

    [Fact]
    public void The_first_in_reply_to_that_is_here_wins() => Assert.Equal(
        "1:Root 2:Root 3<1:InReplyTo", Tree(Message(1), Message(2), Message(3, [9, 1, 2])));

    [Fact]
    public void The_last_reference_that_is_here_wins() => Assert.Equal(
        "1:Root 2:Root 3<2:References", Tree(Message(1), Message(2), Message(3, [8], [1, 2, 9])));

    [Fact]
    public void A_message_is_not_its_own_parent() => Assert.Equal(
        "1:Root 2<1:References", Tree(Message(1, [1]), Message(2, [2], [1, 2])));

    [Fact]
    public void A_missing_parent_makes_a_root() => Assert.Equal("1:Root", Tree(Message(1, [7], [8])));

    [Fact]
    public void The_index_without_its_last_block_names_the_parent() => Assert.Equal(
        "1:Root 2<1:ConversationIndex 3<2:ConversationIndex",
        Tree(Message(1, index: Index()), Message(2, index: Index(5)), Message(3, index: Index(5, 6))));

    [Fact]
    public void Else_the_longest_prefix_does() => Assert.Equal(
        "1:Root 2<1:ConversationIndex 3<2:ConversationIndex",
        Tree(Message(1, index: Index()), Message(2, index: Index(5)), Message(3, index: Index(5, 6, 7))));

    [Fact]
    public void A_later_message_is_no_parent_by_index() => Assert.Equal(
        "1:Root 2:Root", Tree(Message(1, index: Index(), at: 9), Message(2, index: Index(5), at: 8)));

    [Fact]
    public void Of_several_with_the_index_the_latest_before_is_the_parent() => Assert.Equal(
        "1:Root 2:Root 3<2:ConversationIndex 4:Root",
        Tree(Message(1, index: Index()), Message(2, index: Index()), Message(3, index: Index(1)), Message(4, index: Index())));

    [Fact]
    public void The_same_conversation_id_joins_with_the_same_subject() => Assert.Equal(
        "1:Root 2<1:ConversationId 3<2:ConversationId 4:Root",
        Tree(Message(1, guid: 50), Message(2, guid: 50), Message(3, guid: 50), Message(4, guid: 50, subject: 2)));

    [Fact]
    public void Subject_alone_never_joins() => Assert.Equal("1:Root 2:Root", Tree(Message(1), Message(2)));

    [Fact]
    public void The_earliest_of_a_circle_begins() => Assert.Equal(
        "1<3:InReplyTo 2:CircleBroken 3<2:InReplyTo 4<1:InReplyTo",
        Tree(Message(1, [3], at: 5), Message(2, [1], at: 3), Message(3, [2], at: 4), Message(4, [1])));

    [Fact]
    public void A_sighting_is_no_second_message()
    {
        var threads = ConversationBuilder.Build(
            [Message(1, at: 20), Message(2, [1]), Message(1, at: 10) with { FactId = 3 }]);
        Assert.Equal(2, threads.MessageCount);
        Assert.Equal(3, threads.FactOf(threads.RootOf(0)));
        Assert.Equal([1L], threads.OtherSightingsOf(threads.RootOf(0)));
    }

    [Fact]
    public void The_earliest_sighting_stands_for_a_message_then_the_smallest_digest_then_the_first()
    {
        JoinKeys Seen(int fact, long at, ulong digest) => Message(1, at: at) with { FactId = fact, Digest = digest };
        long Chosen(params JoinKeys[] sightings) => ConversationBuilder.Build(sightings).FactOf(0);
        Assert.Equal(2, Chosen(Seen(1, 20, 1), Seen(2, 10, 9), Seen(3, 20, 0)));
        // The third is held against the second, which stands by then.
        Assert.Equal(2, Chosen(Seen(1, 10, 3), Seen(2, 10, 1), Seen(3, 10, 2)));
        Assert.Equal(3, Chosen(Seen(1, 10, 3), Seen(2, 10, 2), Seen(3, 10, 1)));
        Assert.Equal(1, Chosen(Seen(1, 10, 3), Seen(2, 10, 3), Seen(3, 10, 3)));
    }

    [Fact]
    public void Every_message_knows_its_own_other_sightings()
    {
        // Three of the first, none of the second, two of the third, four of the fourth, as they come.
        int[] seen = [1, 2, 3, 1, 4, 4, 3, 1, 4, 4];
        var threads = ConversationBuilder.Build(seen.Select((n, i) => Message(n, at: 10 + i) with { FactId = 100 + i }));
        Assert.Equal(["103 107", "", "106", "105 108 109"],
            Enumerable.Range(0, 4).Select(message => string.Join(' ', threads.OtherSightingsOf(message))));
        Assert.Equal([100L, 101, 102, 104], Enumerable.Range(0, 4).Select(threads.FactOf));
    }

    [Fact]
    public void Members_come_by_time_then_key()
    {
        var threads = ConversationBuilder.Build([Message(3, [1], at: 7), Message(2, [1], at: 7), Message(1, at: 8)]);
        Assert.Equal([2L, 3L, 1L], threads.MembersOf(0).ToArray().Select(threads.FactOf));
    }

    [Fact]
    public void A_chain_of_a_million_is_one_conversation()
    {
        const int Length = 1_000_000 / Share.Divisor;
        var threads = ConversationBuilder.Build(Enumerable.Range(1, Length).Select(n => Message(n, n > 1 ? [n - 1] : [])));
        Assert.Equal(1, threads.ConversationCount);
        Assert.Equal(Length, threads.MembersOf(0).Length);
    }

    [Fact]
    public void A_circle_of_a_million_is_one_conversation()
    {
        const int Length = 1_000_000 / Share.Divisor;
        var threads = ConversationBuilder.Build(Enumerable.Range(1, Length).Select(n => Message(n, [n % Length + 1])));
        Assert.Equal(1, threads.ConversationCount);
        Assert.Equal(JoinRule.CircleBroken, threads.RuleOf(threads.RootOf(0)));
    }

    [Theory]
    [InlineData("Re: AW: Fwd: Order", "order")]
    [InlineData("RE[2]: Order  no.\t5", "order no. 5")]
    [InlineData("[acme] Re: [acme] Order", "order")]
    [InlineData("SV: VS: Réf: Order", "order")]
    [InlineData("Regarding: Order", "regarding: order")]
    [InlineData("[only a tag]", "[only a tag]")]
    [InlineData("  ", "")]
    [InlineData("Re:", "")]
    public void Subjects_lose_what_replying_adds(string subject, string expected) =>
        Assert.Equal(expected, Subjects.Normalise(subject));

    [Theory]
    [InlineData("RE FW FWD AW WG TR RÉF SV VS VB ANTW DOORST R I RIF RV ENC RES VL ODP PD VÁ TOVÁBBÍTÁS 回复 转发 答复")]
    [InlineData("re fw fwd aw wg tr réf sv vs vb antw doorst r i rif rv enc res vl odp pd vá továbbítás 回复 转发 答复")]
    public void Every_language_of_Outlook_answers_and_forwards(string prefixes) => Assert.All(prefixes.Split(' '), prefix =>
    {
        Assert.Equal("order", Subjects.Normalise($"{prefix}: Order"));
        Assert.Equal("order", Subjects.Normalise($"{prefix}[2]: Re: Order"));
        Assert.Equal("order", Subjects.Normalise($"{prefix} (3) :Order"));
        Assert.Equal(Subjects.KeyOf("Order"), Subjects.KeyOf($"{prefix}: ORDER"));
    });

    [Theory]
    [InlineData("[] Order", "order")]
    [InlineData("[acme]", "[acme]")]
    [InlineData("[acme Order", "[acme order")]
    [InlineData("][ Order", "][ order")]
    [InlineData(": Order", ": order")]
    [InlineData("[]: Order", ": order")]
    [InlineData("(2): Order", "(2): order")]
    [InlineData("Re(2: Order", "re(2: order")]
    [InlineData("Re                 : Order", "order")]
    [InlineData("Re                  : Order", "re : order")] // a colon so far away belongs to no prefix
    [InlineData("a\t \u00a0b \n", "a b")]
    public void What_only_looks_like_a_prefix_stays(string subject, string expected) =>
        Assert.Equal(expected, Subjects.Normalise(subject));

    [Fact]
    public void An_empty_subject_is_no_subject()
    {
        Assert.Equal(0UL, Subjects.KeyOf(" Re: "));
        Assert.NotEqual(0UL, Subjects.KeyOf("Order"));
        Assert.NotEqual(Subjects.KeyOf("Orders"), Subjects.KeyOf("Order"));
    }

    [Theory]
    [InlineData(ConversationBuilder.UsualKeys, false)]
    [InlineData(32, true)] // Read again, since more say a conversationId than are kept.
    [InlineData(1, true)] // Read again for each part, and for the keys of messages of one second.
    public void What_comes_between_the_readings_is_left_out(int keysAtATime, bool isReadAgain)
    {
        JoinKeys[] messages = [Message(1, guid: 9), Message(2, [1], guid: 9, at: 3), Message(3, [1], guid: 9, at: 3)];
        var growing = new Growing([.. messages], n => Message(n, [1], guid: 9, at: 3));
        var threads = ConversationBuilder.Build(growing, messages.Length, keysAtATime);
        Assert.Equal(isReadAgain, growing.Length > messages.Length);
        Assert.Equal((3, 1), (threads.MessageCount, threads.ConversationCount));
        Assert.Equal([1L, 2, 3], threads.MembersOf(0).ToArray().Select(threads.FactOf));
    }

    [Fact]
    public void What_is_not_there_is_not_told() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConversationBuilder.Build([Message(1)]).FactOf(1_000));

    [Theory]
    [InlineData(0L, -9L)] // Before 1970.
    [InlineData(uint.MaxValue, 0L)]
    [InlineData(1L << 40, uint.MaxValue)]
    [InlineData(long.MaxValue - 4, long.MaxValue - 4)]
    public void Facts_and_times_may_have_any_number(long fact, long at)
    {
        // More than there is room for at first, so that it grows; the last is the first of its second.
        var threads = ConversationBuilder.Build(
        [
            .. Enumerable.Range(1, 30).Select(n => Message(n, at: n)),
            .. new[] { 31, 32, 33 }.Select(n => Message(n, [n > 31 ? 31 : 99], at: at + (34 - n)) with { FactId = fact + (n - 30) }),
        ]);
        Assert.Equal(fact + 1, threads.FactOf(threads.RootOf(30)));
        Assert.Equal([fact + 3, fact + 2, fact + 1], threads.MembersOf(30).ToArray().Select(threads.FactOf));
        Assert.Equal([5L], threads.MembersOf(4).ToArray().Select(threads.FactOf));

        var odd = ConversationBuilder.Build([Message(1, at: at) with { FactId = fact }, Message(2, [1], at: long.MaxValue)]);
        Assert.Equal([fact, 2], odd.MembersOf(0).ToArray().Select(odd.FactOf));
    }

    /// <summary>A stream that is one message longer each time that it is read: somebody else goes on writing.</summary>
    sealed class Growing(List<JoinKeys> messages, Func<int, JoinKeys> more) : IEnumerable<JoinKeys>
    {
        bool _read;

        public int Length => messages.Count;

        public IEnumerator<JoinKeys> GetEnumerator()
        {
            if (_read) messages.Add(more(messages.Count + 1));
            _read = true;
            return messages.ToList().GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

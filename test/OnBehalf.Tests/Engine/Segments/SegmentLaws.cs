using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>What a segment says of itself, or finds among its findings, is what looking at each of them finds.</summary>
public class SegmentLaws
{
    [Fact]
    public void Parts_hold_the_findings_of_their_month_by_time_and_fact()
    {
        foreach (var (segment, findings, _) in Segments())
        {
            Assert.Equal(findings, segment.Read());
            Assert.Equal(findings, findings.OrderBy(f => f.At).ThenBy(f => f.FactId));
            Assert.Equal((findings[0].At, findings[^1].At, findings.Count), (segment.MinAt, segment.MaxAt, segment.Rows));
            foreach (var group in Enum.GetValues<Group>())
                Assert.Equal(findings.Count(f => IsIn(f, group)), segment.RowsOf(group));
        }
    }

    [Fact]
    public void Waits_and_cycles_tell_how_long_there_is_something_to_look_for()
    {
        foreach (var (segment, findings, _) in Segments())
        {
            Assert.Equal(
                findings.Where(f => f.Wait is not null).Select(f => f.Wait!.EndedAt ?? long.MaxValue).DefaultIfEmpty(long.MinValue).Max(),
                segment.LastEndedAt);
            Assert.Equal(
                findings.Select(f => f.Cycle?.ClosedAt ?? long.MinValue).Max(), segment.LastClosedAt);
        }
    }

    [Fact]
    public void Facts_and_conversations_are_found_where_they_are()
    {
        foreach (var (segment, findings, random) in Segments())
        {
            var facts = findings.Where(_ => random.Next(3) == 0).Select(f => f.FactId).Append(-1).ToHashSet();
            var conversations = new HashSet<long> { 1, random.Next(4) };
            Assert.Equal(findings.Where(f => facts.Contains(f.FactId)), segment.Find(facts));
            Assert.Equal(findings.Where(f => conversations.Contains(f.Conversation)), segment.FindConversations(conversations));
            Assert.Empty(segment.Find(new HashSet<long>()));
        }
    }

    [Fact]
    public void Long_waits_are_those_that_went_on_after_the_last_message()
    {
        foreach (var (segment, findings, _) in Segments())
            Assert.Equal(
                findings.Index().Where(f => f.Item.Wait is { } wait && (wait.EndedAt ?? long.MaxValue) > findings[^1].At)
                    .Select(f => new LongWait(
                        f.Index, f.Item.At, f.Item.Wait!.EndedAt ?? long.MaxValue, f.Item.Wait.End, f.Item.Wait.Due, f.Item.Wait.AtRisk)),
                segment.LongWaits);
    }

    [Fact]
    public void Authors_are_those_of_dated_outbound_human_messages()
    {
        foreach (var (segment, findings, _) in Segments())
        {
            var outbound = findings.Index().Where(f => f.Item.Direction == Direction.Outbound && f.Item.Kind == Kind.Human
                && !f.Item.Marks.HasFlag(Marks.Undated));
            Assert.Equal(
                outbound.Select(f => (f.Index, f.Item.Marks.HasFlag(Marks.Ambiguous) ? AuthorState.Ambiguous
                    : f.Item.Evidence != Evidence.None ? AuthorState.Known
                    : f.Item.Reason == UnattributedReason.AuditRecordMissing ? AuthorState.Pending : AuthorState.Unattributed)),
                segment.Authors.Select(author => (AuthorRows.RowOf(author), (AuthorState)AuthorRows.StateOf(author))));
            for (var agent = -1; agent < 9; agent++)
            {
                Assert.Equal(findings.Any(f => f.Agent.Value == agent), segment.HasAny([agent]));
                Assert.Equal(findings.Any(f => f.Agent.Value == agent || f.Agent.Value == 3), segment.HasAny([agent, 3]));
            }
        }
    }

    [Fact]
    public void Rows_of_a_segment_after_another_are_its_own()
    {
        using var columns = new DecodedColumns();
        foreach (var (segment, findings, _) in Segments().Concat(Segments().Reverse()))
        {
            columns.Open(segment);
            foreach (var group in Enum.GetValues<Group>())
                Assert.Equal(findings.Index().Where(f => IsIn(f.Item, group)).Select(f => f.Index), columns.RowsOf(group).ToArray());
        }
    }

    [Fact]
    public void Equal_bytes_are_the_same_segment()
    {
        var packed = SegmentWriter.Pack(default, new CloseFindings(0).ByMailbox.Values.First()).Last();
        var segment = Segment.Open(packed);

        Assert.True(segment.IsSame(packed with { Bytes = [.. packed.Bytes] }));
        Assert.False(segment.IsSame(packed with { Bytes = [.. packed.Bytes[..^1], 1] }));
        Assert.False(segment.IsSame(packed with { Bytes = packed.Bytes[..^1] }));
        Assert.Equal((packed.Mailbox, packed.Month, packed.Part), (segment.Mailbox, segment.Month, segment.Part));
    }

    [Fact]
    public void Texts_are_numbered_in_their_order_from_one()
    {
        var finding = new CloseFindings(0).ByMailbox.Values.First()[0];
        var segment = Segment.Open(Assert.Single(SegmentWriter.Pack(
            default, [.. new[] { "", "b", "a", "B", "a" }.Select((text, i) => finding with { FactId = i, Category = text })])));

        Assert.Equal(["", "B", "a", "b"], Enumerable.Range(0, 4).Select(number => segment.TextOf(number)));
        Assert.Throws<OnBehalf.Engine.Mistake>(() => segment.TextOf(4));
    }

    [Fact]
    public void Months_begin_at_midnight_in_Greenwich()
    {
        for (var month = 0; month < 131 * 12; month++)
        {
            var start = new LocalDate(1970, 1, 1).PlusMonths(month).AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();
            Assert.Equal(month, SegmentWriter.MonthOf(start));
            if (month > 0) Assert.Equal(month - 1, SegmentWriter.MonthOf(start - 1));
        }
        Assert.Equal(131 * 12, SegmentWriter.MonthOf(OpenTime.End));
        Assert.Throws<ArgumentOutOfRangeException>(() => SegmentWriter.MonthOf(OpenTime.First - 1));
        Assert.Contains(
            "Outside 1970 to 2100.", Assert.Throws<ArgumentOutOfRangeException>(() => SegmentWriter.MonthOf(OpenTime.End + 1)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(SegmentHead.RowLimit, true)]
    [InlineData(SegmentHead.RowLimit + 1, false)]
    public void As_many_are_held_as_a_segment_may_have(int held, bool isPossible)
    {
        var pack = () => SegmentWriter.Pack(default, [], held).ToList();
        if (isPossible) Assert.Empty(pack());
        else Assert.Throws<ArgumentOutOfRangeException>(pack);
    }

    [Fact]
    public void Findings_that_contradict_themselves_are_refused()
    {
        var whole = new CloseFindings(0).ByMailbox.Values.SelectMany(f => f)
            .First(f => f.Wait is not null && f.Cycle is not null) with { FactId = 7, Marks = Marks.OpenedWait | Marks.BeganCycle };
        string Refused(Finding finding) =>
            Assert.Throws<ArgumentException>(() => SegmentWriter.Pack(default, [finding]).ToList()).Message;

        Assert.Equal("Fact 7 is marked OpenedWait and holds OpenedWait, BeganCycle.", Refused(whole with { Marks = Marks.OpenedWait }));
        Assert.Equal("Fact 7 is marked OpenedWait, BeganCycle and holds BeganCycle.", Refused(whole with { Wait = null }));
        Assert.Equal(
            "Fact 7 is marked OpenedWait, AnsweredWait, BeganCycle and holds OpenedWait, BeganCycle.",
            Refused(whole with { Marks = whole.Marks | Marks.AnsweredWait }));
        foreach (var mark in new[] { 1 << 24, int.MinValue })
            Assert.EndsWith(
                "holds OpenedWait, BeganCycle.", Refused(whole with { Marks = whole.Marks | (Marks)mark }), StringComparison.Ordinal);
        Assert.Equal(
            "Fact 7 has no resolution that could be known.", Refused(whole with { Resolution = null, ResolutionKnownAt = 1 }));
        var most = whole with { Marks = whole.Marks | (Marks)(1 << 23) };
        Assert.Equal([most], SegmentWriter.Pack(default, [most]).SelectMany(p => Segment.Open(p).Read()));
    }

    static bool IsIn(Finding finding, Group group) => group switch
    {
        Group.Replied => finding.RepliedAt is not null,
        Group.Response => finding.Response is not null,
        Group.Wait => finding.Wait is not null,
        Group.Cycle => finding.Cycle is not null,
        Group.Parent => finding.SinceParent is not null,
        Group.Resolution => finding.Resolution is not null,
        _ => true,
    };

    static IEnumerable<(Segment Segment, List<Finding> Findings, Random Random)> Segments()
    {
        for (var seed = 0; seed < 30; seed++)
            foreach (var (mailbox, findings) in new CloseFindings(seed).ByMailbox)
            {
                var random = new Random(seed);
                var held = 1 + random.Next(20);
                var left = findings.Chunk(held).SelectMany(chunk => chunk.GroupBy(f => SegmentWriter.MonthOf(f.At)).OrderBy(g => g.Key));
                foreach (var (packed, of) in SegmentWriter.Pack(mailbox, findings, held).Zip(left))
                    yield return (Segment.Open(packed), [.. of.OrderBy(f => f.At).ThenBy(f => f.FactId)], random);
            }
    }
}

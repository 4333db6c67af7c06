using System.Buffers.Binary;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Whole segments whose checksum is right and whose columns do not hold together: each is refused for its reason.</summary>
public class DamagedSegments
{
    static readonly MadeSegment Whole = new();

    [Fact]
    public void What_holds_together_is_read()
    {
        Assert.Equal([10, 20], Segment.Open(Whole.Pack()).Read().Select(finding => finding.At));
        Assert.Equal(1, Segment.Open(One(OpenTime.First, OpenTime.First).Pack()).Rows);
        Assert.Equal(1, Segment.Open(One(OpenTime.End, OpenTime.End).Pack()).Rows);
    }

    [Fact]
    public void The_head_is_pinned()
    {
        var bytes = (Whole with { LastEndedAt = 30 }).Pack().Bytes;

        Assert.Equal("OBS"u8.ToArray(), bytes[..3]);
        Assert.Equal(2, bytes[3]);
        Assert.Equal([10, 20, 30, long.MinValue], Enumerable.Range(0, 4).Select(i => BitConverter.ToInt64(bytes, 8 + 8 * i)));
        Assert.Equal([2, 0, 0, 0, 0, 0, 0], Enumerable.Range(0, 7).Select(i => BitConverter.ToInt32(bytes, 40 + 4 * i)));
        Assert.Equal(Crc32C(bytes[8..]), BitConverter.ToUInt32(bytes, 4));
    }

    [Fact]
    public void Every_length_has_a_checksum_of_all_its_bytes()
    {
        for (var length = 68; length < 68 + 20; length++)
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 37 % 256)).ToArray();
            new SegmentHead(1, 2, 3, 4, [5, 6, 7, 8, 9, 10, 11]).Write(bytes);
            Assert.Equal(Crc32C(bytes[8..]), BitConverter.ToUInt32(bytes, 4));
        }
    }

    [Fact]
    public void What_is_no_segment_says_so()
    {
        var packed = Whole.Pack();
        var bytes = packed.Bytes;
        Is("it is no segment", packed with { Bytes = [] });
        Is("it is no segment", packed with { Bytes = bytes[..75] });
        Is("its checksum is another", packed with { Bytes = bytes[..76] });
        Is("it is no segment", packed with { Bytes = [(byte)'X', .. bytes[1..]] });
        Is("it has version 3, and 2 is read; onbehalf rebuild makes it anew", packed with { Bytes = [.. bytes[..3], 3, .. bytes[4..]] });
        Is("its checksum is another", packed with { Bytes = [.. bytes[..4], (byte)(bytes[4] ^ 1), .. bytes[5..]] });
        Is("its checksum is another", packed with { Bytes = [.. bytes[..^1], 1] });
    }

    [Fact]
    public void Rows_that_cannot_be_are_refused()
    {
        foreach (int[] rows in (int[][])[
            [0, 0, 0, 0, 0, 0, 0], [-1, 0, 0, 0, 0, 0, 0], [SegmentHead.RowLimit + 1, 0, 0, 0, 0, 0, 0],
            [2, 3, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 3], [2, 0, 0, -1, 0, 0, 0]])
            Is("its rows cannot be", Headed(head => head with { GroupRows = rows }) with { Rows = rows[0] });
        // As many as there may be are looked for.
        var most = Headed(head => head with { GroupRows = [SegmentHead.RowLimit, .. head.GroupRows[1..]] });
        Assert.NotNull(Record.Exception(() => SegmentHead.Read(most)));
        Assert.Equal(SegmentHead.RowLimit, SegmentHead.Read(most with { Rows = SegmentHead.RowLimit }).GroupRows[0]);
        Assert.Equal(1 << 20, SegmentHead.RowLimit);
    }

    [Fact]
    public void Times_that_cannot_be_are_refused()
    {
        Is("its times cannot be", One(OpenTime.First - 1, OpenTime.First).Pack());
        Is("its times cannot be", One(OpenTime.End, OpenTime.End + 1).Pack());
        Is("its times cannot be", One(11, 10).Pack());
        var packed = Whole.Pack();
        Is("it is another than it was stored as", packed with { Rows = 3 });
        Is("it is another than it was stored as", packed with { MinAt = 9 });
        Is("it is another than it was stored as", packed with { MaxAt = 21 });
        Is("it is longer than its columns", (Whole with { Behind = [0] }).Pack());
    }

    [Fact]
    public void Times_of_rows_are_in_order_and_within_the_bounds()
    {
        Is("its rows are in no order", Timed(10, 30, 29));
        Is("its rows are in no order", Timed(11, 10, 30));
        Is("its times are others", Timed(11, 12, 30));
        Is("its times are others", Timed(10, 12, 29));
        Assert.Equal(3, Segment.Open(Timed(10, 10, 30)).Read().Count);
        static PackedSegment Timed(params long[] times) => (Whole with
        {
            GroupRows = [3, 0, 0, 0, 0, 0, 0], MaxAt = 30, Columns = new() { [Column.At] = times },
        }).Pack();
    }

    [Theory]
    [InlineData(Column.Marks, (1L << 27) - 1)]
    [InlineData(Column.Direction, (long)Direction.Outbound)]
    [InlineData(Column.Kind, (long)Kind.System)]
    [InlineData(Column.Evidence, (long)Evidence.Rule)]
    [InlineData(Column.Reason, (long)UnattributedReason.SenderUnknown)]
    [InlineData(Column.Agent, int.MaxValue)]
    [InlineData(Column.Requester, int.MaxValue)]
    [InlineData(Column.Importance, (long)Importance.High)]
    [InlineData(Column.Category, int.MaxValue)]
    [InlineData(Column.WaitEnd, (long)WaitEnd.Closed)]
    public void Numbers_without_a_meaning_are_refused_wherever_they_are(object column, long most)
    {
        foreach (var rows in new[] { 1, 5, 9 }) // some of them at once, one alone
            for (var place = 0; place < rows; place++)
            {
                foreach (var wrong in new[] { -1, most + 1 })
                    Is("a value has no meaning", () => Decoded((Column)column, rows, place, wrong));
                Assert.Equal(most, Decoded((Column)column, rows, place, most));
            }
    }

    static long Decoded(Column column, int rows, int place, long value)
    {
        var values = new long[rows];
        values[place] = value;
        using var columns = new DecodedColumns();
        var group = Layout.Specs[(int)column].Group;
        int[] groupRows = [.. Enumerable.Range(0, Layout.Groups).Select(g => g == 0 || g == (int)group ? rows : 0)];
        columns.Open(Segment.Open((Whole with { GroupRows = groupRows, MaxAt = 10, Columns = new() { [column] = values } }).Pack()));
        return columns[column][place];
    }

    [Fact]
    public void As_many_rows_are_marked_as_there_are_of_a_group()
    {
        foreach (var group in Enum.GetValues<Group>().Skip(1))
        {
            var mark = (long)Layout.MarkOf(group);
            Assert.Equal([0, 2], Rows(group, 2, mark, 0, mark));
            Assert.Equal([1], Rows(group, 1, 0, mark, 0));
            Assert.Equal([], Rows(group, 0, 0, 0, 0));
            Is("fewer rows are marked than there are", () => Rows(group, 2, mark, 0, 0));
            Is("more rows are marked than there are", () => Rows(group, 2, mark, mark, mark));
            Is("more rows are marked than there are", () => Rows(group, 0, 0, 0, mark));
        }
    }

    static int[] Rows(Group group, int rows, params long[] marks)
    {
        using var columns = new DecodedColumns();
        columns.Open(Segment.Open((Whole with
        {
            GroupRows = [.. Enumerable.Range(0, Layout.Groups).Select(g => g == 0 ? marks.Length : g == (int)group ? rows : 0)],
            Columns = new() { [Column.Marks] = marks },
        }).Pack()));
        var found = columns.RowsOf(group).ToArray();
        Assert.Equal(Enumerable.Range(0, found.Length), found.Select(row => columns.PlaceIn(group, row)));
        return found;
    }

    [Fact]
    public void What_differs_from_a_base_has_one() => Is("a column has no base", (Whole with { Relative = Column.At }).Pack());

    static MadeSegment One(long minAt, long maxAt) => Whole with
    {
        GroupRows = [1, 0, 0, 0, 0, 0, 0], MinAt = minAt, MaxAt = maxAt, Columns = new() { [Column.At] = [minAt] },
    };

    /// <summary>A segment under another head.</summary>
    static PackedSegment Headed(Func<SegmentHead, SegmentHead> change)
    {
        var packed = Whole.Pack();
        change(new(10, 20, long.MinValue, long.MinValue, Whole.GroupRows)).Write(packed.Bytes);
        return packed;
    }

    static void Is(string why, PackedSegment packed) => Is(why, () => Segment.Open(packed).Read());

    static void Is(string why, Action read)
    {
        var mistake = Assert.Throws<Mistake>(read);
        Assert.Equal(("damaged", $"A segment cannot be read: {why}."), (mistake.Code, mistake.Message));
    }

    static void Is(string why, Func<object> read) => Is(why, () => { _ = read(); });

    static void Is(string why, Func<long> read) => Is(why, () => { _ = read(); });

    static uint Crc32C(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 1 ? sum >> 1 ^ 0x82F63B78 : sum >> 1;
        }
        return ~sum;
    }
}

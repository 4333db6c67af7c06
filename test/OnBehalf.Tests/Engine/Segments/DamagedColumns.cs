using System.Text;
using OnBehalf.Engine;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Parts of a segment that somebody made to deceive: what is just possible is read, what is not is named.</summary>
public class DamagedColumns
{
    [Fact]
    public void Numbers_end_and_are_there()
    {
        Assert.Equal(0UL, Number(0));
        Assert.Equal(300UL, Number(0xac, 0x02));
        Assert.Equal(ulong.MaxValue, Number(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01));
        Is("it ends too early", () => Number());
        Is("it ends too early", () => Number(0x80));
        Is("a number has no end", () => Number([.. Enumerable.Repeat((byte)0x80, 10), 1]));
        static ulong Number(params byte[] bytes)
        {
            var at = 0;
            var number = Varint.Read(bytes, ref at);
            Assert.Equal(bytes.Length, at);
            return number;
        }
    }

    [Fact]
    public void Packings_are_one_of_four()
    {
        foreach (byte packing in new byte[] { 0, 1, 2 }) Assert.Equal(packing == 2 ? [4, 8] : [4, 4], Unpacked(2, packing, 8, 0, 0));
        Assert.Equal([9, 9], Unpacked(2, 4, 1, 18, 0, 0, 0, 0, 0));
        foreach (byte packing in new byte[] { 3, 5, 6, 8, 255 })
            Is("a column has a packing that does not occur", () => Unpacked(2, packing, 8, 0, 0));
    }

    [Fact]
    public void Differences_are_added_up() => Assert.Equal([4, 8, 12], Unpacked(3, 2, 8, 0, 0));

    [Fact]
    public void Lists_have_at_most_as_many_values_as_there_are_rows()
    {
        // A list of three values, each one more than the last; then places 0, 1 and 2.
        Assert.Equal([1, 2, 3], Unpacked(3, 4, 3, 2, 0, 0, 0, 2, 0, 0b100100));
        Is("a column has more values than rows", () => Unpacked(2, 4, 3, 2, 0, 0, 0, 2, 0, 0b100100));
        Is("a value is not in its list", () => Unpacked(3, 4, 3, 2, 0, 0, 0, 2, 0, 0b110100)); // a third place of 3
        Is("a value is not in its list", () => Unpacked(3, 4, 3, 2, 0, 0, 1, 2, 0, 0b000000)); // a first place of -1
        Is("a value is not in its list", () => Unpacked(1, 4, 0, 0, 0, 0, 0, 0, 0)); // a list of nothing
    }

    [Fact]
    public void Widths_are_those_that_occur()
    {
        foreach (byte width in Enumerable.Range(57, 7).Append(65).Append(255))
        {
            Is("a column has a width that does not occur", () => Unpacked(1, [0, 0, width, 0, .. new byte[40]]));
            Is("a column has a width that does not occur", () => Unpacked(1, [0, 0, 1, 1, width, .. new byte[40]]));
        }
        Assert.Equal([-1], Unpacked(1, [0, 0, 64, 0, .. Enumerable.Repeat((byte)255, 8)]));
        Assert.Equal([-1L << 2], Unpacked(1, [0, 0, 2, 1, 64, 0, .. Enumerable.Repeat((byte)255, 8)]));
    }

    [Fact]
    public void Patches_lie_in_their_column()
    {
        // Numbers of one bit, all 0, and patches of one bit: the last gets 2, the next to last too.
        Assert.Equal([0, 0, 2], Unpacked(3, 0, 0, 1, 1, 1, 0, 0b10, 1));
        Assert.Equal([0, 2, 2], Unpacked(3, 0, 0, 1, 2, 1, 0, 0b0110, 0b11));
        Assert.Equal([2, 2, 2], Unpacked(3, 0, 0, 1, 3, 1, 0, 0b100100, 0b111));
        Is("a patch lies outside its column", () => Unpacked(3, 0, 0, 1, 1, 1, 0, 0b11, 1));
        Is("a column has a width that does not occur", () => Unpacked(3, 0, 0, 1, 4, 1, 0, 0b10, 1)); // four of three
    }

    [Fact]
    public void Columns_end_before_the_padding()
    {
        Assert.Equal([1, 0, 1, 0, 1, 0, 1, 0], Unpacked(8, 0, 0, 1, 0, 0b01010101));
        Is("a column is longer than it", () => Unpacked(9, 0, 0, 1, 0, 0b01010101));
        Is("a column is longer than it", () => Unpacked(8, 0, 0, 1, 1, 1, 0));
        Is("a column is longer than it", () => Unpacked(3, 0, 0, 1, 1, 1, 0, 0b10)); // the patch is missing
        Is("a column is longer than it", () => Unpacked(1, [0, 0, 64, 0, .. new byte[7]]));
    }

    [Fact]
    public void Texts_are_there_and_not_longer_than_they_may_be()
    {
        var (a, limit) = ((byte)'a', 1 << 14);
        Assert.Equal("a", Texts(1, 1, 1, a)[1]);
        Assert.Equal("", Texts(1, 1, 1, a)[0]);
        Assert.Equal(limit, Texts(1, [1, .. NaivePacking.Varint((ulong)limit), .. new byte[limit]])[1].Length);
        Is("it has more texts than rows", () => Texts(1, 2, 1, a, 1, a));
        Is("a text is longer than it", () => Texts(1, 1, 2, a));
        Is("a text is longer than it", () => Texts(1, [1, .. NaivePacking.Varint((ulong)limit + 1), .. new byte[limit + 1]]));
        Is("a text is longer than it", () => Texts(1, [1, .. NaivePacking.Varint(ulong.MaxValue), a]));
        Is("a text is not there", () => _ = Texts(1, 1, 1, a)[2]);
        Is("a text is not there", () => _ = Texts(1, 1, 1, a)[-1]);
        Is("a text is not there", () => _ = Texts(1, 1, 1, a)[long.MinValue]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("Zoë", 4)]
    public void Short_texts_are_kept_whole(string text, int length)
    {
        Assert.Equal(text, Encoding.UTF8.GetString(SegmentTexts.BytesOf(text)));
        Assert.Equal(length, SegmentTexts.BytesOf(text).Length);
    }

    [Theory]
    [InlineData(0, 'a', 1 << 14)]
    [InlineData(0, 'ë', 1 << 14)]
    [InlineData(1, 'ë', (1 << 14) - 1)]
    [InlineData(0, '€', (1 << 14) - 1)]
    [InlineData(1, '€', 1 << 14)]
    [InlineData(2, '€', (1 << 14) - 2)]
    public void Long_texts_are_cut_before_a_character_that_has_no_room(int before, char letter, int length) =>
        Assert.Equal(length, SegmentTexts.BytesOf(new string('x', before) + new string(letter, 20_000)).Length);

    static SegmentTexts Texts(int rows, params byte[] bytes)
    {
        var at = 0;
        return SegmentTexts.Parse(bytes, ref at, rows);
    }

    static long[] Unpacked(int rows, params byte[] column)
    {
        byte[] bytes = [.. column, .. new byte[Bits.Padding]];
        var at = 0;
        var block = Block.Parse(bytes, ref at, rows);
        Assert.Equal(column.Length, at);
        var values = new long[rows];
        block.Unpack(bytes, values);
        return values;
    }

    static void Is(string why, Action read)
    {
        var mistake = Assert.Throws<Mistake>(read);
        Assert.Equal(("damaged", $"A segment cannot be read: {why}."), (mistake.Code, mistake.Message));
    }
}

using OnBehalf.Engine.Segments;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Single columns: their bytes are those of a naive packing, and come back as the numbers that they were.</summary>
public class ColumnLaws
{
    const int Columns = 400;
    const int Head = 5; // bytes before the first column

    sealed record Input(long[] Values, long[] Bases, bool IsSequence, bool HasFewValues);

    [Fact]
    public void Columns_are_the_bytes_of_a_naive_packing_and_come_back()
    {
        var (random, writer) = (new Random(1), new BlockWriter());
        for (var i = 0; i < Columns;)
        {
            // One writer packs one segment after another, of some columns each.
            List<Input> inputs = [.. Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Any(random))];
            i += inputs.Count;
            writer.Begin(Head);
            foreach (var input in inputs) writer.Add(Spec(input), input.Values, input.Bases, input.IsSequence);
            var bytes = writer.End();

            var expected = inputs.SelectMany(c => NaivePacking.Column(c.Values, c.Bases, c.IsSequence, c.HasFewValues));
            Assert.Equal([.. new byte[Head], .. expected, .. new byte[Bits.Padding]], bytes);
            var at = Head;
            foreach (var input in inputs) Assert.Equal(input.Values, Read(input, bytes, ref at));
            Assert.Equal(bytes.Length - Bits.Padding, at);
        }
    }

    [Theory]
    [InlineData(48, Packing.Plain)] // 102 bits either way
    [InlineData(49, Packing.Dictionary)]
    public void A_list_has_to_be_cheaper_and_at_most_half_of_the_values(int bit, object packing)
    {
        long[] values = [0, 0, 1L << bit, 1L << bit];
        byte PackingOf(long[] column)
        {
            var writer = new BlockWriter();
            writer.Begin(0);
            writer.Add(new(Group.Messages, _ => 0, HasFewValues: true), column, [], isSequence: false);
            return writer.End()[0];
        }

        Assert.Equal((byte)(Packing)packing, PackingOf(values));
        Assert.Equal((byte)Packing.Plain, PackingOf(values[1..]));
    }

    [Fact]
    public void Every_width_comes_back_from_every_place()
    {
        foreach (var width in Enumerable.Range(0, 57).Append(64))
        {
            var mask = width == 64 ? ulong.MaxValue : (1UL << width) - 1;
            ulong[] values = [.. Enumerable.Range(1, 21).Select(i => unchecked((ulong)i * 0x9E3779B97F4A7C15) & mask), mask, 0, mask];
            var bytes = new byte[Bits.BytesFor(values.Length, width) + Bits.Padding];
            Bits.WriteAll(bytes, width, values);

            var all = new long[values.Length];
            Bits.ReadAll(bytes, width, -7, all);
            Assert.Equal(values.Select(value => unchecked((long)value - 7)), all);
            Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => Bits.Read(bytes, i, width)));
            Assert.Equal((values.Length * width + 7) / 8, Bits.BytesFor(values.Length, width));
        }
    }

    [Fact]
    public void Widths_that_one_load_cannot_hold_do_not_occur()
    {
        Assert.Equal(
            [.. Enumerable.Range(0, 57), 64],
            Enumerable.Range(-3, 80).Where(Bits.IsWidth));
        Assert.Equal([0, 1, 55, 56, 64, 64, 64, 64], new[] { 0, 1, 55, 56, 57, 58, 63, 64 }.Select(Bits.WidthFor));
        Assert.Equal([0, 1, 2, 2, 3, 64], new ulong[] { 0, 1, 2, 3, 4, ulong.MaxValue }.Select(Bits.Of));
    }

    [Fact]
    public void The_place_of_a_patch_takes_as_many_bits_as_the_last_place() =>
        Assert.Equal([0, 0, 1, 2, 2, 3, 3], new[] { 0, 1, 2, 3, 4, 5, 8 }.Select(Frame.PlaceWidth));

    [Fact]
    public void Texts_lie_behind_the_columns()
    {
        var writer = new BlockWriter();
        string[] texts = ["", "Zoë", new('x', 5_000)];
        writer.Begin(Head);
        writer.Add(texts);
        var bytes = writer.End();

        var at = Head;
        var read = SegmentTexts.Parse(bytes.AsSpan(0, bytes.Length - Bits.Padding), ref at, texts.Length);
        Assert.Equal(bytes.Length - Bits.Padding, at);
        Assert.Equal(Head + 1 + 1 + (1 + 4) + (2 + 5_000), at);
        Assert.Equal(texts, new long[] { 1, 2, 3 }.Select(number => read[number]));
    }

    static ColumnSpec Spec(Input input) => new(Group.Messages, _ => 0, HasFewValues: input.HasFewValues);

    static long[] Read(Input input, byte[] bytes, ref int at)
    {
        var block = Block.Parse(bytes, ref at, input.Values.Length);
        var values = new long[input.Values.Length];
        block.Unpack(bytes, values);
        return block.IsRelative ? [.. values.Zip(input.Bases, (value, from) => unchecked(value + from))] : values;
    }

    static Input Any(Random random)
    {
        var values = Values(random);
        return random.Next(4) switch
        {
            0 => new(values, [], true, false),
            1 => new(values, [.. values.Select(value => unchecked(value - random.Next(9)))], false, false),
            2 => new(values, [.. values.Select(_ => random.NextInt64())], false, true),
            _ => new(values, [], false, random.Next(3) > 0),
        };
    }

    static long[] Values(Random random)
    {
        var count = random.Next(20) == 0 ? 1 + random.Next(1_000) : random.Next(40);
        long[] some = [.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
        var (least, width) = (random.Next(3) == 0 ? -random.NextInt64() : random.NextInt64(1L << random.Next(1, 60)), random.Next(1, 63));
        long Near() => unchecked(least + random.NextInt64(1L << width));
        var shape = random.Next(6);
        var last = least;
        return
        [
            .. Enumerable.Range(0, count).Select(i => shape switch
            {
                0 => least,
                1 => Near(),
                2 => random.Next(9) == 0 ? Near() : unchecked(least + random.Next(9)),
                3 => some[random.Next(some.Length)],
                4 => last = unchecked(last + random.Next(1 << random.Next(12))),
                _ => i % 5 == 0 ? long.MaxValue : i % 7 == 0 ? long.MinValue : random.Next(3),
            }),
        ];
    }
}

using System.Buffers.Binary;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// Numbers of a few bits each, one after another, the lowest bit first. A number is read by one load of eight bytes,
/// which is why widths from 57 to 63 do not occur and why bytes of padding follow the last number.
/// </summary>
static class Bits
{
    /// <summary>Zero bytes at the end of a segment, so that the last number can be loaded like any other.</summary>
    public const int Padding = 8;

    const int WidestInOneLoad = 56;

    /// <summary>The least width in use that holds so many bits.</summary>
    public static int WidthFor(int bits) => bits > WidestInOneLoad ? 64 : bits;

    /// <summary>Whether numbers may have this width.</summary>
    public static bool IsWidth(int width) => width is (>= 0 and <= WidestInOneLoad) or 64;

    /// <summary>The bits of a number.</summary>
    public static int Of(ulong value) => 64 - int.CreateTruncating(ulong.LeadingZeroCount(value));

    /// <summary>How many bytes numbers take.</summary>
    public static long BytesFor(int count, int width) => ((long)count * width + 7) / 8;

    /// <summary>One of the numbers.</summary>
    public static ulong Read(ReadOnlySpan<byte> bytes, int index, int width)
    {
        if (width == 0) return 0;
        var bit = (long)index * width;
        return (Load(bytes, bit) >> (int)(bit & 7)) & Mask(width);
    }

    /// <summary>All of the numbers, each added to a least one.</summary>
    public static void ReadAll(ReadOnlySpan<byte> bytes, int width, long least, Span<long> values)
    {
        if (width == 0)
        {
            values.Fill(least);
            return;
        }
        var mask = Mask(width);
        var bit = 0L;
        // Up to seven bits of a load belong to the number before; the rest holds so many whole numbers.
        var inLoad = Math.Max(1, (64 - 7) / width);
        while (!values.IsEmpty)
        {
            var loaded = Load(bytes, bit) >> (int)(bit & 7);
            var some = values[..Math.Min(inLoad, values.Length)];
            for (var i = 0; i < some.Length; i++, loaded >>= width) some[i] = unchecked(least + (long)(loaded & mask));
            values = values[some.Length..];
            bit += (long)inLoad * width;
        }
    }

    /// <summary>Writes the lower bits of each number into zeroed bytes.</summary>
    public static void WriteAll(Span<byte> bytes, int width, ReadOnlySpan<ulong> values)
    {
        if (width == 0) return;
        var mask = Mask(width);
        var bit = 0L;
        foreach (var value in values)
        {
            var place = bytes.Slice((int)(bit >> 3), sizeof(ulong));
            var there = BinaryPrimitives.ReadUInt64LittleEndian(place);
            BinaryPrimitives.WriteUInt64LittleEndian(place, there | ((value & mask) << (int)(bit & 7)));
            bit += width;
        }
    }

    static ulong Load(ReadOnlySpan<byte> bytes, long bit) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice((int)(bit >> 3), sizeof(ulong)));

    static ulong Mask(int width) => width == 64 ? ulong.MaxValue : (1UL << width) - 1;
}

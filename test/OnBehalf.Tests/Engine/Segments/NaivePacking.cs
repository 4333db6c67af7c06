using OnBehalf.Engine.Segments;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>The bytes of a column, worked out bit by bit and by trying every width: what is stored is read for years.</summary>
static class NaivePacking
{
    const int OfFrame = 48; // bits that a list of values costs besides

    /// <summary>A column: how it was packed, a list if that is cheaper, and its numbers.</summary>
    public static List<byte> Column(long[] values, long[] bases, bool isSequence, bool hasFewValues)
    {
        var plain = Frame(values);
        if (plain.Bits == 0) return [(byte)Packing.Plain, .. plain.Bytes];
        List<long> words = [.. values.Distinct().Order()];
        if (hasFewValues && words.Count <= values.Length / 2)
        {
            var (list, places) = (Frame(Differences(words)), Frame([.. values.Select(value => (long)words.IndexOf(value))]));
            if (list.Bits + places.Bits + OfFrame < plain.Bits)
                return [(byte)Packing.Dictionary, .. Varint((ulong)words.Count), .. list.Bytes, .. places.Bytes];
        }
        if (bases.Length > 0 || isSequence)
        {
            var near = Frame(isSequence ? Differences(values) : [.. values.Zip(bases, (value, from) => unchecked(value - from))]);
            if (near.Bits < plain.Bits) return [(byte)(isSequence ? Packing.Delta : Packing.Relative), .. near.Bytes];
        }
        return [(byte)Packing.Plain, .. plain.Bytes];
    }

    /// <summary>Seven bits a byte.</summary>
    public static List<byte> Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value /= 128) bytes.Add((byte)(128 + value % 128));
        return [.. bytes, (byte)value];
    }

    static long[] Differences(IReadOnlyList<long> values) =>
        [.. values.Select((value, i) => unchecked(value - (i == 0 ? 0 : values[i - 1])))];

    /// <summary>The cheapest of all widths; of two as cheap, the narrower.</summary>
    public static (long Bits, List<byte> Bytes) Frame(long[] values)
    {
        var least = values.Length == 0 ? 0 : values.Min();
        ulong[] distances = [.. values.Select(value => unchecked((ulong)(value - least)))];
        var most = distances.Length == 0 ? 0 : distances.Max(BitsOf);
        int[] bits = [.. distances.Select(BitsOf)];
        var best = Enumerable.Range(0, 57).Append(64).Where(width => width <= Width(most)).MinBy(width => Cost(bits, width, most));
        return (Cost(bits, best, most), Frame(distances, least, best, most));
    }

    static long Cost(int[] bits, int width, int most) =>
        (long)bits.Length * width + bits.LongCount(b => b > width) * (PlaceWidth(bits.Length) + Width(most - width));

    static int PlaceWidth(int count) => count < 2 ? 0 : BitsOf((ulong)count - 1);

    static List<byte> Frame(ulong[] distances, long least, int width, int most)
    {
        List<int> high = [.. Enumerable.Range(0, distances.Length).Where(i => distances[i] > Largest(width))];
        var highWidth = high.Count == 0 ? 0 : Width(most - width);
        return
        [
            .. Varint(unchecked((ulong)(least < 0 ? -2 * least - 1 : 2 * least))), (byte)width, .. Varint((ulong)high.Count),
            .. high.Count == 0 ? [] : new byte[] { (byte)highWidth },
            .. Packed(distances, width), .. Packed([.. high.Select(i => (ulong)i)], PlaceWidth(distances.Length)),
            .. Packed([.. high.Select(i => distances[i] >> width)], highWidth),
        ];
    }

    static ulong Largest(int width) => width == 64 ? ulong.MaxValue : (1UL << width) - 1;

    static int Width(int bits) => bits > 56 ? 64 : bits;

    static int BitsOf(ulong value) => value == 0 ? 0 : 1 + BitsOf(value / 2);

    static byte[] Packed(ulong[] values, int width)
    {
        var bytes = new byte[(values.Length * width + 7) / 8];
        for (var bit = 0; bit < values.Length * width; bit++)
            if ((values[bit / width] >> (bit % width) & 1) == 1) bytes[bit / 8] |= (byte)(1 << (bit % 8));
        return bytes;
    }
}

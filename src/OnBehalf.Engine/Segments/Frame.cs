namespace OnBehalf.Engine.Segments;

/// <summary>
/// Numbers as their distance from the least one: so many lower bits for each, and the higher bits only of the few that
/// have any (a frame of reference with patches). A constant needs no bits at all.
/// </summary>
/// <remarks>
/// Laid out as: the least number as a variable-length number, a byte with the width, the number of patches, a byte with
/// their width if there are any, the lower bits, the places of the patches, the higher bits.
/// </remarks>
readonly record struct Frame(
    int Count, long Least, int Width, int Patches, int PatchWidth, int LowAt, int PlacesAt, int HighAt)
{
    /// <summary>Finds a frame's parts in bytes from outside, and moves behind it.</summary>
    public static Frame Parse(ReadOnlySpan<byte> bytes, ref int at, int count)
    {
        var zigzag = Varint.Read(bytes, ref at);
        var least = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
        int width = Varint.Byte(bytes, ref at);
        var patches = Varint.Read(bytes, ref at);
        int patchWidth = patches == 0 ? 0 : Varint.Byte(bytes, ref at);
        if (!Bits.IsWidth(width) || !Bits.IsWidth(patchWidth) || patches > (ulong)count)
            throw SegmentHead.Damaged("a column has a width that does not occur");
        var lowAt = at;
        var placesAt = Skip(bytes, lowAt, count, width);
        var highAt = Skip(bytes, placesAt, (int)patches, PlaceWidth(count));
        at = Skip(bytes, highAt, (int)patches, patchWidth);
        return new(count, least, width, (int)patches, patchWidth, lowAt, placesAt, highAt);
    }

    /// <summary>Unpacks all numbers.</summary>
    public void Unpack(ReadOnlySpan<byte> bytes, Span<long> values)
    {
        Bits.ReadAll(bytes[LowAt..], Width, Least, values);
        for (var i = 0; i < Patches; i++)
        {
            var place = (int)Bits.Read(bytes[PlacesAt..], i, PlaceWidth(Count));
            if (place >= Count) throw SegmentHead.Damaged("a patch lies outside its column");
            values[place] = unchecked(values[place] + (long)(Bits.Read(bytes[HighAt..], i, PatchWidth) << Width));
        }
    }

    /// <summary>The bits that the place of a patch takes.</summary>
    public static int PlaceWidth(int count) => Bits.Of((ulong)Math.Max(0, count - 1));

    static int Skip(ReadOnlySpan<byte> bytes, int at, int count, int width)
    {
        var end = at + Bits.BytesFor(count, width);
        return end <= bytes.Length - Bits.Padding ? (int)end : throw SegmentHead.Damaged("a column is longer than it");
    }
}

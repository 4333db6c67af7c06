namespace OnBehalf.Engine.Segments;

/// <summary>Numbers of seven bits a byte, the lowest first; the eighth says that more follow.</summary>
static class Varint
{
    const int LongestInBytes = 10;

    public static byte Byte(ReadOnlySpan<byte> bytes, ref int at) =>
        at < bytes.Length ? bytes[at++] : throw SegmentHead.Damaged("it ends too early");

    public static ulong Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var i = 0; i < LongestInBytes; i++)
        {
            var next = Byte(bytes, ref at);
            value |= (ulong)(next & 0x7f) << (7 * i);
            if (next < 0x80) return value;
        }
        throw SegmentHead.Damaged("a number has no end");
    }
}

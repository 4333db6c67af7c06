using System.Buffers.Binary;
using System.Numerics;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// The beginning of a segment: "OBS" and a version, a checksum of everything after it, the bounds of times, and the
/// rows of each group. Numbers are little-endian.
/// </summary>
readonly record struct SegmentHead(long MinAt, long MaxAt, long LastEndedAt, long LastClosedAt, int[] GroupRows)
{
    /// <summary>How many rows a segment may have.</summary>
    public const int RowLimit = 1 << 20;

    /// <summary>The version that is written and read; segments of another are made anew from facts.</summary>
    public const byte Version = 2;

    const int ChecksumAt = 4, TimesAt = 8, RowsAt = 40, LengthInBytes = RowsAt + 4 * Layout.Groups;

    /// <summary>Its length in bytes.</summary>
    public int Length => LengthInBytes;

    /// <summary>Writes it over the first bytes of a segment; the rest is there already.</summary>
    public void Write(Span<byte> segment)
    {
        "OBS"u8.CopyTo(segment);
        segment[3] = Version;
        ReadOnlySpan<long> times = [MinAt, MaxAt, LastEndedAt, LastClosedAt];
        for (var i = 0; i < times.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(segment[(TimesAt + 8 * i)..], times[i]);
        for (var i = 0; i < GroupRows.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(segment[(RowsAt + 4 * i)..], GroupRows[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(segment[ChecksumAt..], Checksum(segment[TimesAt..]));
    }

    /// <summary>Reads it from bytes from outside, and checks that they are whole.</summary>
    public static SegmentHead Read(PackedSegment packed)
    {
        ReadOnlySpan<byte> bytes = packed.Bytes;
        if (bytes.Length < LengthInBytes + Bits.Padding || !bytes.StartsWith("OBS"u8)) throw Damaged("it is no segment");
        if (bytes[3] != Version) throw Damaged($"it has version {bytes[3]}, and {Version} is read; onbehalf rebuild makes it anew");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != Checksum(bytes[TimesAt..]))
            throw Damaged("its checksum is another");
        var times = new long[4];
        for (var i = 0; i < times.Length; i++) times[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(TimesAt + 8 * i)..]);
        var rows = new int[Layout.Groups];
        for (var i = 0; i < rows.Length; i++) rows[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(RowsAt + 4 * i)..]);
        if (rows[0] is < 1 or > RowLimit || rows.Any(r => r < 0 || r > rows[0])) throw Damaged("its rows cannot be");
        if (times[0] < OpenTime.First || times[1] > OpenTime.End || times[0] > times[1]) throw Damaged("its times cannot be");
        if (packed.Rows != rows[0] || packed.MinAt != times[0] || packed.MaxAt != times[1])
            throw Damaged("it is another than it was stored as");
        return new(times[0], times[1], times[2], times[3], rows);
    }

    /// <summary>What a reader says of bytes that nobody packed.</summary>
    public static Mistake Damaged(string why) => new("damaged", $"A segment cannot be read: {why}.");

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}

using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>A segment of columns that are packed as they are given, right or wrong, under a checksum that is right.</summary>
sealed record MadeSegment
{
    public int[] GroupRows { get; init; } = [2, 0, 0, 0, 0, 0, 0];
    public long MinAt { get; init; } = 10;
    public long MaxAt { get; init; } = 20;
    public long LastEndedAt { get; init; } = long.MinValue;
    public Dictionary<Column, long[]> Columns { get; init; } = new() { [Column.At] = [10, 20] };
    public Column? Relative { get; init; } // one that says that it differs from a base
    public byte[] Behind { get; init; } = [];

    public PackedSegment Pack()
    {
        var head = new SegmentHead(MinAt, MaxAt, LastEndedAt, long.MinValue, GroupRows);
        var writer = new BlockWriter();
        writer.Begin(head.Length);
        foreach (var column in Enum.GetValues<Column>())
        {
            var group = Layout.Specs[(int)column].Group;
            var values = Columns.GetValueOrDefault(column) ?? new long[Math.Max(0, GroupRows[(int)group])];
            long[] bases = column == Relative ? [.. values.Select(value => value - 1)] : [];
            writer.Add(new(group, _ => 0), values, bases, isSequence: false);
        }
        writer.Add((string[])[]);
        byte[] bytes = writer.End();
        if (Behind.Length > 0) bytes = [.. bytes[..^Bits.Padding], .. Behind, .. new byte[Bits.Padding]];
        head.Write(bytes);
        return new(default(AddressId), 0, 0, GroupRows[0], MinAt, MaxAt, bytes);
    }
}

using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// The dated outbound human messages of a segment by row, and what is known of each author. Every answer says its coverage,
/// so these are found once and kept with the segment: four bytes each.
/// </summary>
static class AuthorRows
{
    const int StateBits = 2;

    /// <summary>What is known, where the audit record may still come: <see cref="AuthorState.Pending"/> for a while.</summary>
    public const int RecordMissing = (int)AuthorState.Pending;

    /// <summary>The row of a message.</summary>
    public static int RowOf(int author) => author >> StateBits;

    /// <summary>An <see cref="AuthorState"/>, where pending means <see cref="RecordMissing"/>.</summary>
    public static int StateOf(int author) => author & ((1 << StateBits) - 1);

    /// <summary>The agents that a segment names, each once.</summary>
    public static int[] AgentsOf(Segment segment)
    {
        using var columns = new DecodedColumns();
        columns.Open(segment);
        var agents = new HashSet<int>();
        foreach (var agent in columns[Column.Agent].AsSpan(0, segment.Rows)) agents.Add((int)agent);
        return [.. agents];
    }

    /// <summary>Those of a segment, by row.</summary>
    public static int[] Of(Segment segment)
    {
        using var columns = new DecodedColumns();
        columns.Open(segment);
        var (directions, kinds, marks) = (columns[Column.Direction], columns[Column.Kind], columns[Column.Marks]);
        var (evidence, reasons) = (columns[Column.Evidence], columns[Column.Reason]);
        var found = new List<int>();
        for (var row = 0; row < segment.Rows; row++)
        {
            if (directions[row] != (long)Direction.Outbound || kinds[row] != (long)Kind.Human) continue;
            if ((marks[row] & (long)Marks.Undated) != 0) continue;
            var state = (marks[row] & (long)Marks.Ambiguous) != 0 ? (int)AuthorState.Ambiguous
                : evidence[row] != (long)Evidence.None ? (int)AuthorState.Known
                : reasons[row] == (long)UnattributedReason.AuditRecordMissing ? RecordMissing
                : (int)AuthorState.Unattributed;
            found.Add((row << StateBits) | state);
        }
        return [.. found];
    }
}

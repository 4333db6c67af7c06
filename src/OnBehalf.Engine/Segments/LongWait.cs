using OnBehalf.Engine.Findings;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// A wait that went on after the last message of its segment. Whoever asks what was open later needs no other waits of it:
/// a few among many, found once and kept with the segment.
/// </summary>
/// <param name="Row">Its row.</param>
/// <param name="At">When it began, seconds since 1970 UTC.</param>
/// <param name="EndedAt">When it ended, or the end of time.</param>
/// <param name="End">How it ended.</param>
/// <param name="Due">When its promise was due; 0 without one.</param>
/// <param name="AtRisk">From when it was at risk; 0 without a promise.</param>
readonly record struct LongWait(int Row, long At, long EndedAt, WaitEnd End, long Due, long AtRisk)
{
    /// <summary>Those of a segment, by time.</summary>
    public static LongWait[] Of(Segment segment)
    {
        using var columns = new DecodedColumns();
        columns.Open(segment);
        var found = new List<LongWait>();
        var rows = columns.RowsOf(Group.Wait);
        if (rows.IsEmpty) return [];
        var (times, hasEnded, ends) = (columns[Column.At], columns[Column.WaitHasEnded], columns[Column.EndedAt]);
        for (var i = 0; i < rows.Length; i++)
        {
            var ended = hasEnded[i] == 0 ? long.MaxValue : ends[i];
            if (ended > segment.MaxAt)
                found.Add(new(rows[i], times[rows[i]], ended, (WaitEnd)columns[Column.WaitEnd][i], columns[Column.WaitDue][i],
                    columns[Column.WaitAtRisk][i]));
        }
        return [.. found];
    }
}

using OnBehalf.Engine.Metrics;

namespace OnBehalf.Engine.Segments;

/// <summary>Finds the rows of a segment that belong to the metrics of a question.</summary>
sealed class RowScan(QueryPlan plan, Cursor row)
{
    readonly Func<Cursor, long, bool>? _filter = RowFilter.Of(plan.Query.Filter, plan);

    /// <summary>Waits that may be open at some instant of the question, in the segment that the cursor is in.</summary>
    /// <param name="place">The metric's place in the question.</param>
    /// <param name="at">When it began.</param>
    /// <param name="ended">When it ended, or the end of time.</param>
    public delegate void FoundOpen(int place, long at, long ended);

    /// <summary>A row that belongs to a metric.</summary>
    /// <param name="place">The metric's place in the question.</param>
    /// <param name="at">The instant it is dated by.</param>
    public delegate void Found(int place, long at);

    /// <summary>Looks at the segment that the cursor is in.</summary>
    public void Read(Pass pass, Found found, FoundOpen open)
    {
        switch (pass.Dating)
        {
            case Dating.State: ReadStates(pass, open); break;
            case Dating.Closed: ReadClosed(pass, found); break;
            default: ReadRange(pass, found); break;
        }
    }

    /// <summary>The rows of a group from a time to before another.</summary>
    public static ReadOnlySpan<int> Between(Cursor row, Group group, long from, long end)
    {
        if (row.Segment.MaxAt < from || row.Segment.MinAt >= end) return [];
        var times = row.Times;
        var rows = row.RowsOf(group);
        return rows[FirstFrom(times, rows, from)..FirstFrom(times, rows, end)];
    }

    /// <summary>The first of some rows that is not before a time.</summary>
    static int FirstFrom(ReadOnlySpan<long> times, ReadOnlySpan<int> rows, long from)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[rows[middle]] < from) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    void ReadRange(Pass pass, Found found)
    {
        foreach (var index in Between(row, pass.Group, plan.From, plan.End))
        {
            row.Index = index;
            var at = row.At;
            if (at == 0 && row.IsUndated) continue;
            if (IsAskedFor(at)) Tell(pass, at, found);
        }
    }

    void ReadClosed(Pass pass, Found found)
    {
        if (row.Segment.LastClosedAt < plan.From) return;
        foreach (var index in Between(row, pass.Group, 0, plan.End))
        {
            row.Index = index;
            var at = row.ClosedAt;
            if (at >= plan.From && at < plan.To && IsAskedFor(at)) Tell(pass, at, found);
        }
    }

    void ReadStates(Pass pass, FoundOpen open)
    {
        var (first, last) = (plan.Instants[0].At, plan.Instants[^1].At);
        if (row.Segment.LastEndedAt <= first) return;
        if (row.Segment.MaxAt < first)
        {
            foreach (var wait in row.Segment.LongWaits)
            {
                if (wait.EndedAt <= first) continue;
                row.GoTo(wait);
                TellOpen(pass, wait.At, wait.EndedAt, open);
            }
            return;
        }
        foreach (var index in Between(row, pass.Group, 0, last + 1))
        {
            row.Index = index;
            if (row.EndedAt is var ended && ended > first) TellOpen(pass, row.At, ended, open);
        }
    }

    void TellOpen(Pass pass, long at, long ended, FoundOpen open)
    {
        if (!IsAskedFor(at)) return;
        foreach (var place in pass.Places)
            if (plan.Metrics[place].Takes(row)) open(place, at, ended);
    }

    bool IsAskedFor(long at) => plan.IsBegunAsAsked(row) && (_filter is null || _filter(row, at));

    void Tell(Pass pass, long at, Found found)
    {
        foreach (var place in pass.Places)
            if (plan.Metrics[place].Takes(row)) found(place, at);
    }
}

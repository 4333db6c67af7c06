using OnBehalf.Engine.Metrics;

namespace OnBehalf.Engine.Segments;

/// <summary>Finds the rows of a segment that belong to the metrics of a question: one condition after another, for all rows.</summary>
sealed class RowScan(QueryPlan plan, Cursor row)
{
    readonly Func<Cursor, long, bool>? _filter = RowFilter.Of(plan.Query.Filter, plan);
    int[] _asked = [], _taken = [];

    /// <summary>Waits that may be open at some instant of the question, in the segment that the cursor is in.</summary>
    /// <param name="place">The metric's place in the question.</param>
    /// <param name="at">When it began.</param>
    /// <param name="ended">When it ended, or the end of time.</param>
    public delegate void FoundOpen(int place, long at, long ended);

    /// <summary>Rows that belong to a metric, in the segment that the cursor is in.</summary>
    /// <param name="pass">How they are dated.</param>
    /// <param name="place">The metric's place in the question.</param>
    /// <param name="rows">The rows, in order; overwritten afterwards.</param>
    public delegate void Found(Pass pass, int place, ReadOnlySpan<int> rows);

    /// <summary>Looks at the segment that the cursor is in.</summary>
    public void Read(Pass pass, Found found, FoundOpen open)
    {
        if (pass.Dating == Dating.State)
        {
            ReadStates(pass, open);
            return;
        }
        var asked = pass.Dating == Dating.Closed ? ClosedInRange(pass) : InRange(pass);
        if (asked.IsEmpty) return;
        foreach (var place in pass.Places)
            if (TakenBy(plan.Metrics[place], asked) is { IsEmpty: false } taken) found(pass, place, taken);
    }

    /// <summary>The rows of a group from a time to before another.</summary>
    public static ReadOnlySpan<int> Between(Cursor row, Group group, long from, long end)
    {
        // Whoever looks from before the range asks for what ends before it begins.
        if (from >= end || row.Segment.MaxAt < from || row.Segment.MinAt >= end) return [];
        var rows = row.RowsOf(group);
        if (row.Segment.MinAt >= from && row.Segment.MaxAt < end) return rows;
        var times = row.Times;
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

    ReadOnlySpan<int> InRange(Pass pass)
    {
        var rows = Between(row, pass.Group, plan.From, plan.End);
        if (_filter is null && plan.Query.BegunBy is null && row.Segment.MinAt > 0) return rows;
        var asked = Room(ref _asked, rows.Length);
        var count = 0;
        foreach (var index in rows)
        {
            row.Index = index;
            var at = row.At;
            if ((at != 0 || !row.IsUndated) && IsAskedFor(at)) asked[count++] = index;
        }
        return asked.AsSpan(0, count);
    }

    ReadOnlySpan<int> ClosedInRange(Pass pass)
    {
        if (row.Segment.LastClosedAt < plan.From) return [];
        var rows = Between(row, pass.Group, 0, plan.End);
        var asked = Room(ref _asked, rows.Length);
        var count = 0;
        foreach (var index in rows)
        {
            row.Index = index;
            var at = row.ClosedAt;
            if (at >= plan.From && at < plan.To && IsAskedFor(at)) asked[count++] = index;
        }
        return asked.AsSpan(0, count);
    }

    ReadOnlySpan<int> TakenBy(Metric metric, ReadOnlySpan<int> asked)
    {
        if (metric.Takes is not { } takes) return asked;
        var taken = Room(ref _taken, asked.Length);
        var count = 0;
        foreach (var index in asked)
        {
            row.Index = index;
            if (takes(row)) taken[count++] = index;
        }
        return taken.AsSpan(0, count);
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
            if (plan.Metrics[place].Takes?.Invoke(row) != false) open(place, at, ended);
    }

    bool IsAskedFor(long at) => plan.IsBegunAsAsked(row) && (_filter is null || _filter(row, at));

    static int[] Room(ref int[] array, int length)
    {
        if (array.Length < length) array = new int[Math.Max(length, 2 * array.Length)];
        return array;
    }
}

using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>Keeps the first rows that belong to a figure, after one that was shown already.</summary>
sealed class RowsBehindFigure(QueryPlan plan, int take, FigureRow? after) : IDisposable
{
    readonly record struct Place(long At, long FactId, int Mailbox);

    static readonly Comparer<Place> InOrder = Comparer<Place>.Create(static (a, b) =>
        a.At != b.At ? a.At.CompareTo(b.At)
        : a.FactId != b.FactId ? a.FactId.CompareTo(b.FactId)
        : a.Mailbox.CompareTo(b.Mailbox));

    static readonly Comparer<Place> LastFirst = Comparer<Place>.Create(static (a, b) => InOrder.Compare(b, a));

    // One more than are shown, to know whether there are more.
    readonly PriorityQueue<FigureRow, Place> _kept = new(take + 2, LastFirst);

    readonly Cursor _row = new(plan.Viewpoint);

    /// <summary>Looks at segments. The earliest come first, and those that only have later rows are left alone.</summary>
    public void Read(IEnumerable<Segment> segments, Action? beforeEach)
    {
        var scan = new RowScan(plan, _row);
        foreach (var segment in segments.Where(segment => after is null || segment.MaxAt >= after.Value.At).OrderBy(s => s.MinAt))
        {
            if (_kept.Count > take && _kept.TryPeek(out var last, out _) && segment.MinAt > last.At) break;
            beforeEach?.Invoke();
            Read(segment, scan);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _row.Dispose();

    void Read(Segment segment, RowScan scan)
    {
        _row.Open(segment);
        foreach (var pass in plan.Passes)
            scan.Read(
                pass,
                (_, _, rows) =>
                {
                    foreach (var index in rows)
                    {
                        _row.Index = index;
                        Keep(new(segment.Mailbox, _row.At, _row.FactId));
                    }
                },
                (_, _, _) => Keep(new(segment.Mailbox, _row.At, _row.FactId)));
    }

    /// <summary>The rows.</summary>
    public FigureRows Rows()
    {
        FigureRow[] rows = [.. _kept.UnorderedItems.OrderBy(kept => kept.Priority, InOrder).Select(kept => kept.Element)];
        return new(rows[..Math.Min(take, rows.Length)], rows.Length > take);
    }

    void Keep(FigureRow row)
    {
        if (after is { } shown && InOrder.Compare(PlaceOf(row), PlaceOf(shown)) <= 0) return;
        if (_kept.Count <= take) _kept.Enqueue(row, PlaceOf(row));
        else if (_kept.TryPeek(out _, out var last) && InOrder.Compare(PlaceOf(row), last) < 0) _kept.DequeueEnqueue(row, PlaceOf(row));
    }

    static Place PlaceOf(FigureRow row) => new(row.At, row.FactId, row.Mailbox.Value);
}

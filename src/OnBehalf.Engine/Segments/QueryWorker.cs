using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>One thread's share of an answer: it reads segments and counts.</summary>
sealed class QueryWorker : IDisposable
{
    // A segment has few agents, and a week has 168 hours: most groups are found without looking further.
    const int RecentCells = 256;

    readonly QueryPlan _plan;
    readonly Cursor _row;
    readonly RowScan _scan;
    readonly Func<Cursor, long, bool>? _filter, _messageFilter;
    readonly CycleWaits _cycleWaits = new();
    readonly OpenWaits _openWaits;
    readonly (long From, long To, int Code)[] _near = new (long, long, int)[Normalise.DimensionLimit];
    readonly long[] _authors = new long[4];
    readonly (GroupKey Key, Tally[]? Cell)[] _recent = new (GroupKey, Tally[]?)[RecentCells];
    readonly int[][] _codes = [[], [], [], []]; // of a dimension each; zero where there are fewer
    Pass? _codesOf; // whose every row they are of
    long _undated;
    long _unfinished;

    public QueryWorker(QueryPlan plan)
    {
        _plan = plan;
        _row = new(plan.Viewpoint);
        _scan = new(plan, _row);
        _openWaits = new(plan);
        _filter = RowFilter.Of(plan.Query.Filter, plan);
        _messageFilter = RowFilter.Of(plan.MessageFilter, plan);
    }

    /// <summary>What was counted, by group and place of the metric.</summary>
    public Dictionary<GroupKey, Tally[]> Cells { get; } = [];

    public Coverage Coverage => _plan.Coverage ?? new(_authors[0], _authors[1], _authors[2], _authors[3]);

    public LeftOut LeftOut => new(_undated, _unfinished);

    /// <summary>Reads segments that belong together.</summary>
    public void Read(IReadOnlyList<Segment> segments, Action? beforeEach)
    {
        foreach (var segment in segments)
        {
            beforeEach?.Invoke();
            _row.Open(segment);
            _codesOf = null;
            if (_plan.HasStates) _openWaits.Open(segment);
            if (_plan.Coverage is null) CountAuthors();
            CountUndated();
            if (_plan.Metrics.Any(m => m.Name == MetricRegistry.Handoffs)) CountUnfinished();
            foreach (var pass in _plan.Passes) _scan.Read(pass, Found, FoundOpen);
            if (_plan.NeedsWholeMailboxes) _cycleWaits.Gather(_row, _plan.From, _plan.AsOf + 1);
        }
        if (_plan.NeedsWholeMailboxes) _cycleWaits.Tell(FoundCycle);
    }

    /// <summary>Takes over what another has counted.</summary>
    public void Add(QueryWorker other)
    {
        foreach (var (key, tallies) in other.Cells)
        {
            if (Cells.TryAdd(key, tallies)) continue;
            var cell = Cells[key];
            for (var i = 0; i < cell.Length; i++)
            {
                cell[i].Add(_plan.Metrics[i], tallies[i]);
                tallies[i].Dispose();
            }
        }
        other.Cells.Clear();
        _openWaits.Add(other._openWaits);
        for (var i = 0; i < _authors.Length; i++) _authors[i] += other._authors[i];
        _undated += other._undated;
        _unfinished += other._unfinished;
    }

    /// <summary>Makes groups of the waits that are open, once all workers are together.</summary>
    public void TellOpenWaits() => _openWaits.Tell((place, key, step, ages) =>
        CellOf(_plan.Series >= 0 ? key.With(_plan.Series, step) : key)[place].AddAges(ages));

    public void Dispose()
    {
        _row.Dispose();
        foreach (var cell in Cells.Values)
            foreach (var tally in cell) tally.Dispose();
    }

    void Found(Pass pass, int place, ReadOnlySpan<int> rows)
    {
        var metric = _plan.Metrics[place];
        if (_plan.Dimensions.Length == 0 && !metric.SumsWaits)
        {
            var all = CellOf(default)[place];
            foreach (var index in rows)
            {
                _row.Index = index;
                all.Add(metric, _row);
            }
            return;
        }
        // Metrics that take every row that is asked for look at the same rows.
        if (metric.Takes is not null || !ReferenceEquals(_codesOf, pass)) FindCodes(pass, rows);
        _codesOf = metric.Takes is null ? pass : null;
        if (metric.SumsWaits) Want(rows);
        else Add(metric, place, rows);
    }

    void Add(Metric metric, int place, ReadOnlySpan<int> rows)
    {
        var (key, tally) = (default(GroupKey), default(Tally));
        for (var i = 0; i < rows.Length; i++)
        {
            var next = KeyAt(i);
            if (tally is null || next != key) (key, tally) = (next, CellOf(next)[place]);
            _row.Index = rows[i];
            tally.Add(metric, _row);
        }
    }

    void Want(ReadOnlySpan<int> rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            _row.Index = rows[i];
            _cycleWaits.Want(_row.FactId, KeyAt(i));
        }
    }

    GroupKey KeyAt(int i) => new(_codes[0][i], _codes[1][i], _codes[2][i], _codes[3][i]);

    /// <summary>The groups of some rows, one dimension after another.</summary>
    void FindCodes(Pass pass, ReadOnlySpan<int> rows)
    {
        for (var dimension = 0; dimension < _codes.Length; dimension++)
        {
            if (_codes[dimension].Length < rows.Length) _codes[dimension] = new int[Math.Max(rows.Length, 2 * _codes[dimension].Length)];
            if (dimension >= _plan.Dimensions.Length) continue;
            var codes = _codes[dimension].AsSpan(0, rows.Length);
            if (_plan.Dimensions[dimension].IsOfMailbox)
            {
                _row.Index = rows[0];
                codes.Fill(_plan.CodeOf(_plan.Dimensions[dimension], _row, 0));
                continue;
            }
            for (var i = 0; i < rows.Length; i++)
            {
                _row.Index = rows[i];
                codes[i] = CodeOf(dimension, pass.Dating == Dating.Closed ? _row.ClosedAt : _row.At);
            }
        }
    }

    void FoundOpen(int place, long at, long ended) => _openWaits.Add(place, KeyOf(at, isState: true), at, ended);

    void FoundCycle(GroupKey key, int waited, bool isOpen)
    {
        for (var i = 0; i < _plan.Metrics.Length; i++)
            if (_plan.Metrics[i].SumsWaits) CellOf(key)[i].AddValue(waited, isOpen);
    }

    GroupKey KeyOf(long at, bool isState = false)
    {
        var key = default(GroupKey);
        for (var i = 0; i < _plan.Dimensions.Length; i++)
            if (!isState || i != _plan.Series) key = key.With(i, CodeOf(i, at));
        return key;
    }

    int CodeOf(int dimension, long at)
    {
        if (_plan.Dimensions[dimension].Time is null) return _plan.CodeOf(_plan.Dimensions[dimension], _row, at);
        // Rows come by time: the next is mostly in the same step.
        ref var near = ref _near[dimension];
        if (at < near.From || at >= near.To) near = _plan.StepsBy[dimension]!.Around(at);
        return near.Code;
    }

    Tally[] CellOf(GroupKey key)
    {
        ref var recent = ref _recent[(key.First ^ key.Second * 31 ^ key.Third * 57 ^ key.Fourth * 113) & (RecentCells - 1)];
        if (recent.Cell is null || recent.Key != key)
        {
            if (!Cells.TryGetValue(key, out var cell))
                Cells.Add(key, cell = [.. _plan.Metrics.Select(_ => new Tally())]);
            recent = (key, cell);
        }
        return recent.Cell;
    }

    void CountAuthors()
    {
        if (_row.Segment.MaxAt < _plan.From || _row.Segment.MinAt >= _plan.End) return;
        var authors = _row.Segment.Authors;
        var times = _row.Times;
        var isEveryone = _messageFilter is null && _plan.Query.BegunBy is null;
        for (var i = FirstFrom(authors, times, _plan.From); i < authors.Length; i++)
        {
            var row = AuthorRows.RowOf(authors[i]);
            if (times[row] >= _plan.End) return;
            if (!isEveryone && !IsOfAsked(row)) continue;
            var state = AuthorRows.StateOf(authors[i]);
            if (state == AuthorRows.RecordMissing && _plan.AsOf - times[row] >= _plan.Viewpoint.AuditGrace)
                state = (int)AuthorState.Unattributed;
            _authors[state]++;
        }
    }

    bool IsOfAsked(int row)
    {
        _row.Index = row;
        return _plan.IsBegunAsAsked(_row) && (_messageFilter is null || _messageFilter(_row, _row.At));
    }

    static int FirstFrom(int[] authors, ReadOnlySpan<long> times, long from)
    {
        var (low, high) = (0, authors.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (times[AuthorRows.RowOf(authors[middle])] < from) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    void CountUndated()
    {
        if (_row.Segment.MinAt > 0) return;
        foreach (var index in RowScan.Between(_row, Group.Messages, 0, 1))
        {
            _row.Index = index;
            if (_row.IsUndated) _undated++;
        }
    }

    void CountUnfinished()
    {
        foreach (var index in RowScan.Between(_row, Group.Cycle, _plan.From, _plan.End))
        {
            _row.Index = index;
            if (_row.HasLaterReplies && _plan.IsBegunAsAsked(_row) && _filter?.Invoke(_row, _row.At) != false)
                _unfinished++;
        }
    }
}

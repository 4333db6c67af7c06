using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>One thread's share of an answer: it reads segments and counts.</summary>
sealed class QueryWorker : IDisposable
{
    readonly QueryPlan _plan;
    readonly Cursor _row;
    readonly RowScan _scan;
    readonly Func<Cursor, long, bool>? _filter, _messageFilter;
    readonly CycleWaits _cycleWaits = new();
    readonly OpenWaits _openWaits;
    readonly (long From, long To, int Code)[] _near = new (long, long, int)[Normalise.DimensionLimit];
    readonly long[] _authors = new long[4];
    GroupKey _lastKey;
    Tally[]? _lastCell;
    (int Index, long At) _cellOf = (-1, 0);
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
            _cellOf = (-1, 0);
            if (_plan.HasStates) _openWaits.Open(segment);
            if (_plan.Coverage is null) CountAuthors();
            CountUndated();
            if (_plan.Metrics.Any(m => m.Name == MetricRegistry.Handoffs)) CountUnfinished();
            foreach (var pass in _plan.Passes) _scan.Read(pass, Found, FoundOpen);
            if (_plan.NeedsWholeMailboxes) _cycleWaits.Gather(_row, _plan.From, _plan.AsOf + 1);
        }
        if (_plan.NeedsWholeMailboxes) _cycleWaits.Tell(FoundCycle);
    }

    /// <summary>Adds what another has counted.</summary>
    public void Add(QueryWorker other)
    {
        foreach (var (key, tallies) in other.Cells)
        {
            var cell = CellOf(key);
            for (var i = 0; i < cell.Length; i++) cell[i].Add(_plan.Metrics[i], tallies[i]);
        }
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

    void Found(int place, long at)
    {
        var metric = _plan.Metrics[place];
        if (metric.SumsWaits) _cycleWaits.Want(_row.FactId, KeyOf(at));
        else CellAt(at)[place].Add(metric, _row);
    }

    /// <summary>Several metrics look at one row: its group is found once.</summary>
    Tally[] CellAt(long at)
    {
        if (_lastCell is not null && _cellOf == (_row.Index, at)) return _lastCell;
        var cell = CellOf(KeyOf(at));
        _cellOf = (_row.Index, at);
        return cell;
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
        if (_plan.Dimensions[dimension].Time is not { } unit) return _plan.CodeOf(_plan.Dimensions[dimension], _row, at);
        // Rows come by time: the next is mostly in the same step.
        ref var near = ref _near[dimension];
        if (at < near.From || at >= near.To) near = _plan.StepsOf(unit).Around(at);
        return near.Code;
    }

    Tally[] CellOf(GroupKey key)
    {
        _cellOf = (-1, 0);
        if (_lastCell is not null && key == _lastKey) return _lastCell;
        if (!Cells.TryGetValue(key, out var cell))
            Cells.Add(key, cell = [.. _plan.Metrics.Select(_ => new Tally())]);
        (_lastKey, _lastCell) = (key, cell);
        return cell;
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

using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Segments;

/// <summary>The columns of one segment after another, each unpacked when it is first asked for.</summary>
sealed class DecodedColumns : IDisposable
{
    readonly long[]?[] _columns = new long[]?[Layout.Specs.Length];
    readonly int[]?[] _rows = new int[]?[Layout.Groups];   // rows of a group, in order
    int[] _every = [];                                     // all rows, in order
    readonly int[]?[] _places = new int[]?[Layout.Groups]; // and the place in the group, by row
    Segment? _segment;

    public Segment Segment => _segment!;

    public void Open(Segment segment)
    {
        Dispose();
        _segment = segment;
    }

    /// <summary>A column's values, by place in its group; the array is longer than that.</summary>
    public long[] this[Column column] => _columns[(int)column] ?? Unpack(column);

    /// <summary>The rows of a group, in order.</summary>
    public ReadOnlySpan<int> RowsOf(Group group)
    {
        if (group == Group.Messages) return Every();
        if (_rows[(int)group] is null) Find(group);
        return _rows[(int)group].AsSpan(0, Segment.RowsOf(group));
    }

    /// <summary>The place that a row of a group has in it.</summary>
    public int PlaceIn(Group group, int row)
    {
        var places = _places[(int)group];
        if (places is null) Find(group);
        return (places ?? _places[(int)group]!)[row];
    }

    public int Int(Column column, int row) => unchecked((int)this[column][row]);

    public AddressId Address(Column column, int row) => new((int)this[column][row]);

    public void Dispose()
    {
        for (var i = 0; i < _columns.Length; i++)
            if (_columns[i] is { } column) ArrayPool<long>.Shared.Return(column);
        for (var i = 0; i < Layout.Groups; i++)
        {
            if (_rows[i] is { } rows) ArrayPool<int>.Shared.Return(rows);
            if (_places[i] is { } places) ArrayPool<int>.Shared.Return(places);
        }
        Array.Clear(_columns);
        Array.Clear(_rows);
        Array.Clear(_places);
    }

    long[] Unpack(Column column)
    {
        var spec = Layout.Specs[(int)column];
        var count = Segment.RowsOf(spec.Group);
        var rented = ArrayPool<long>.Shared.Rent(count);
        _columns[(int)column] = rented;
        var values = rented.AsSpan(0, count);
        Segment.Unpack(column, values);
        if (Segment.IsRelative(column)) AddBase(spec, values);
        if (column == Column.At) CheckTimes(values);
        if (spec.Most != long.MaxValue) CheckMeaning(values, spec.Most);
        return rented;
    }

    static void CheckMeaning(ReadOnlySpan<long> values, long most)
    {
        // Below zero is above everything without a sign.
        var blocks = MemoryMarshal.Cast<long, Vector<ulong>>(values);
        var limit = new Vector<ulong>((ulong)most);
        foreach (var block in blocks)
            if (Vector.GreaterThanAny(block, limit)) throw SegmentHead.Damaged("a value has no meaning");
        foreach (var value in values[(blocks.Length * Vector<ulong>.Count)..])
            if (value < 0 || value > most) throw SegmentHead.Damaged("a value has no meaning");
    }

    void AddBase(ColumnSpec spec, Span<long> values)
    {
        if (spec.Base is not { } column) throw SegmentHead.Damaged("a column has no base");
        var bases = this[column];
        var gate = spec.Gate is { } gated ? this[gated] : null;
        var isSameGroup = Layout.Specs[(int)column].Group == spec.Group;
        var rows = isSameGroup ? default : RowsOf(spec.Group);
        for (var i = 0; i < values.Length; i++)
        {
            var counts = gate is null || gate[i] != 0 ? -1L : 0;
            values[i] = unchecked(values[i] + (bases[isSameGroup ? i : rows[i]] & counts));
        }
    }

    /// <summary>What is measured from these times is in bounds, whoever wrote them.</summary>
    void CheckTimes(ReadOnlySpan<long> times)
    {
        for (var i = 1; i < times.Length; i++)
            if (times[i] < times[i - 1]) throw SegmentHead.Damaged("its rows are in no order");
        if (times[0] != Segment.MinAt || times[^1] != Segment.MaxAt) throw SegmentHead.Damaged("its times are others");
    }

    ReadOnlySpan<int> Every()
    {
        if (_every.Length < Segment.Rows) _every = [.. Enumerable.Range(0, Math.Max(Segment.Rows, 2 * _every.Length))];
        return _every.AsSpan(0, Segment.Rows);
    }

    void Find(Group group)
    {
        var count = Segment.RowsOf(group);
        var (rows, places) = (ArrayPool<int>.Shared.Rent(count + 1), ArrayPool<int>.Shared.Rent(Segment.Rows));
        (_rows[(int)group], _places[(int)group]) = (rows, places);
        var marks = this[Column.Marks].AsSpan(0, Segment.Rows);
        var mark = Layout.MarkOf(group);
        var found = 0;
        // Whether a row is marked is as good as random: nothing here depends on it but numbers.
        for (var row = 0; row < marks.Length; row++)
        {
            var isIn = (marks[row] & mark) == 0 ? 0 : 1;
            if (found > count) break;
            (rows[found], places[row]) = (row, found * isIn);
            found += isIn;
        }
        if (found != count)
            throw SegmentHead.Damaged(found > count ? "more rows are marked than there are" : "fewer rows are marked than there are");
    }
}

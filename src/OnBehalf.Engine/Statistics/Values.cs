using System.Buffers;

namespace OnBehalf.Engine.Statistics;

/// <summary>A list of values in a borrowed array.</summary>
sealed class Values<T> : IDisposable where T : struct
{
    const int FirstLength = 16;

    T[] _values = []; // nothing is borrowed as this, and may be given back like what is

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>All of them; whoever has them may change their order.</summary>
    public Span<T> All => _values.AsSpan(0, Count);

    public void Add(T value)
    {
        if (Count == _values.Length) Grow(Math.Max(FirstLength, 2 * Count));
        _values[Count++] = value;
    }

    public void Add(ReadOnlySpan<T> values)
    {
        if (Count + values.Length > _values.Length) Grow(Math.Max(Count + values.Length, 2 * Count));
        values.CopyTo(_values.AsSpan(Count));
        Count += values.Length;
    }

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(_values);
        (_values, Count) = ([], 0);
    }

    void Grow(int length)
    {
        var grown = ArrayPool<T>.Shared.Rent(length);
        All.CopyTo(grown);
        ArrayPool<T>.Shared.Return(_values);
        _values = grown;
    }
}

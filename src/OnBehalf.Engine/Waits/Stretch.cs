namespace OnBehalf.Engine.Waits;

/// <summary>
/// The open spans of about a year, so that the open time before any second of it is found at once. An index of
/// 18-hour slots leads to the first span that may matter, and every span knows the open time before it.
/// </summary>
sealed class Stretch
{
    /// <summary>A stretch is 2^25 seconds long, 388 days: a power of two splits an instant by its bits.</summary>
    public const int Bits = 25;

    /// <summary>The length of a stretch in seconds.</summary>
    public const long Length = 1L << Bits;

    const int SlotBits = 16;

    // Seconds from the stretch's start. The last span is a sentinel that starts after everything.
    readonly Span[] _spans;
    readonly int[] _firstOfSlot;

    readonly record struct Span(int Start, int End, int OpenBefore);

    Stretch(Span[] spans, int[] firstOfSlot)
    {
        _spans = spans;
        _firstOfSlot = firstOfSlot;
    }

    /// <summary>All open seconds of the stretch.</summary>
    public int Total => _spans[^1].OpenBefore;

    /// <summary>A stretch of spans in any order that may share time.</summary>
    public static Stretch Of(List<(long Start, long End)> spans, long stretchStart)
    {
        spans.Sort();
        var joined = new List<Span>(spans.Count + 1);
        var open = 0;
        for (var i = 0; i < spans.Count;)
        {
            var (start, end) = spans[i++];
            for (; i < spans.Count && spans[i].Start <= end; i++) end = Math.Max(end, spans[i].End);
            joined.Add(new((int)(start - stretchStart), (int)(end - stretchStart), open));
            open += (int)(end - start);
        }
        joined.Add(new(int.MaxValue, int.MaxValue, open));
        return new([.. joined], SlotIndex(joined));
    }

    /// <summary>Open seconds from the stretch's start to a second of it.</summary>
    public int OpenBefore(int second)
    {
        var span = FirstEndingAfter(second);
        return span.OpenBefore + Math.Max(0, second - span.Start);
    }

    /// <summary>Whether the second is open.</summary>
    public bool IsOpen(int second) => FirstEndingAfter(second).Start <= second;

    /// <summary>The second at which the open time reaches a value from 1 to <see cref="Total"/>.</summary>
    public int WhenOpenReaches(int open)
    {
        var (low, high) = (0, _spans.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (_spans[middle].OpenBefore < open) low = middle;
            else high = middle;
        }
        return _spans[low].Start + open - _spans[low].OpenBefore;
    }

    Span FirstEndingAfter(int second)
    {
        var i = _firstOfSlot[second >> SlotBits];
        while (_spans[i].End <= second) i++;
        return _spans[i];
    }

    static int[] SlotIndex(List<Span> spans)
    {
        var firstOfSlot = new int[1 << (Bits - SlotBits)];
        for (int slot = 0, span = 0; slot < firstOfSlot.Length; slot++)
        {
            while (spans[span].End <= slot << SlotBits) span++;
            firstOfSlot[slot] = span;
        }
        return firstOfSlot;
    }
}

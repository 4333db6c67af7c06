namespace OnBehalf.Engine.Statistics;

/// <summary>How many different values there are.</summary>
static class Different
{
    const int WordBits = 64;

    // Half a megabyte a thread: addresses, days and the like lie nearer together than four million.
    const int WordsLimit = 1 << 16;

    [ThreadStatic] static ulong[]? _set; // of bits, all zero while nobody counts

    /// <summary>How many different ones; their order changes.</summary>
    public static long Count(Span<long> values)
    {
        if (values.Length < 2) return values.Length;
        var (least, largest) = (long.MaxValue, long.MinValue);
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
        }
        // As a number without a sign the distance is right even where it is more than any number with one.
        var words = unchecked((ulong)(largest - least)) / WordBits + 1;
        return words <= WordsLimit ? CountBits(values, least, (int)words) : CountSorted(values);
    }

    static long CountBits(ReadOnlySpan<long> values, long least, int words)
    {
        if (_set is null || _set.Length < words) _set = new ulong[words];
        var set = _set;
        var count = 0L;
        foreach (var value in values)
        {
            var place = (int)(value - least);
            var bit = (set[place / WordBits] >> place) & 1;
            set[place / WordBits] |= 1UL << place;
            count += (long)(bit ^ 1);
        }
        foreach (var value in values) set[(int)(value - least) / WordBits] = 0;
        return count;
    }

    static long CountSorted(Span<long> values)
    {
        values.Sort();
        var count = 1L;
        for (var i = 1; i < values.Length; i++)
            if (values[i] != values[i - 1]) count++;
        return count;
    }
}

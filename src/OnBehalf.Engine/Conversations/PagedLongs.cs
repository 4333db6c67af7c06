namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Whole numbers that are usually from 0 to 2^32 - 2, as facts are counted and seconds until the year 2106, or else the largest
/// of all, as <see cref="JoinKeys.Undated"/> is: four bytes each. Once one is another, eight bytes each.
/// </summary>
/// <param name="expected">How many there may be; it saves growing.</param>
/// <param name="spill">Where pages go that are not at hand; null: all are.</param>
sealed class PagedLongs(int expected, Spill? spill)
{
    readonly PagedInts _low = new(expected, spill);
    PagedInts? _high;

    /// <summary>The number at a place; 0 until it is set.</summary>
    public long this[int place]
    {
        get => Swap(unchecked((long)(uint)_low[place] | (_high is { } high ? (long)high[place] << 32 : 0)));
        set
        {
            var swapped = Swap(value);
            _low[place] = unchecked((int)swapped);
            if (_high is null && swapped >> 32 == 0) return;
            _high ??= new(expected, spill);
            _high[place] = unchecked((int)(swapped >> 32));
        }
    }

    // The largest number of 32 bits and the largest of all change places.
    static long Swap(long number) => number switch
    {
        long.MaxValue => uint.MaxValue,
        uint.MaxValue => long.MaxValue,
        _ => number,
    };
}

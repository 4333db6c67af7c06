namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Whole numbers that are usually from 0 to 2^32 - 2, as facts are counted and seconds until the year 2106, or else the largest
/// of all, as <see cref="JoinKeys.Undated"/> is: four bytes each. Once one is another, eight bytes each.
/// </summary>
/// <param name="room">How many there may be.</param>
sealed class SmallLongs(int room)
{
    uint[]? _small = new uint[room]; // The largest stands for the largest.
    long[] _large = [];

    /// <summary>How many there is room for.</summary>
    public int Room => _small?.Length ?? _large.Length;

    /// <summary>The number at a place; 0 until it is set.</summary>
    public long this[int place]
    {
        get => _small is { } small ? ToLong(small[place]) : _large[place];
        set
        {
            if (_small is { } small && (value is >= 0 and < uint.MaxValue or long.MaxValue)) small[place] = unchecked((uint)value);
            else SetLarge(place, value);
        }
    }

    /// <summary>Makes room for more.</summary>
    public void Grow(int room)
    {
        if (_small is null) Array.Resize(ref _large, room);
        else Array.Resize(ref _small, room);
    }

    static long ToLong(uint small) => small == uint.MaxValue ? long.MaxValue : small;

    void SetLarge(int place, long value)
    {
        if (_small is { } small) (_large, _small) = (Array.ConvertAll(small, ToLong), null);
        _large[place] = value;
    }
}

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Whole numbers that are usually from 0 to 2^32 - 1, as facts are counted and seconds until the year 2106: four bytes each.
/// Once one is not, eight bytes each.
/// </summary>
/// <param name="room">How many there may be.</param>
sealed class SmallLongs(int room)
{
    uint[]? _small = new uint[room];
    long[] _large = [];

    /// <summary>How many there is room for.</summary>
    public int Room => _small?.Length ?? _large.Length;

    /// <summary>The number at a place; 0 until it is set.</summary>
    public long this[int place]
    {
        get => _small is { } small ? small[place] : _large[place];
        set
        {
            if (_small is { } small && value is >= 0 and <= uint.MaxValue) small[place] = (uint)value;
            else SetLarge(place, value);
        }
    }

    /// <summary>Makes room for more.</summary>
    public void Grow(int room)
    {
        if (_small is null) Array.Resize(ref _large, room);
        else Array.Resize(ref _small, room);
    }

    void SetLarge(int place, long value)
    {
        if (_small is { } small) (_large, _small) = (Array.ConvertAll(small, number => (long)number), null);
        _large[place] = value;
    }
}

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Whole numbers by place, 0 until they are set: all in one array, or, where there is a <see cref="Spill"/>, in pages of which only
/// some are at hand.
/// </summary>
sealed class PagedInts
{
    readonly Spill? _spill;
    readonly int _bits;
    int[] _all; // Without a spill.

    // With one: the pages at hand, one after another in one array, since many arrays would leave gaps between them.
    readonly int[] _room;
    readonly int[] _pageIn; // One more than the page that lies there, or 0.
    int[] _roomOf = []; // By page: one more than where in the room it lies, or 0.
    long[] _spilled = []; // By page: one more than its number in the spill, or 0.
    int _oldest; // Where in the room the page lies that has been there longest.

    /// <param name="expected">How many there may be; it saves growing.</param>
    /// <param name="spill">Where pages go that are not at hand; null: all numbers are.</param>
    public PagedInts(int expected, Spill? spill)
    {
        _spill = spill;
        if (spill is null)
        {
            (_all, _room, _pageIn) = (new int[Math.Max(expected, 16)], [], []);
            return;
        }
        _bits = spill.PageBits;
        var pages = Math.Clamp((expected >> _bits) + 1, 1, spill.PagesAtHand);
        (_all, _room, _pageIn) = ([], new int[pages << _bits], new int[pages]);
    }

    /// <summary>The number at a place.</summary>
    public int this[int place]
    {
        get
        {
            var all = _all;
            return (uint)place < (uint)all.Length ? all[place] : _room[AtHand(place)];
        }
        set
        {
            var all = _all;
            if ((uint)place < (uint)all.Length) all[place] = value;
            else if (_spill is null) Grow(place)[place] = value;
            else _room[AtHand(place)] = value;
        }
    }

    /// <summary>The numbers at places that were all set: as they lie, or copied from their pages.</summary>
    /// <param name="start">The first place.</param>
    /// <param name="count">How many.</param>
    /// <param name="copy">Room for a copy, which grows.</param>
    public ReadOnlySpan<int> Read(int start, int count, ref int[] copy)
    {
        if (_spill is null) return _all.AsSpan(start, count);
        if (copy.Length < count) copy = new int[Math.Max(count, 64)];
        for (var i = 0; i < count; i++) copy[i] = this[start + i];
        return copy.AsSpan(0, count);
    }

    /// <summary>Brings the numbers at places that were all set into an order.</summary>
    /// <param name="start">The first place.</param>
    /// <param name="count">How many.</param>
    /// <param name="order">Asked of other lists only: what it fetches must not move these.</param>
    /// <param name="copy">Room for a copy, which grows.</param>
    public void Sort(int start, int count, Comparison<int> order, ref int[] copy)
    {
        if (_spill is null)
        {
            _all.AsSpan(start, count).Sort(order);
            return;
        }
        Read(start, count, ref copy);
        copy.AsSpan(0, count).Sort(order);
        for (var i = 0; i < count; i++) this[start + i] = copy[i];
    }

    int[] Grow(int place)
    {
        Array.Resize(ref _all, Math.Max(place + 1, checked(_all.Length * 2)));
        return _all;
    }

    // Where in the room a number lies.
    int AtHand(int place)
    {
        if (_spill is null) throw new ArgumentOutOfRangeException(nameof(place), place, "Nothing was set there.");
        var page = place >> _bits;
        var room = page < _roomOf.Length && _roomOf[page] is > 0 and var at ? at - 1 : Fetch(_spill, page);
        return (room << _bits) | (place & ((1 << _bits) - 1));
    }

    int Fetch(Spill spill, int page)
    {
        if (page >= _roomOf.Length)
        {
            Array.Resize(ref _roomOf, Math.Max(page + 1, _roomOf.Length * 2));
            Array.Resize(ref _spilled, _roomOf.Length);
        }
        var room = _oldest;
        _oldest = (room + 1) % _pageIn.Length;
        var numbers = _room.AsSpan(room << _bits, 1 << _bits);
        if (_pageIn[room] > 0) Put(spill, _pageIn[room] - 1, numbers);
        if (_spilled[page] == 0) numbers.Clear();
        else spill.Take(_spilled[page] - 1, numbers);
        (_pageIn[room], _roomOf[page]) = (page + 1, room + 1);
        return room;
    }

    void Put(Spill spill, int page, ReadOnlySpan<int> numbers)
    {
        if (_spilled[page] == 0) _spilled[page] = spill.NextPage() + 1;
        spill.Put(_spilled[page] - 1, numbers);
        _roomOf[page] = 0;
    }
}

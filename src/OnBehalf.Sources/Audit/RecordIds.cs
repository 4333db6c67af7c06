using System.Runtime.InteropServices;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// Which records were seen before. Of sends every id is kept, 16 bytes each, so no send comes twice. Of all other
/// operations only as many ids as fit: there a repeat is a count and nothing else.
/// </summary>
sealed class RecordIds
{
    /// <summary>
    /// How many ids of other operations are surely remembered, the last ones seen; at most twice as many. A repeat
    /// from farther back is not counted as one. 8 bytes of each are kept: among half a million the chance of one false
    /// repeat in a billion records is about one in 40.
    /// </summary>
    public const int Remembered = 1 << 19;

    readonly HashSet<Guid> _sends = [];
    HashSet<long> _recent = [];
    HashSet<long> _older = [];

    /// <summary>Whether this send is new.</summary>
    public bool AddSend(Guid id) => _sends.Add(id);

    /// <summary>Whether this record of another operation is new, as far as is remembered; without an id it always is.</summary>
    public bool AddOther(Guid id)
    {
        if (id == Guid.Empty) return true;
        var halves = MemoryMarshal.Cast<Guid, long>(new ReadOnlySpan<Guid>(in id));
        // Exchange's ids share most of their second half; its odd multiple spreads what differs.
        var half = unchecked(halves[0] ^ (halves[1] * -7046029254386353131L));
        if (_older.Contains(half) || !_recent.Add(half)) return false;
        if (_recent.Count < Remembered) return true;
        (_recent, _older) = (_older, _recent);
        _recent.Clear();
        return true;
    }
}

using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Keys that messages name and that are not here yet: most mail comes after what it answers, so that few are left to be
/// looked for once everything was read.
/// </summary>
/// <param name="limit">How many are kept: 24 bytes each.</param>
sealed class WantedKeys(int limit)
{
    const int PageLength = 2_048; // 48 KB.

    readonly List<(MessageKey Key, int Sighting, int Rank)[]> _pages = [];
    int _count;

    /// <summary>Whether there were more than are kept; then none are, and everything has to be read again.</summary>
    public bool AreTooMany => _count > limit;

    /// <summary>Notes one.</summary>
    public void Add(MessageKey key, int sighting, int rank)
    {
        if (AreTooMany) return;
        if (_count == limit)
        {
            _count++;
            _pages.Clear();
            return;
        }
        if (_count % PageLength == 0 && _count / PageLength == _pages.Count) _pages.Add(new (MessageKey, int, int)[PageLength]);
        _pages[_count / PageLength][_count % PageLength] = (key, sighting, rank);
        _count++;
    }

    /// <summary>All of them, in the order in which they came.</summary>
    public IEnumerable<(MessageKey Key, int Sighting, int Rank)> All()
    {
        for (var i = 0; i < _count && !AreTooMany; i++) yield return _pages[i / PageLength][i % PageLength];
    }

    /// <summary>Forgets them, and keeps the room.</summary>
    public void Clear() => _count = 0;
}

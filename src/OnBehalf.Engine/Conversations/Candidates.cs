using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Messages by what others may be joined to them by: 24 bytes each, sorted once. A dictionary of lists takes two hundred,
/// and every message of an Exchange mailbox has a conversationIndex.
/// </summary>
/// <param name="expected">How many there may be: a list that doubles would hold twice that.</param>
sealed class Candidates(int expected)
{
    readonly List<(MessageKey Key, int Ordinal)> _entries = [];

    public void Add(MessageKey key, int ordinal)
    {
        if (_entries.Count == 0) _entries.EnsureCapacity(expected);
        _entries.Add((key, ordinal));
    }

    /// <summary>Once everything is added; in the order of keys, then of messages.</summary>
    public void Sort(Comparison<int> inOrder) => _entries.Sort((a, b) =>
        a.Key.CompareTo(b.Key) is var byKey && byKey != 0 ? byKey : inOrder(a.Ordinal, b.Ordinal));

    /// <summary>The last message of this key that comes before another message, or -1.</summary>
    public int LastBefore(MessageKey key, int ordinal, Comparison<int> inOrder)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var (other, candidate) = _entries[middle];
            var comparison = other.CompareTo(key);
            if (comparison < 0 || (comparison == 0 && inOrder(candidate, ordinal) < 0)) low = middle + 1;
            else high = middle;
        }
        return low > 0 && _entries[low - 1].Key == key ? _entries[low - 1].Ordinal : -1;
    }
}

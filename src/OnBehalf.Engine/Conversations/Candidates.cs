using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Messages by what others may be joined to them by: 48 bytes each, sorted once. A dictionary of lists takes two hundred,
/// and every message of an Exchange mailbox has a conversationIndex.
/// </summary>
/// <param name="parts">Of one part of all keys only those that belong to it are kept and found.</param>
sealed class Candidates(KeyParts parts)
{
    readonly List<(MessageKey Key, long At, MessageKey Own, int Message)> _entries = [];

    public void Add(int part, MessageKey key, int sighting, MessageKey own)
    {
        if (parts.Of(key) != part) return;
        if (_entries.Count == 0) _entries.EnsureCapacity(parts.Expected); // A list that doubles would hold twice that.
        _entries.Add((key, 0, own, sighting));
    }

    /// <summary>Once everything is added; in the order of keys, then of messages: time, then key.</summary>
    /// <param name="repeats">Which message a sighting is of.</param>
    /// <param name="at">By message.</param>
    public void Sort(RepeatedSightings repeats, PagedLongs at)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var message = repeats.MessageOf(_entries[i].Message);
            _entries[i] = _entries[i] with { At = at[message], Message = message };
        }
        _entries.Sort(static (a, b) => a.Key.CompareTo(b.Key) is var byKey && byKey != 0 ? byKey : (a.At, a.Own).CompareTo((b.At, b.Own)));
    }

    /// <summary>The last message of this key that comes before another message, or -1.</summary>
    public int LastBefore(int part, MessageKey key, long at, MessageKey own)
    {
        if (parts.Of(key) != part) return -1;
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var entry = _entries[middle];
            var comparison = entry.Key.CompareTo(key);
            if (comparison < 0 || (comparison == 0 && (entry.At, entry.Own).CompareTo((at, own)) < 0)) low = middle + 1;
            else high = middle;
        }
        return low > 0 && _entries[low - 1].Key == key ? _entries[low - 1].Message : -1;
    }
}

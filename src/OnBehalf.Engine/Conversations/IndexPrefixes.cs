using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Finds the message that a conversationIndex continues. Each reply adds five bytes to the index of what it answers
/// (MS-OXOMSG 2.2.1.3); the blocks are opaque, since clients disagree about the time in them.
/// </summary>
/// <param name="expected">How many messages there are.</param>
sealed class IndexPrefixes(int expected)
{
    /// <summary>Bytes of the header: reserved byte, time, GUID.</summary>
    const int Header = 22;

    /// <summary>Bytes that a reply adds.</summary>
    const int Level = 5;

    readonly Candidates _byIndex = new(expected);

    public void Add(ReadOnlySpan<byte> index, int ordinal)
    {
        if (index.Length >= Header) _byIndex.Add(KeyOf(index), ordinal);
    }

    public void Sort(Comparison<int> compare) => _byIndex.Sort(compare);

    /// <summary>The latest earlier message whose index is the longest proper prefix of this one, or -1.</summary>
    public int LongestProperPrefix(ReadOnlySpan<byte> index, int ordinal, Comparison<int> compare)
    {
        for (var length = index.Length - Level; length >= Header; length -= Level)
            if (_byIndex.LastBefore(KeyOf(index[..length]), ordinal, compare) is var earlier and >= 0) return earlier;
        return -1;
    }

    // A hundred and twenty-eight bits stand for the bytes, as they do for a Message-ID.
    static MessageKey KeyOf(ReadOnlySpan<byte> index)
    {
        var (high, low) = Fingerprint.Wide(index);
        return new(high, low);
    }
}

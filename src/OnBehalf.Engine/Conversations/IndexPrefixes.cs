namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Finds the message that a conversationIndex continues. Each reply adds five bytes to the index of what it answers
/// (MS-OXOMSG 2.2.1.3); the blocks are opaque, since clients disagree about the time in them.
/// </summary>
sealed class IndexPrefixes
{
    /// <summary>Bytes of the header: reserved byte, time, GUID.</summary>
    const int Header = 22;

    /// <summary>Bytes that a reply adds.</summary>
    const int Level = 5;

    readonly Dictionary<byte[], List<int>> _byIndex = new(new BytesComparer());

    public void Add(ReadOnlySpan<byte> index, int ordinal)
    {
        if (index.Length < Header) return;
        var lookup = _byIndex.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(index, out var ordinals)) lookup[index] = ordinals = [];
        ordinals.Add(ordinal);
    }

    public void Sort(Comparison<int> compare)
    {
        foreach (var ordinals in _byIndex.Values) ordinals.Sort(compare);
    }

    /// <summary>The latest earlier message whose index is the longest proper prefix of this one, or -1.</summary>
    public int LongestProperPrefix(ReadOnlySpan<byte> index, int ordinal, Comparison<int> compare)
    {
        var lookup = _byIndex.GetAlternateLookup<ReadOnlySpan<byte>>();
        for (var length = index.Length - Level; length >= Header; length -= Level)
            if (lookup.TryGetValue(index[..length], out var ordinals)
                && ConversationBuilder.LastBefore(ordinals, ordinal, compare) is var earlier and >= 0)
                return earlier;
        return -1;
    }

    sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> bytes)
        {
            var hash = new HashCode();
            hash.AddBytes(bytes);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

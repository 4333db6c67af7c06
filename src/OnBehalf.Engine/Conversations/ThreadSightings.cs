namespace OnBehalf.Engine.Conversations;

/// <summary>
/// The sightings that say by conversationIndex or conversationId to which conversation they belong. In mail of the internet they are
/// few: then they are kept, and nothing else has to be read again for them.
/// </summary>
/// <param name="limit">How many are kept: some 160 bytes each.</param>
sealed class ThreadSightings(int limit)
{
    readonly List<(int Sighting, JoinKeys Read)> _all = [];

    /// <summary>Whether all that were noted are kept.</summary>
    public bool AreAll { get; private set; } = true;

    /// <summary>Those kept, in their order, without what they answer.</summary>
    public IReadOnlyList<(int Sighting, JoinKeys Read)> All => _all;

    /// <summary>Notes one.</summary>
    public void Note(int sighting, in JoinKeys read)
    {
        if (!AreAll) return;
        if (_all.Count == limit)
        {
            AreAll = false;
            _all.Clear();
            _all.TrimExcess();
            return;
        }
        // Whoever reads may overwrite the lists of one sighting with those of the next.
        _all.Add((sighting, read with { InReplyTo = default, References = default, ConversationIndex = read.ConversationIndex.ToArray() }));
    }
}

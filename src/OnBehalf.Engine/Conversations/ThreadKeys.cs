using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>The conversationIndexes and conversationIds of a part of the keys, and whose they are.</summary>
/// <param name="parts">Of one part of all keys only those that belong to it are kept and found.</param>
sealed class ThreadKeys(KeyParts parts)
{
    /// <summary>By conversationIndex, as <see cref="IndexPrefixes.KeyOf"/>.</summary>
    public Candidates Indexes { get; } = new(parts);

    /// <summary>By conversationId and subject.</summary>
    public Candidates Guids { get; } = new(parts);

    /// <summary>Adds what a sighting says.</summary>
    public void Add(int part, int sighting, in JoinKeys read)
    {
        if (IndexPrefixes.Has(read)) Indexes.Add(part, IndexPrefixes.KeyOf(read.ConversationIndex.Span), sighting, read.Key);
        if (!read.ConversationGuid.IsNone) Guids.Add(part, GuidAndSubject(read), sighting, read.Key);
    }

    /// <summary>Once everything is added and every message has its number.</summary>
    /// <param name="repeats">Which message a sighting is of.</param>
    /// <param name="at">By message.</param>
    public void Sort(RepeatedSightings repeats, PagedLongs at)
    {
        Indexes.Sort(repeats, at);
        Guids.Sort(repeats, at);
    }

    /// <summary>Topics meet in one conversationId; with the subject they are told apart.</summary>
    public static MessageKey GuidAndSubject(in JoinKeys message) => new(
        message.ConversationGuid.High, Fingerprint.Join(message.ConversationGuid.Low, message.Subject));
}

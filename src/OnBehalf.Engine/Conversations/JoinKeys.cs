using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// What joining messages into conversations needs of one sighting, and no more: ten million of these are streamed
/// from the store without holding a fact in memory.
/// </summary>
public readonly struct JoinKeys
{
    /// <summary>The fact.</summary>
    public required long FactId { get; init; }

    /// <summary>Identity of the message.</summary>
    public required MessageKey Key { get; init; }

    /// <summary>Seconds since 1970 UTC; <see cref="Undated"/> without a readable date.</summary>
    public required long At { get; init; }

    /// <summary>Chooses among sightings of one message, and breaks ties, the same way in any order of arrival.</summary>
    public ulong Digest { get; init; }

    /// <summary>Keys of In-Reply-To, in order.</summary>
    public ReadOnlyMemory<MessageKey> InReplyTo { get; init; }

    /// <summary>Keys of References, in order.</summary>
    public ReadOnlyMemory<MessageKey> References { get; init; }

    /// <summary>conversationIndex as bytes; empty when unknown.</summary>
    public ReadOnlyMemory<byte> ConversationIndex { get; init; }

    /// <summary>The last 16 bytes of conversationId; none when unknown.</summary>
    public MessageKey ConversationGuid { get; init; }

    /// <summary>The normalised subject as a number; see <see cref="Subjects.KeyOf"/>.</summary>
    public ulong Subject { get; init; }

    /// <summary>The time of a message without a readable date: it sorts after all others.</summary>
    public const long Undated = long.MaxValue;
}

using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Attributions;

/// <summary>A message with what is known of its author.</summary>
/// <param name="Joined">The message in its conversation.</param>
/// <param name="Direction">Inbound or outbound.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Author">
/// Who wrote it, as a person: the requester of an inbound message, the known agent of an outbound one, else none.
/// </param>
/// <param name="Attribution">Who wrote an outbound message, with all evidence; null for inbound ones.</param>
public readonly record struct AttributedMessage(
    JoinedMessage Joined, Direction Direction, Kind Kind, AddressId Author, Attribution? Attribution)
{
    /// <summary>The message.</summary>
    public MessageFact Fact => Joined.Fact;

    /// <summary>Seconds since 1970 UTC; <see cref="JoinKeys.Undated"/> without a readable date.</summary>
    public long At { get; } = Joined.Fact.At is { } at ? at.ToUnixTimeSeconds() : JoinKeys.Undated; // Asked for again and again.

    /// <summary>Whether it can open or answer a wait at all.</summary>
    public bool IsHuman => Kind == Kind.Human && At != JoinKeys.Undated;
}

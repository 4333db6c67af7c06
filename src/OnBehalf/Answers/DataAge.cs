using OnBehalf.Engine.Facts;

namespace OnBehalf.Answers;

/// <summary>How old what we know of a mailbox is.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Name">Its address.</param>
/// <param name="First">Its first message, seconds since 1970 UTC.</param>
/// <param name="Newest">Its newest message, seconds since 1970 UTC.</param>
/// <param name="Messages">How many there are.</param>
/// <param name="ReadAt">When mail was last read to its end, seconds since 1970 UTC; null when that is not known.</param>
public sealed record DataAge(AddressId Mailbox, string Name, long First, long Newest, long Messages, long? ReadAt);

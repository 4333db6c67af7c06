using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Segments;

/// <summary>The findings of one mailbox and month as packed columns, as they are stored and replaced whole.</summary>
/// <param name="Mailbox">The mailbox's primary address.</param>
/// <param name="Month">Months since January 1970, UTC.</param>
/// <param name="Part">From 0: a busy month has several parts.</param>
/// <param name="Rows">How many findings are in it.</param>
/// <param name="MinAt">Time of the earliest finding, seconds since 1970 UTC.</param>
/// <param name="MaxAt">Time of the latest finding, seconds since 1970 UTC.</param>
/// <param name="Bytes">The columns.</param>
public sealed record PackedSegment(
    AddressId Mailbox, int Month, int Part, int Rows, long MinAt, long MaxAt, byte[] Bytes);

using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>From when, by which clock and with which days findings are looked at.</summary>
/// <param name="AsOf">Nothing later is known, seconds since 1970 UTC.</param>
/// <param name="Clock">The clock of durations.</param>
/// <param name="AuditGrace">Seconds for which a missing audit record may still come.</param>
/// <param name="ClocksOf">The clocks of a mailbox, for waits that are still open.</param>
/// <param name="Days">The local days of the range.</param>
sealed record Viewpoint(
    long AsOf, Clock Clock, long AuditGrace, Func<AddressId, WaitClocks> ClocksOf, Lazy<TimeSteps> Days);

using NodaTime;

namespace OnBehalf.Engine.Setups;

/// <summary>How far the audit log was read by one of its interfaces.</summary>
public sealed record AuditReading
{
    /// <summary>What the interface is called.</summary>
    public required string Source { get; init; }

    /// <summary>How long it keeps records: seven days, or half a year.</summary>
    public required Duration Kept { get; init; }

    /// <summary>When it was asked for the first time.</summary>
    public required Instant AskedAt { get; init; }

    /// <summary>What it answered the last time, when that was no answer; null when all was well.</summary>
    public string? Problem { get; init; }
}

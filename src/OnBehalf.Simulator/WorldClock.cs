namespace OnBehalf.Simulator;

/// <summary>
/// Virtual time: starts at a chosen instant and stands still until it is moved, or runs with another clock.
/// A tenant and its reader that share one see the same present.
/// </summary>
/// <param name="start">The first instant.</param>
/// <param name="runsWith">The clock whose passing is added; null to stand still.</param>
public sealed class WorldClock(DateTimeOffset start, TimeProvider? runsWith = null) : TimeProvider
{
    readonly long _began = runsWith?.GetTimestamp() ?? 0;
    long _movedTicks;

    /// <summary>The present.</summary>
    public override DateTimeOffset GetUtcNow() =>
        start + TimeSpan.FromTicks(Interlocked.Read(ref _movedTicks)) + (runsWith?.GetElapsedTime(_began) ?? TimeSpan.Zero);

    /// <summary>Moves the present forward.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref _movedTicks, by.Ticks);
}

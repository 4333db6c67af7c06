namespace OnBehalf.Workers;

/// <summary>
/// A world's clock for those who wait: waits of a minute and less pass a hundred times faster, so that throttling by a
/// pretend tenant costs nobody time. Longer ones, which are patience, are as long as ever.
/// </summary>
sealed class HurriedClock(TimeProvider world) : TimeProvider
{
    const int Haste = 100;
    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => System.GetTimestamp() * Haste;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime <= LongestWait && dueTime > TimeSpan.Zero ? dueTime / Haste : dueTime, period);
}

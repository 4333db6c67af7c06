namespace OnBehalf.Tests.Walks;

/// <summary>
/// Office hours worked out day by day with the framework's own zones: eight to five on working days. Seconds since 1970 UTC.
/// </summary>
sealed class TrueHours
{
    readonly List<(long Start, long End)> _open = [];

    public TrueHours(Truth truth, long from, long to)
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById(truth.Zone);
        var last = DayOf(to).AddDays(31);
        for (var day = DayOf(from).AddDays(-1); day <= last; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !truth.Closed.Contains(day))
                _open.Add((At(day, 8), At(day, 17)));
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>Open seconds between two instants.</summary>
    public long Between(long from, long to) =>
        _open.Sum(period => Math.Max(0, Math.Min(to, period.End) - Math.Max(from, period.Start)));

    /// <summary>The first instant at which so many open seconds have passed.</summary>
    public long After(long from, long seconds)
    {
        foreach (var (start, end) in _open)
        {
            var open = Math.Max(0, end - Math.Max(from, start));
            if (open >= seconds) return Math.Max(from, start) + seconds;
            seconds -= open;
        }
        throw new InvalidOperationException("The hours were not worked out so far.");
    }

    /// <summary>When a local day begins.</summary>
    public long StartOf(DateOnly day) => At(day, 0);

    public DateOnly DayOf(long at) => DateOnly.FromDateTime(LocalOf(at));

    public DateTime LocalOf(long at) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(at), Zone).DateTime;

    long At(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUnixTimeSeconds();
    }
}

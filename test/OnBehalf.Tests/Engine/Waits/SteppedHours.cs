using NodaTime;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>
/// The same rule as the engine's clock, told slowly: look at the wall clock at every step and ask whether a period of
/// today or of last night is running.
/// </summary>
sealed class SteppedHours(IReadOnlyList<Schedule> schedules)
{
    public long Count(long from, long to, int step)
    {
        var open = 0L;
        for (var at = from; at < to; at += step) if (IsOpen(Instant.FromUnixTimeSeconds(at))) open += step;
        return open;
    }

    public bool IsOpen(Instant at)
    {
        if (schedules.Count == 0) return true;
        var first = schedules.MinBy(s => s.ValidFrom ?? LocalDate.MinIsoValue)!;
        if (first.ValidFrom is { } beginning && at.InZone(first.Zone).Date < beginning) return true;
        return schedules.Any(schedule => IsOpen(schedule, at.InZone(schedule.Zone).LocalDateTime));
    }

    bool IsOpen(Schedule schedule, LocalDateTime shown) =>
        Begins(schedule, shown.Date).Any(p => shown.TimeOfDay >= p.Start && (p.End <= p.Start || shown.TimeOfDay < p.End))
        || Begins(schedule, shown.Date.PlusDays(-1)).Any(p => p.End <= p.Start && shown.TimeOfDay < p.End);

    IEnumerable<(LocalTime Start, LocalTime End)> Begins(Schedule schedule, LocalDate date)
    {
        var valid = schedules.Where(s => s.ValidFrom is null || s.ValidFrom <= date)
            .MaxBy(s => s.ValidFrom ?? LocalDate.MinIsoValue);
        if (!ReferenceEquals(valid, schedule)) return [];
        return schedule.Holidays.SingleOrDefault(h => h.Date == date)?.Hours
            ?? schedule.Week.Where(p => p.Day == date.DayOfWeek).Select(p => (p.Start, p.End));
    }
}

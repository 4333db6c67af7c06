using NodaTime;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Waits;

/// <summary>
/// One schedule and the local dates it applies to, as plain numbers: days since 1970 and seconds of the day, where an
/// end after midnight is more than a day.
/// </summary>
sealed class Timetable
{
    const int DaySeconds = 86_400;

    static readonly (int Start, int End)[][] OpenAllWeek = [.. Enumerable.Repeat(new[] { (0, DaySeconds) }, 8)];

    readonly DateTimeZone _zone;
    readonly long _firstDay;
    readonly long _endDay;
    // By weekday, Monday is 1.
    readonly (int Start, int End)[][] _week;
    readonly Dictionary<long, (int Start, int End)[]> _holidays;

    Timetable(
        DateTimeZone zone, long firstDay, long endDay,
        (int Start, int End)[][] week, Dictionary<long, (int Start, int End)[]> holidays)
    {
        _zone = zone;
        _firstDay = firstDay;
        _endDay = endDay;
        _week = week;
        _holidays = holidays;
    }

    /// <summary>
    /// The timetables of schedules in any order. Of schedules with the same date of validity, and of holidays on the
    /// same date, the last one counts.
    /// </summary>
    public static Timetable[] Of(IReadOnlyList<Schedule> schedules)
    {
        var ordered = schedules.OrderBy(FirstDayOf).ToList();
        var timetables = new List<Timetable>();
        if (ordered.Count > 0 && ordered[0].ValidFrom is not null)
            timetables.Add(new(ordered[0].Zone, long.MinValue, FirstDayOf(ordered[0]), OpenAllWeek, []));
        for (var i = 0; i < ordered.Count; i++)
        {
            var endDay = i + 1 < ordered.Count ? FirstDayOf(ordered[i + 1]) : long.MaxValue;
            timetables.Add(new(
                ordered[i].Zone, FirstDayOf(ordered[i]), endDay, WeekOf(ordered[i]), HolidaysOf(ordered[i])));
        }
        return [.. timetables];
    }

    /// <summary>Adds the open spans between two instants, in seconds since 1970 UTC.</summary>
    public void AddTo(List<(long Start, long End)> spans, long from, long to)
    {
        // Between two changes of the zone's offset the wall clock runs evenly, so every such part is simple by itself.
        foreach (var part in _zone.GetZoneIntervals(Instant.FromUnixTimeSeconds(from), Instant.FromUnixTimeSeconds(to)))
        {
            var start = part.HasStart ? Math.Max(from, part.Start.ToUnixTimeSeconds()) : from;
            var end = part.HasEnd ? Math.Min(to, part.End.ToUnixTimeSeconds()) : to;
            AddPart(spans, start, end, part.WallOffset.Seconds);
        }
    }

    void AddPart(List<(long Start, long End)> spans, long start, long end, int offset)
    {
        // The day before may reach into the first day.
        var firstDay = Math.Max(_firstDay, DayOf(start + offset) - 1);
        var endDay = Math.Min(_endDay, DayOf(end - 1 + offset) + 1);
        for (var day = firstDay; day < endDay; day++)
        {
            var midnight = day * DaySeconds - offset;
            foreach (var period in HoursOf(day))
            {
                var opens = Math.Max(start, midnight + period.Start);
                var closes = Math.Min(end, midnight + period.End);
                if (opens < closes) spans.Add((opens, closes));
            }
        }
    }

    // 1970-01-01 was a Thursday. Days before 1970 matter only as the eve of the first one.
    (int Start, int End)[] HoursOf(long day) =>
        _holidays.TryGetValue(day, out var hours) ? hours : _week[(day + 10) % 7 + 1];

    // Offsets are less than a day, so one day more keeps the division away from negative numbers.
    static long DayOf(long localSeconds) => (localSeconds + DaySeconds) / DaySeconds - 1;

    static long FirstDayOf(Schedule schedule) =>
        schedule.ValidFrom is { } date ? DayNumberOf(date) : long.MinValue;

    static long DayNumberOf(LocalDate date) => Period.DaysBetween(Epoch, date);

    static readonly LocalDate Epoch = new(1970, 1, 1);

    static (int Start, int End)[][] WeekOf(Schedule schedule)
    {
        var week = new (int Start, int End)[8][];
        for (var day = 0; day < week.Length; day++)
            week[day] = [.. schedule.Week.Where(p => (int)p.Day == day).Select(p => SecondsOf(p.Start, p.End))];
        return week;
    }

    static Dictionary<long, (int Start, int End)[]> HolidaysOf(Schedule schedule)
    {
        var holidays = new Dictionary<long, (int Start, int End)[]>();
        foreach (var holiday in schedule.Holidays)
            holidays[DayNumberOf(holiday.Date)] = [.. holiday.Hours.Select(h => SecondsOf(h.Start, h.End))];
        return holidays;
    }

    static (int Start, int End) SecondsOf(LocalTime start, LocalTime end)
    {
        var (first, last) = (SecondOf(start), SecondOf(end));
        return (first, end <= start ? last + DaySeconds : last);
    }

    // Fractions of a second are dropped.
    static int SecondOf(LocalTime time) => (int)(time.NanosecondOfDay / NodaConstants.NanosecondsPerSecond);
}

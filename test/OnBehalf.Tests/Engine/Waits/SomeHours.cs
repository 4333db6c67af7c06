using NodaTime;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>Seeded schedules and stretches of time, many of them around a change of the zone's offset.</summary>
sealed class SomeHours(int seed)
{
    const int Day = 86_400;

    static readonly DateTimeZone[] Zones = [.. new[]
    {
        "Europe/Prague", "America/New_York", "Europe/Tallinn", "Pacific/Chatham", "Australia/Lord_Howe",
        "Asia/Kathmandu", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "Antarctica/Troll", "UTC",
    }.Select(id => DateTimeZoneProviders.Tzdb[id])];

    public Random Random { get; } = new(seed);

    public DateTimeZone Zone() => Zones[Random.Next(Zones.Length)];

    /// <summary>The start of some days, on a whole minute: half of the times a change of the offset is among them.</summary>
    public long Start(DateTimeZone zone, int days)
    {
        var at = Random.NextInt64(OpenTime.First, OpenTime.End - days * Day);
        var change = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(at));
        if (Random.Next(2) == 0 && change.HasEnd) at = change.End.ToUnixTimeSeconds() - Random.Next(days * Day);
        return Math.Clamp(at, OpenTime.First, OpenTime.End - days * Day) / 60 * 60;
    }

    /// <summary>When the offset of the zone changes, seconds since 1970 UTC; any minute where it does not change any more.</summary>
    public long Change(DateTimeZone zone)
    {
        var at = Random.NextInt64(OpenTime.First + Day, OpenTime.End - Day) / 60 * 60;
        var interval = zone.GetZoneInterval(Instant.FromUnixTimeSeconds(at));
        return interval.HasEnd && interval.End.ToUnixTimeSeconds() is var change && change < OpenTime.End - Day ? change : at;
    }

    /// <summary>One to three schedules that follow each other around some days.</summary>
    public List<Schedule> Schedules(DateTimeZone zone, long start, int days)
    {
        var date = Instant.FromUnixTimeSeconds(start).InZone(zone).Date;
        var schedules = new List<Schedule>();
        for (var i = Random.Next(3); i >= 0; i--)
            schedules.Add(Schedule(
                Random.Next(3) == 0 ? Zone() : zone, date, days,
                i == 0 && Random.Next(2) == 0 ? null : date.PlusDays(i * days / 3 + Random.Next(-1, 1))));
        return schedules;
    }

    public Schedule Schedule(DateTimeZone zone, LocalDate date, int days, LocalDate? validFrom)
    {
        var week = Enumerable.Range(0, Random.Next(12)).Select(_ => Period()).ToList();
        var dates = Enumerable.Range(0, Random.Next(4)).Select(_ => date.PlusDays(Random.Next(-1, days + 1))).Distinct();
        Holiday[] holidays = [.. dates.Select(d => new Holiday(d, "", Random.Next(2) == 0 ? [] : [Hours()]))];
        return new(zone, week, holidays, validFrom);
    }

    public OpenPeriod Period()
    {
        var (start, end) = Hours();
        return new((IsoDayOfWeek)Random.Next(1, 8), start, end);
    }

    // Often on the hour and at night, where clocks change; an end at or before the start is on the next day.
    (LocalTime Start, LocalTime End) Hours() => (Time(), Time());

    LocalTime Time() => Random.Next(3) switch
    {
        0 => new(Random.Next(24), 0),
        1 => new(Random.Next(5), Random.Next(60)),
        _ => new(Random.Next(24), Random.Next(60)),
    };
}

using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>Days and hours are those of the wall clock, whatever it does.</summary>
public class TimeStepsLaws
{
    static readonly string[] Zones =
    [
        "Europe/Prague", "America/New_York", "Europe/Tallinn", "Pacific/Chatham", "Australia/Lord_Howe", "Asia/Kathmandu",
        "America/Havana", "Pacific/Apia", "UTC",
    ];

    [Theory]
    [InlineData("Europe/Prague", "2026-03-29", 23)]
    [InlineData("Europe/Prague", "2026-10-25", 25)]
    [InlineData("America/New_York", "2026-03-08", 23)]
    [InlineData("America/New_York", "2026-11-01", 25)]
    [InlineData("Europe/Tallinn", "2026-03-29", 23)]
    [InlineData("Europe/Tallinn", "2026-10-25", 25)]
    [InlineData("Pacific/Chatham", "2026-09-27", 23)]
    [InlineData("Pacific/Chatham", "2026-04-05", 25)]
    [InlineData("Australia/Lord_Howe", "2026-10-04", 23.5)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", 24.5)]
    [InlineData("Asia/Kathmandu", "2026-03-29", 24)]
    [InlineData("Asia/Kathmandu", "1986-01-01", 23.75)]
    public void A_day_has_as_many_hours_as_its_zone_gives_it(string zone, string date, double hours)
    {
        var (from, to) = Range(zone, date, 1);
        var days = Steps(TimeUnit.Day, zone, from - 86_400, to + 86_400);
        var day = days.StepOf(from);

        Assert.Equal((from, to, date), (days.StartOf(day), days.EndOf(day), days.TextOf(day)));
        Assert.Equal(hours * 3600, to - from);
        var wall = Steps(TimeUnit.Hour, zone, from, to);
        Assert.Equal(to - from, Enumerable.Range(0, wall.Count).Sum(h => wall.EndOf(h) - wall.StartOf(h)));
        Assert.Equal(wall.Count, Enumerable.Range(0, wall.Count).Select(wall.TextOf).Distinct().Count());
    }

    [Fact]
    public void The_hour_that_a_night_has_twice_is_two()
    {
        var (from, to) = Range("Europe/Prague", "2026-10-25", 1);
        var hours = Steps(TimeUnit.Hour, "Europe/Prague", from, to);

        Assert.Equal(
            ["2026-10-25T01", "2026-10-25T02+02", "2026-10-25T02+01", "2026-10-25T03"],
            Enumerable.Range(1, 4).Select(hours.TextOf));
    }

    [Fact]
    public void Every_instant_is_in_the_step_that_its_wall_clock_says()
    {
        var random = new Random(1);
        foreach (var zone in Zones)
            foreach (var unit in Enum.GetValues<TimeUnit>())
            {
                var from = Instant.FromUtc(2011, 11, 20, 3, 7).ToUnixTimeSeconds();
                var to = Instant.FromUtc(2014, 1, 3, 5, 11).ToUnixTimeSeconds();
                var steps = Steps(unit, zone, from, to);
                for (var i = 0; i < 2000 / Share.Divisor; i++)
                {
                    // Around every start, too.
                    var near = steps.StartOf(random.Next(steps.Count)) + random.Next(-1, 2);
                    var at = Math.Clamp(i % 2 == 0 ? near : random.NextInt64(from, to), from, to - 1);
                    var step = steps.StepOf(at);
                    Assert.InRange(at, steps.StartOf(step), steps.EndOf(step) - 1);
                    Assert.StartsWith(Plain(unit, zone, at), steps.TextOf(steps.CodeOf(at)), StringComparison.Ordinal);
                }
                Assert.Equal(from, steps.StartOf(0));
                Assert.Equal(to, steps.EndOf(steps.Count - 1));
            }
    }

    [Fact]
    public void The_years_end_is_where_the_zone_has_it()
    {
        foreach (var zone in Zones)
        {
            var (from, to) = Range(zone, "2026-12-31", 2);
            var years = Steps(TimeUnit.Year, zone, from, to);
            Assert.Equal(["2026", "2027"], Enumerable.Range(0, years.Count).Select(years.TextOf));
            Assert.Equal(Range(zone, "2027-01-01", 1).From, years.StartOf(1));
            Assert.Equal(["2026-12-28"], Enumerable.Range(0, 1).Select(Steps(TimeUnit.Week, zone, from, to).TextOf));
            Assert.Equal("2026-Q4", Steps(TimeUnit.Quarter, zone, from, to).TextOf(0));
        }
    }

    [Fact]
    public void A_date_that_a_zone_left_out_is_no_step()
    {
        // Samoa went from 29 to 31 December 2011.
        var (from, to) = (Range("Pacific/Apia", "2011-12-29", 1).From, Range("Pacific/Apia", "2012-01-01", 1).To);
        var days = Steps(TimeUnit.Day, "Pacific/Apia", from, to);

        Assert.Equal(["2011-12-29", "2011-12-31", "2012-01-01"], Enumerable.Range(0, days.Count).Select(days.TextOf));
    }

    [Fact]
    public void Too_many_steps_are_refused_by_name_of_the_field() =>
        Assert.StartsWith("granularity", Assert.Throws<Mistake>(
            () => Steps(TimeUnit.Hour, "UTC", 0, 4_000_000_000)).Message, StringComparison.Ordinal);

    static string Plain(TimeUnit unit, string zone, long at)
    {
        var local = Instant.FromUnixTimeSeconds(at).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime;
        return unit switch
        {
            TimeUnit.Hour => $"{local:uuuu-MM-dd'T'HH}",
            TimeUnit.Day => $"{local:uuuu-MM-dd}",
            TimeUnit.Week => $"{local.Date.PlusDays(1).Previous(IsoDayOfWeek.Monday):uuuu-MM-dd}",
            TimeUnit.Month => $"{local:uuuu-MM}",
            TimeUnit.Quarter => $"{local:uuuu}-Q{(local.Month + 2) / 3}",
            TimeUnit.Year => $"{local:uuuu}",
            TimeUnit.Weekday => local.DayOfWeek.ToString()[..3],
            _ => $"{local.DayOfWeek.ToString()[..3]} {local:HH}",
        };
    }

    static TimeSteps Steps(TimeUnit unit, string zone, long from, long to) =>
        new(unit, from, to, DateTimeZoneProviders.Tzdb[zone]);

    static (long From, long To) Range(string zone, string date, int days)
    {
        var first = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        var (from, to) = MetricQuery.RangeOf(first, first.PlusDays(days), DateTimeZoneProviders.Tzdb[zone]);
        return (from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
    }
}

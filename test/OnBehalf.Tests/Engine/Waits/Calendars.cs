using NodaTime;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>Holidays, dates of validity, and the edges of the range.</summary>
public class Calendars
{
    const string Zone = "Europe/Prague";

    [Theory]
    // Thu 24 December 2026 is short, Fri 25 December is closed.
    [InlineData("Mon-Fri 09:00-17:00", "Wed 2026-12-23 16:00", "Mon 2026-12-28 10:00", "5:00:00")]
    // A night shift belongs to the evening on which it begins: Wednesday's runs into the 24th …
    [InlineData("Mon-Fri 22:00-06:00", "Wed 2026-12-23 20:00", "Thu 2026-12-24 08:00", "8:00:00")]
    // … the 24th has other hours, so no night shift begins, and the 25th none at all.
    [InlineData("Mon-Fri 22:00-06:00", "Thu 2026-12-24 08:00", "Mon 2026-12-28 22:00", "3:00:00")]
    public void A_holiday_changes_what_begins_on_its_date(string week, string received, string answered, string open)
    {
        var clock = Wall.Clock(Zone, week, "2026-12-24 09:00-12:00 Short\n2026-12-25 Closed");

        Assert.Equal(open, Wall.Length(clock.Between(Wall.At(Zone, received), Wall.At(Zone, answered))));
    }

    [Fact]
    public void A_holiday_may_open_a_closed_day_over_midnight()
    {
        var clock = Wall.Clock(Zone, "Mon-Fri 09:00-17:00", "2026-12-26 22:00-02:00 Fair");

        Assert.Equal("4:00:00", Wall.Length(clock.Between(
            Wall.At(Zone, "Sat 2026-12-26 00:00"), Wall.At(Zone, "Mon 2026-12-28 09:00"))));
    }

    [Fact]
    public void Hours_that_a_night_shift_reaches_into_are_counted_once()
    {
        var clock = Wall.Clock(Zone, "Mon-Wed 22:00-06:00", "2026-12-24 05:00-07:00 Early");

        Assert.Equal("9:00:00", Wall.Length(clock.Between(
            Wall.At(Zone, "Wed 2026-12-23 12:00"), Wall.At(Zone, "Thu 2026-12-24 12:00"))));
    }

    [Fact]
    public void A_new_schedule_begins_with_what_begins_on_its_first_date()
    {
        var clock = new OpenTime(
        [
            // In any order.
            ScheduleText.Parse(Zone, "Mon-Fri 08:00-09:00", validFrom: new(2026, 1, 14)),
            ScheduleText.Parse(Zone, "Mon-Fri 22:00-06:00"),
        ]);

        // Tuesday's night shift runs to its end on Wednesday, on which only the new hour begins.
        Assert.Equal("9:00:00", Wall.Length(clock.Between(
            Wall.At(Zone, "Tue 2026-01-13 12:00"), Wall.At(Zone, "Thu 2026-01-15 00:00"))));
    }

    [Fact]
    public void Before_the_first_schedule_is_valid_nothing_is_defined_which_is_calendar_time()
    {
        var clock = new OpenTime([ScheduleText.Parse(Zone, "Mon-Fri 09:00-17:00", validFrom: new(2026, 1, 14))]);

        Assert.Equal("25:00:00", Wall.Length(clock.Between(
            Wall.At(Zone, "Mon 2026-01-12 23:00"), Wall.At(Zone, "Wed 2026-01-14 09:00"))));
        Assert.Equal("26:00:00", Wall.Length(clock.Between(
            Wall.At(Zone, "Mon 2026-01-12 23:00"), Wall.At(Zone, "Wed 2026-01-14 10:00"))));
    }

    [Fact]
    public void A_schedule_in_another_zone_takes_over_at_its_own_midnight()
    {
        var clock = new OpenTime(
        [
            ScheduleText.Parse(Zone, "Mon-Fri 09:00-17:00"),
            ScheduleText.Parse("America/New_York", "Mon-Fri 09:00-17:00", validFrom: new(2026, 1, 14)),
        ]);

        Assert.Equal(Wall.At("America/New_York", "Wed 2026-01-14 09:30"),
            clock.DueAt(Wall.At(Zone, "Tue 2026-01-13 16:30"), 3600));
    }

    [Fact]
    public void Nothing_defined_is_calendar_time()
    {
        var clock = new OpenTime([]);

        Assert.True(clock.IsCalendar);
        Assert.True(clock.IsOpen(0));
        Assert.Equal(12345, clock.Between(1000, 13345));
        Assert.Equal(13345, clock.DueAt(1000, 12345));
        Assert.Equal(OpenTime.End, clock.DueAt(1000, OpenTime.End - 1000));
        Assert.Null(clock.DueAt(1000, OpenTime.End - 999));
        Assert.Null(clock.DueAt(1000, long.MaxValue));
        Assert.Equal([(1000L, 13345L)], clock.Periods(1000, 13345));
    }

    [Fact]
    public void Hours_that_never_open_are_never_due()
    {
        var clock = Wall.Clock(Zone, "never");

        Assert.Null(clock.DueAt(Wall.Utc("2026-01-01T00:00:00Z"), 1));
        Assert.Equal(1000, clock.DueAt(1000, 0));
        Assert.Equal(0, clock.Between(OpenTime.First, OpenTime.End));
        Assert.True(clock.IsOutOfHours(0, OpenTime.End));
    }

    [Fact]
    public void Hours_that_never_close_are_calendar_time_from_the_first_second_to_the_last()
    {
        foreach (var zone in new[] { "UTC", "Pacific/Kiritimati", "Etc/GMT+12", Zone })
        {
            var clock = Wall.Clock(zone, "always");
            Assert.Equal(OpenTime.End, clock.Between(OpenTime.First, OpenTime.End));
            Assert.Equal(OpenTime.End, clock.DueAt(OpenTime.First, OpenTime.End));
            Assert.Null(clock.DueAt(OpenTime.First + 1, OpenTime.End));
            Assert.True(clock.IsOpen(OpenTime.First));
        }
    }

    [Fact]
    public void Instants_outside_1970_to_2100_are_refused_and_the_end_is_not_before_the_beginning()
    {
        var clock = Wall.Clock(Zone, "always");

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Between(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Between(0, OpenTime.End + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.IsOpen(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.DueAt(OpenTime.End + 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.DueAt(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Periods(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Periods(0, OpenTime.End + 1));
        Assert.Empty(clock.Periods(2000, 1000));
        Assert.Empty(clock.Periods(2000, 2000));
        Assert.Equal(0, clock.Between(2000, 1000));
    }

    [Fact]
    public void A_wait_that_begins_at_closing_time_is_out_of_hours_and_one_that_begins_a_second_earlier_is_not()
    {
        var clock = Wall.Clock(Zone, "Mon-Fri 09:00-17:00");
        var closing = Wall.At(Zone, "Tue 2026-01-13 17:00");

        Assert.True(clock.IsOutOfHours(closing, closing + 60));
        Assert.True(clock.IsOutOfHours(closing, closing));
        Assert.False(clock.IsOutOfHours(closing - 1, closing));
        Assert.False(clock.IsOutOfHours(closing - 1, closing - 1));
    }

    [Fact]
    public void Fractions_of_a_second_in_hours_are_dropped()
    {
        var late = new LocalTime(9, 0).PlusMilliseconds(900);
        var clock = new OpenTime([new(DateTimeZone.Utc, [new(IsoDayOfWeek.Tuesday, late, new(10, 0))], [])]);

        Assert.Equal(3600, clock.Between(Wall.Utc("2026-01-13T00:00:00Z"), Wall.Utc("2026-01-14T00:00:00Z")));
    }

    [Fact]
    public void Threads_may_share_a_clock()
    {
        var clock = Wall.Clock(Zone, "Mon-Fri 09:00-12:00, 13:00-17:00");
        var alone = Wall.Clock(Zone, "Mon-Fri 09:00-12:00, 13:00-17:00");
        var totals = new long[4];

        Parallel.For(0, totals.Length, i =>
        {
            for (var year = 0; year < 130; year++)
                totals[i] += clock.Between(year * 31_000_000L + i, year * 31_000_000L + 30_000_000L);
        });

        for (var i = 0; i < totals.Length; i++)
            Assert.Equal(Enumerable.Range(0, 130).Sum(
                year => alone.Between(year * 31_000_000L + i, year * 31_000_000L + 30_000_000L)), totals[i]);
    }
}

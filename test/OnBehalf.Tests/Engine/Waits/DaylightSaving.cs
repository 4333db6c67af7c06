using NodaTime;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>
/// Clock changes. Cases: hours on both sides of a change (each side catches a clock that stays on the other side's
/// offset); a night shift over a change; hours inside the change itself; a zone that changes its offset for good, that
/// skips a day, that has seconds in its offset; the year's end.
/// </summary>
public class DaylightSaving
{
    [Theory]
    // Spring: two hours of Saturday evening are open, and Sunday after the change.
    [InlineData("Europe/Prague", "Sat 2026-03-28 21:00", "Sun 2026-03-29 05:00", "2:00:00", "7:00:00")]
    [InlineData("America/New_York", "Sat 2026-03-07 21:00", "Sun 2026-03-08 05:00", "2:00:00", "7:00:00")]
    [InlineData("Europe/Tallinn", "Sat 2026-03-28 21:00", "Sun 2026-03-29 05:00", "2:00:00", "7:00:00")]
    [InlineData("Pacific/Chatham", "Sat 2026-09-26 21:00", "Sun 2026-09-27 05:00", "2:00:00", "7:00:00")]
    [InlineData("Australia/Lord_Howe", "Sat 2026-10-03 21:00", "Sun 2026-10-04 05:00", "2:00:00", "7:30:00")]
    // Autumn.
    [InlineData("Europe/Prague", "Sat 2026-10-24 21:00", "Sun 2026-10-25 05:00", "2:00:00", "9:00:00")]
    [InlineData("America/New_York", "Sat 2026-10-31 21:00", "Sun 2026-11-01 05:00", "2:00:00", "9:00:00")]
    [InlineData("Europe/Tallinn", "Sat 2026-10-24 21:00", "Sun 2026-10-25 05:00", "2:00:00", "9:00:00")]
    [InlineData("Pacific/Chatham", "Sat 2026-04-04 21:00", "Sun 2026-04-05 05:00", "2:00:00", "9:00:00")]
    [InlineData("Australia/Lord_Howe", "Sat 2026-04-04 21:00", "Sun 2026-04-05 05:00", "2:00:00", "8:30:00")]
    // Nothing changes in Kathmandu, a quarter of an hour off the half hours.
    [InlineData("Asia/Kathmandu", "Sat 2026-03-28 21:00", "Sun 2026-03-29 05:00", "2:00:00", "8:00:00")]
    public void Hours_on_both_sides_of_a_change_are_where_the_wall_clock_says(
        string zone, string received, string answered, string open, string elapsed)
    {
        var clock = Wall.Clock(zone, "Sat 20:00-22:00; Sun 04:00-12:00");
        var (from, to) = (Wall.At(zone, received), Wall.At(zone, answered));

        Assert.Equal(open, Wall.Length(clock.Between(from, to)));
        Assert.Equal(elapsed, Wall.Length(OpenTime.Always.Between(from, to)));
        Assert.Equal(to, clock.DueAt(from, clock.Between(from, to)));
    }

    [Theory]
    [InlineData("Europe/Prague", "Sat 2026-03-28 20:00", "7:00:00")]
    [InlineData("Europe/Prague", "Sat 2026-10-24 20:00", "9:00:00")]
    [InlineData("America/New_York", "Sat 2026-03-07 20:00", "7:00:00")]
    [InlineData("America/New_York", "Sat 2026-10-31 20:00", "9:00:00")]
    [InlineData("Europe/Tallinn", "Sat 2026-03-28 20:00", "7:00:00")]
    [InlineData("Europe/Tallinn", "Sat 2026-10-24 20:00", "9:00:00")]
    [InlineData("Pacific/Chatham", "Sat 2026-09-26 20:00", "7:00:00")]
    [InlineData("Pacific/Chatham", "Sat 2026-04-04 20:00", "9:00:00")]
    [InlineData("Australia/Lord_Howe", "Sat 2026-10-03 20:00", "7:30:00")]
    [InlineData("Australia/Lord_Howe", "Sat 2026-04-04 20:00", "8:30:00")]
    [InlineData("Asia/Kathmandu", "Sat 2026-03-28 20:00", "8:00:00")]
    public void A_night_shift_over_a_change_is_as_long_as_it_really_was(string zone, string eve, string open)
    {
        var from = Wall.At(zone, eve);

        Assert.Equal(open, Wall.Length(Wall.Clock(zone, "Sat 22:00-06:00").Between(from, from + 24 * 3600)));
    }

    [Theory]
    // Prague, 29 March 2026: 02:00 becomes 03:00 at 01:00Z.
    [InlineData("Europe/Prague", "02:30-03:30", "2026-03-29", "0:30:00")]
    [InlineData("Europe/Prague", "02:00-03:00", "2026-03-29", "0:00:00")]
    [InlineData("Europe/Prague", "02:15-02:45", "2026-03-29", "0:00:00")]
    [InlineData("Europe/Prague", "01:30-02:30", "2026-03-29", "0:30:00")]
    [InlineData("Europe/Prague", "01:30-03:30", "2026-03-29", "1:00:00")]
    // Prague, 25 October 2026: 03:00 becomes 02:00 at 01:00Z.
    [InlineData("Europe/Prague", "02:00-03:00", "2026-10-25", "2:00:00")]
    [InlineData("Europe/Prague", "02:15-02:45", "2026-10-25", "1:00:00")]
    [InlineData("Europe/Prague", "01:30-02:30", "2026-10-25", "1:30:00")]
    [InlineData("Europe/Prague", "02:30-03:30", "2026-10-25", "1:30:00")]
    // Lord Howe: 02:00 becomes 02:30 on 4 October, and 01:30 on 5 April.
    [InlineData("Australia/Lord_Howe", "02:00-03:00", "2026-10-04", "0:30:00")]
    [InlineData("Australia/Lord_Howe", "01:00-02:00", "2026-04-05", "1:30:00")]
    public void Hours_inside_a_change_are_open_while_the_wall_clock_shows_them(
        string zone, string hours, string date, string open)
    {
        var noon = Wall.At(zone, $"Sun {date} 12:00");

        Assert.Equal(open, Wall.Length(Wall.Clock(zone, $"Sun {hours}").Between(noon - 24 * 3600, noon)));
    }

    [Fact]
    public void A_time_that_happens_twice_is_open_twice_and_closed_between()
    {
        var clock = Wall.Clock("Europe/Prague", "Sun 01:30-02:30");

        string[] shown = [.. new[]
        {
            "2026-10-24T23:29:59Z", "2026-10-24T23:30:00Z", "2026-10-25T00:29:59Z", "2026-10-25T00:30:00Z",
            "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z", "2026-10-25T01:29:59Z", "2026-10-25T01:30:00Z",
        }.Select(at => $"{at[11..19]} {(clock.IsOpen(Wall.Utc(at)) ? "open" : "closed")}")];

        Assert.Equal(
        [
            "23:29:59 closed", "23:30:00 open", "00:29:59 open", "00:30:00 closed",
            "00:59:59 closed", "01:00:00 open", "01:29:59 open", "01:30:00 closed",
        ], shown);
    }

    [Fact]
    public void Kathmandu_moved_by_a_quarter_of_an_hour_when_1986_began()
    {
        var clock = Wall.Clock("Asia/Kathmandu", "Tue 18:00-20:00; Wed 00:00-01:00");
        var (from, to) = (Wall.Utc("1985-12-31T13:00:00Z"), Wall.Utc("1985-12-31T19:00:00Z"));

        // Tuesday 18:30 to 20:00 at +05:30; Wednesday began at 00:15 and its hour ended at 01:00 of +05:45, 19:15Z.
        Assert.Equal("2:00:00", Wall.Length(clock.Between(from, to)));
        Assert.Equal(Wall.Utc("1985-12-31T19:15:00Z"), clock.DueAt(from, 2 * 3600 + 900));
        Assert.Equal("2:15:00", Wall.Length(clock.Between(from, Wall.Utc("1986-01-01T00:00:00Z"))));
    }

    [Fact]
    public void Apia_had_no_30th_of_December_in_2011()
    {
        var (from, to) = (Wall.Utc("2011-12-28T00:00:00Z"), Wall.Utc("2012-01-02T00:00:00Z"));

        Assert.Equal("0:00:00", Wall.Length(Wall.Clock("Pacific/Apia", "Fri 00:00-24:00").Between(from, to)));
        Assert.Equal("24:00:00", Wall.Length(Wall.Clock("Pacific/Apia", "Thu 00:00-24:00").Between(from, to)));
    }

    [Fact]
    public void Monrovia_was_44_minutes_and_30_seconds_behind_until_1972()
    {
        var clock = Wall.Clock("Africa/Monrovia", "Tue 09:00-10:00");

        Assert.Equal(Wall.Utc("1971-06-01T09:44:31Z"), clock.DueAt(Wall.Utc("1971-06-01T00:00:00Z"), 1));
    }

    [Theory]
    [InlineData("Europe/Prague")]
    [InlineData("America/New_York")]
    [InlineData("Europe/Tallinn")]
    [InlineData("Pacific/Chatham")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    public void The_last_night_of_the_year_is_a_night_like_any_other(string zone)
    {
        var clock = Wall.Clock(zone, "Thu 22:00-06:00; Fri 09:00-17:00");
        var (from, to) = (Wall.At(zone, "Thu 2026-12-31 23:00"), Wall.At(zone, "Fri 2027-01-01 10:00"));

        Assert.Equal("8:00:00", Wall.Length(clock.Between(from, to)));
        Assert.Equal(Wall.At(zone, "Fri 2027-01-01 09:30"), clock.DueAt(from, 7 * 3600 + 1800));
    }
}

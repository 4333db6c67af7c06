using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>The worked examples of docs/metrics.md that are about clocks, row by row.</summary>
public class ClockExamples
{
    const string Zone = "Europe/Prague";
    const string Office = "Mon-Fri 09:00-17:00";

    [Theory]
    [InlineData(Office, "Tue 2026-01-13 16:30", "Wed 2026-01-14 10:30", "mailbox 2:00:00, calendar 18:00:00")]
    [InlineData(Office, "Tue 2026-01-13 20:00", "Wed 2026-01-14 09:15", "mailbox 0:15:00, calendar 13:15:00")]
    [InlineData(Office, "Fri 2026-01-16 16:30", "Mon 2026-01-19 09:15", "mailbox 0:45:00, calendar 64:45:00")]
    [InlineData(Office, "Sat 2026-01-17 12:00", "Mon 2026-01-19 10:00", "mailbox 1:00:00, calendar 46:00:00")]
    [InlineData(Office, "Sat 2026-01-17 10:00", "Sun 2026-01-18 11:00",
        "mailbox 0:00:00, calendar 25:00:00, out of hours")]
    [InlineData("Mon-Fri 08:00-17:00", "Tue 2026-01-13 13:00", "Tue 2026-01-13 21:00",
        "mailbox 4:00:00, calendar 8:00:00")]
    [InlineData("Mon-Fri 08:00-17:00", "Tue 2026-01-13 07:00", "Tue 2026-01-13 08:05",
        "mailbox 0:05:00, calendar 1:05:00")]
    [InlineData("Mon-Fri 08:00-17:00", "Tue 2026-01-13 16:00", "Tue 2026-01-13 18:27",
        "mailbox 1:00:00, calendar 2:27:00")]
    [InlineData("Mon-Fri 08:00-17:00", "Tue 2026-01-13 18:00", "Tue 2026-01-13 18:27",
        "mailbox 0:00:00, calendar 0:27:00, out of hours")]
    [InlineData("Mon-Fri 07:00-21:00", "Sun 2026-01-18 09:00", "Mon 2026-01-19 08:00",
        "mailbox 1:00:00, calendar 23:00:00")]
    [InlineData("Mon-Fri 09:00-12:00, 13:00-17:00", "Tue 2026-01-13 11:30", "Tue 2026-01-13 13:30",
        "mailbox 1:00:00, calendar 2:00:00")]
    [InlineData("Mon-Fri 08:00-17:00; Sat 08:00-12:00", "Fri 2026-01-16 16:00", "Sat 2026-01-17 09:00",
        "mailbox 2:00:00, calendar 17:00:00")]
    public void A_wait_is_as_long_as_the_row_says(string week, string received, string answered, string expected)
    {
        var (from, to) = (Wall.At(Zone, received), Wall.At(Zone, answered));
        var clock = Wall.Clock(Zone, week);

        var mailbox = Wall.Length(clock.Between(from, to));
        var calendar = Wall.Length(OpenTime.Always.Between(from, to));
        var flag = clock.IsOutOfHours(from, to) ? ", out of hours" : "";

        Assert.Equal(expected, $"mailbox {mailbox}, calendar {calendar}{flag}");
    }

    [Fact]
    public void Three_letters_and_a_reply_are_twenty_calendar_minutes()
    {
        var first = Wall.At(Zone, "Tue 2026-01-13 01:00");
        var reply = Wall.At(Zone, "Tue 2026-01-13 01:20");

        Assert.Equal("0:20:00", Wall.Length(OpenTime.Always.Between(first, reply)));
    }

    [Fact]
    public void An_hour_promised_on_Friday_at_half_past_four_is_due_on_Monday_at_half_past_nine()
    {
        var start = Wall.At(Zone, "Fri 2026-01-16 16:30");

        var promise = Sla.PromiseOf(new(7, "Quick", 3600, null), isFirst: true, start, Wall.Clock(Zone, Office));

        Assert.Equal(new Promise(7, 3600, Wall.At(Zone, "Mon 2026-01-19 09:30"),
            Wall.At(Zone, "Mon 2026-01-19 09:18") + 1), promise);
    }

    [Fact]
    public void Every_wait_has_three_clocks_and_an_agent_without_hours_has_the_mailbox_s()
    {
        var (anna, boris) = (new AddressId(1), new AddressId(2));
        var clocks = new WaitClocks(new()
        {
            Mailbox = new(3),
            Roles = new([], []),
            Hours = [ScheduleText.Parse(Zone, Office)],
            AgentHours = new Dictionary<AddressId, IReadOnlyList<Schedule>>
            {
                [anna] = [ScheduleText.Parse("America/New_York", Office)],
            },
        });
        var (from, to) = (Wall.At(Zone, "Tue 2026-01-13 16:00"), Wall.At(Zone, "Tue 2026-01-13 18:00"));

        Assert.Equal(new Clocks(7200, 3600, 7200), clocks.Measure(from, to, anna));
        Assert.Equal(new Clocks(7200, 3600, 3600), clocks.Measure(from, to, boris));
        Assert.Equal(new Clocks(7200, 3600, 3600), clocks.Measure(from, to, AddressId.None));
    }
}

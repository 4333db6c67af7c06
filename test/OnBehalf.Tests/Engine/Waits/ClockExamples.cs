using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>When a promise is due, and whose hours count. The worked examples of docs/metrics.md are in Examples.</summary>
public class ClockExamples
{
    const string Zone = "Europe/Prague";
    const string Office = "Mon-Fri 09:00-17:00";

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

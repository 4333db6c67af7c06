using NodaTime;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>What holds for every clock. The seed in a failing test's name is all it takes to see it again.</summary>
public class OpenTimeLaws
{
    const int Days = 9;
    const int Day = 86_400;

    public static IEnumerable<TheoryDataRow<int>> Seeds => Enumerable.Range(1, 150 / Share.Divisor).Select(s => new TheoryDataRow<int>(s));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Open_time_is_what_looking_at_the_wall_clock_every_minute_counts(int seed)
    {
        var some = new SomeHours(seed);
        var zone = some.Zone();
        var start = some.Start(zone, Days);
        var schedules = some.Schedules(zone, start, Days);
        var from = start + some.Random.Next(Day / 60) * 60;
        var to = start + Days * Day - some.Random.Next(Day / 60) * 60;

        Assert.Equal(new SteppedHours(schedules).Count(from, to, 60), new OpenTime(schedules).Between(from, to));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_second_around_a_change_is_open_as_the_wall_clock_says(int seed)
    {
        var some = new SomeHours(seed);
        var zone = some.Zone();
        var from = some.Change(zone) - some.Random.Next(300);
        var to = from + some.Random.Next(2, 600);
        var schedules = some.Schedules(zone, from, Days);
        var clock = new OpenTime(schedules);
        var stepped = new SteppedHours(schedules);

        Assert.Equal(stepped.Count(from, to, 1), clock.Between(from, to));
        for (var at = from; at < to; at += 7)
            Assert.Equal(stepped.IsOpen(Instant.FromUnixTimeSeconds(at)), clock.IsOpen(at));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Open_time_adds_up_and_is_never_more_than_calendar_time(int seed)
    {
        var some = new SomeHours(seed);
        var zone = some.Zone();
        var clock = new OpenTime(some.Schedules(zone, some.Start(zone, Days), Days));
        for (var i = 0; i < 20; i++)
        {
            long[] at = [some.Start(zone, Days), some.Start(zone, Days) + i, some.Start(zone, Days) + 31 * i];
            Array.Sort(at);

            Assert.Equal(clock.Between(at[0], at[2]), clock.Between(at[0], at[1]) + clock.Between(at[1], at[2]));
            Assert.InRange(clock.Between(at[0], at[2]), 0, at[2] - at[0]);
            Assert.Equal(clock.IsOpen(at[0]) ? 1 : 0, clock.Between(at[0], at[0] + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Periods_are_the_open_seconds_in_order_joined_where_they_touch(int seed)
    {
        var some = new SomeHours(seed);
        var zone = some.Zone();
        var clock = new OpenTime(some.Schedules(zone, some.Start(zone, Days), Days));
        var from = some.Start(zone, Days) + some.Random.Next(Day);
        var to = from + some.Random.Next(4 * Day);

        var periods = clock.Periods(from, to);

        Assert.Equal(clock.Between(from, to), periods.Sum(period => period.End - period.Start));
        Assert.All(periods, period =>
        {
            Assert.InRange(period.Start, from, period.End - 1);
            Assert.InRange(period.End, period.Start + 1, to);
            Assert.Equal(period.End - period.Start, clock.Between(period.Start, period.End));
        });
        Assert.All(periods.Zip(periods.Skip(1)), two => Assert.True(two.First.End < two.Second.Start));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Due_is_the_first_instant_at_which_the_open_time_reaches_the_target(int seed)
    {
        var some = new SomeHours(seed);
        var zone = some.Zone();
        var clock = new OpenTime(some.Schedules(zone, some.Start(zone, Days), Days));
        for (var i = 0; i < 20; i++)
        {
            var from = some.Start(zone, Days) + some.Random.Next(60);
            // Every third is what is open until some instant: when that one is closed, the target is reached as a period ends.
            var target = i % 3 == 0 ? Math.Max(1, clock.Between(from, from + some.Random.Next(Days * Day)))
                : some.Random.NextInt64(1, i % 2 == 0 ? 3 * Day : 900 * Day);
            if (clock.DueAt(from, target) is { } due)
            {
                Assert.Equal(target, clock.Between(from, due));
                Assert.Equal(target - 1, clock.Between(from, due - 1));
            }
            else Assert.True(clock.Between(from, OpenTime.End) < target);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whole_weeks_without_a_change_of_offset_between_shift_nothing(int seed)
    {
        var some = new SomeHours(seed);
        var zone = DateTimeZoneProviders.Tzdb["Europe/Prague"];
        var schedule = new Schedule(zone, [some.Period(), some.Period(), some.Period()], []);
        var clock = new OpenTime([schedule]);
        // The winter from 2026 to 2027 has 22 weeks; a night shift may reach a day further.
        var winter = zone.GetZoneInterval(Instant.FromUtc(2027, 1, 1, 0, 0));
        var from = winter.Start.ToUnixTimeSeconds() + Day + some.Random.Next(7 * Day);
        var to = from + some.Random.Next(7 * Day);

        for (var weeks = 1; weeks <= 18; weeks++)
        {
            var shift = weeks * 7 * Day;
            Assert.True(to + shift < winter.End.ToUnixTimeSeconds());
            Assert.Equal(clock.Between(from, to), clock.Between(from + shift, to + shift));
        }
    }

    [Fact]
    public void A_night_shift_is_whole_wherever_the_clock_keeps_its_stretches()
    {
        Schedule[] schedules = [ScheduleText.Parse("UTC", "Mon-Sun 22:00-06:00")];
        var clock = new OpenTime(schedules);

        // Every midnight of the range: wherever the seams between stretches are, they lie inside one of these days.
        for (var at = OpenTime.First + Day; at < OpenTime.End - Day; at += Day)
        {
            Assert.Equal(8 * 3600, clock.Between(at - Day / 2, at + Day / 2));
            Assert.Equal(at + 6 * 3600, clock.DueAt(at - Day / 2, 8 * 3600));
        }
    }
}

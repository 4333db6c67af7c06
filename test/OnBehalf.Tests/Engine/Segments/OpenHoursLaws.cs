using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Statistics;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Waits of whole hours, so that many reach the edge of a band of ages at the very instant that is looked at.</summary>
public class OpenHoursLaws
{
    const long Monday = 1_704_067_200; // 2024 begins
    const int Hour = 3600;

    static readonly WaitClocks[] Clocks =
    [
        .. new[] { "Mon-Fri 09:00-17:00", "Mon-Sun 06:00-22:00" }.Select(week => new WaitClocks(new MailboxRules
        {
            Mailbox = default, Roles = new([], []), Hours = [ScheduleText.Parse("Etc/UTC", week)],
        })),
    ];

    static readonly Segment[] Boxes =
        [.. Enumerable.Range(0, 2).Select(box => Segment.Open(new MadeSegment().Pack() with { Mailbox = new(box) }))];

    readonly record struct Wait(int Place, GroupKey Key, int Box, long At, long Ended);

    [Theory]
    [InlineData(Clock.Calendar)]
    [InlineData(Clock.Mailbox)]
    public void Ages_are_those_of_each_wait_at_each_instant_whoever_added_it(Clock clock)
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var hours = random.Next(1, 120);
            var plan = new QueryPlan(
                new()
                {
                    Metrics = ["backlog"], Granularity = Granularity.Hour, Clock = clock, From = At(0), To = At(hours), AsOf = At(hours),
                },
                new Addresses(), box => Clocks[box.Value], new Dictionary<AddressId, string>());
            OpenWaits[] halves = [new(plan), new(plan)];
            var waits = Enumerable.Range(0, random.Next(4) == 0 ? 300 : 20).Select(_ => Any(random, hours)).ToList();
            foreach (var wait in waits)
            {
                var half = halves[random.Next(2)];
                half.Open(Boxes[wait.Box]);
                half.Add(wait.Place, wait.Key, wait.At, wait.Ended);
            }
            halves[0].Add(halves[1]);
            var told = new List<string>();
            halves[0].Tell((place, key, step, ages) => told.Add($"{place} {key} {step} {string.Join(' ', ages)}"));

            Assert.Equal(Naive(waits, hours, clock), told.Order(StringComparer.Ordinal));
        }
    }

    static List<string> Naive(List<Wait> waits, int hours, Clock clock) =>
    [
        .. (from step in Enumerable.Range(0, hours)
            let instant = Monday + (step + 1) * Hour
            from wait in waits
            where wait.At <= instant && instant < wait.Ended
            let age = clock == Clock.Calendar ? instant - wait.At : Clocks[wait.Box].Mailbox.Between(wait.At, instant)
            group Histogram.AgeBands.Count(edge => age >= edge) by (wait.Place, wait.Key, step) into ages
            let bands = Enumerable.Range(0, Histogram.AgeBands.Count + 1).Select(band => ages.Count(age => age == band))
            select $"{ages.Key.Place} {ages.Key.Key} {ages.Key.step} {string.Join(' ', bands)}").Order(StringComparer.Ordinal),
    ];

    static Wait Any(Random random, int hours)
    {
        var at = Monday + random.Next(-80, hours + 2) * Hour;
        var key = new GroupKey(random.Next(2), 0, 0, 0);
        return new(random.Next(2), key, random.Next(2), at, random.Next(5) == 0 ? long.MaxValue : at + random.Next(100) * Hour);
    }

    static Instant At(int hour) => Instant.FromUnixTimeSeconds(Monday + hour * Hour);
}

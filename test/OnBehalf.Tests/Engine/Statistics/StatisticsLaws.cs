using OnBehalf.Engine.Statistics;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Statistics;

/// <summary>Percentiles, bands and the curve of what still waits, against the plainest way to work them out.</summary>
public class StatisticsLaws
{
    [Theory]
    // NumPy's percentile of 1, 2, 3, 4 by the linear method.
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(0, 1)]
    [InlineData(1, 4)]
    public void A_percentile_lies_between_two_neighbours_in_proportion(double fraction, double expected) =>
        Assert.Equal(expected, Percentiles.Find([4, 1, 3, 2], fraction)!.Value, 12);

    [Fact]
    public void Percentiles_are_those_of_the_sorted_values()
    {
        for (var seed = 0; seed < 400 / Share.Divisor; seed++)
        {
            var random = new Random(seed);
            var spread = random.Next(4) switch { 0 => 1, 1 => 5, 2 => 1000, _ => int.MaxValue };
            int[] values = [.. Enumerable.Range(0, random.Next(1, 3000)).Select(_ => random.Next(-spread, spread))];
            if (seed % 5 == 0) Array.Sort(values);
            int[] sorted = [.. values.Order()];

            var found = Distribution.Of(values.ToArray())!;

            Assert.Equal(
                [At(sorted, 0.5), At(sorted, 0.75), At(sorted, 0.9), At(sorted, 0.95), At(sorted, 0.99)],
                [found.Median, found.P75, found.P90, found.P95, found.P99]);
            Assert.Equal((sorted[0], sorted[^1], sorted.Length), (found.Least, found.Largest, found.Count));
            Assert.Equal(sorted.Average(v => (double)v), found.Mean, 3);
            var fraction = random.NextDouble();
            Assert.Equal(At(sorted, fraction), Percentiles.Find(values, fraction));
        }
    }

    [Fact]
    public void Extremes_do_not_overflow()
    {
        int[] values = [int.MinValue, int.MaxValue, int.MaxValue, int.MinValue];

        Assert.Equal((-0.5, int.MinValue), (Distribution.Of(values)!.Median, Distribution.Of(values)!.Least));
    }

    [Fact]
    public void Different_values_are_counted_once_wherever_they_lie()
    {
        for (var seed = 0; seed < 400 / Share.Divisor; seed++)
        {
            var random = new Random(seed);
            // Near together and far apart by turns: what was counted before must leave nothing behind.
            var spread = random.Next(4) switch { 0 => 3L, 1 => 500, 2 => 3_000_000, _ => long.MaxValue };
            var from = random.NextInt64(long.MinValue, long.MaxValue - spread);
            long[] values = [.. Enumerable.Range(0, random.Next(600)).Select(_ => random.NextInt64(from, from + spread))];
            if (seed % 7 == 0) values = [.. values, long.MinValue, long.MaxValue];
            var expected = values.ToHashSet().Count;

            Assert.Equal(expected, Different.Count(values));
        }
    }

    [Theory]
    [InlineData(1, 5L)]
    [InlineData(1, 5L, 5L)]
    [InlineData(2, 5L, 4L)]
    [InlineData(2, -5_000_000L, 5_000_000L, 5_000_000L, -5_000_000L)]
    [InlineData(2, long.MaxValue, long.MinValue, long.MaxValue)]
    public void Few_different_values_are_counted_however_far_apart(int expected, params long[] values) =>
        Assert.Equal(expected, Different.Count(values));

    [Fact]
    public void Up_to_four_million_apart_nothing_is_sorted_to_be_counted()
    {
        const long Apart = 4_194_303;
        long[] near = [-1, Apart - 1, 7, -1, 5];
        long[] far = [-1, Apart, 7, -1, 5];

        Assert.Equal((4, 4), (Different.Count(near), Different.Count(far)));
        Assert.Equal([-1, Apart - 1, 7, -1, 5], near);
        Assert.Equal([-1, -1, 5, 7, Apart], far);
    }

    [Fact]
    public async Task A_thread_makes_room_to_count_in_once()
    {
        // A thread of its own, which never counted before.
        var (first, again, allocated) = await Task.Factory.StartNew(
            () =>
            {
                long[] values = [0, 9999, 0, 5000];
                var first = Different.Count(values);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var again = Different.Count(values);
                return (first, again, GC.GetAllocatedBytesForCurrentThread() - before);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal((3L, 3L, 0L), (first, again, allocated));
    }

    [Fact]
    public void Nothing_has_no_distribution_and_no_median()
    {
        Assert.Null(Distribution.Of([]));
        Assert.Null(Percentiles.Find([], 0.5));
        Assert.Null(SurvivalCurve.Median([], []));
    }

    [Fact]
    public void A_band_includes_its_start()
    {
        Assert.Equal([2, 1, 0, 0, 1, 1], Histogram.Of([0, 3599, 3600, 86_400, 259_200], Histogram.AgeBands));
    }

    [Fact]
    public void Every_value_is_in_the_band_between_its_edges()
    {
        for (var seed = 0; seed < 200 / Share.Divisor; seed++)
        {
            var random = new Random(seed);
            int[] edges = [.. Enumerable.Range(0, random.Next(0, 17)).Select(_ => random.Next(-50, 50)).Distinct().Order()];
            if (seed % 4 == 0) edges = [.. Enumerable.Range(0, 16).Select(i => 3 * i)]; // as many as there may be
            int[] values = [.. Enumerable.Range(0, random.Next(200)).Select(_ => random.Next(-60, 60)), int.MinValue, int.MaxValue];
            var expected = new long[edges.Length + 1];
            foreach (var value in values) expected[edges.Count(edge => edge <= value)]++;

            Assert.Equal(expected, Histogram.Of(values, edges));
        }
    }

    [Fact]
    public void Seventeen_edges_are_too_many()
    {
        Assert.Equal(new long[17], Histogram.Of([], [.. Enumerable.Range(0, 16)]));

        var refused = Assert.Throws<ArgumentException>(() => Histogram.Of([], [.. Enumerable.Range(0, 17)]));
        Assert.Equal("There are more than sixteen edges. (Parameter 'edges')", refused.Message);
    }

    [Fact]
    public void Bands_end_where_the_document_says()
    {
        const int Hour = 3600, Day = 86_400;
        Assert.Equal([Hour, 4 * Hour, 8 * Hour, Day, 3 * Day], Histogram.AgeBands);
        Assert.Equal(
            [300, 900, 1800, Hour, 2 * Hour, 4 * Hour, 8 * Hour, Day, 2 * Day, 3 * Day, 7 * Day], Histogram.WaitBands);
    }

    [Fact]
    public void Leaving_hard_mail_open_never_improves_the_censored_median()
    {
        for (var seed = 0; seed < 300 / Share.Divisor; seed++)
        {
            var random = new Random(seed);
            int[] waits = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => random.Next(1, 50))];
            int[] asOf = [.. waits.Select(wait => random.Next(3) == 0 ? random.Next(1, wait + 1) : wait)];
            var open = waits.Zip(asOf).Where(w => w.Second < w.First).Select(w => w.Second).ToArray();
            var ended = waits.Zip(asOf).Where(w => w.Second == w.First).Select(w => w.First).ToArray();

            Assert.Equal(Naive(ended, open), SurvivalCurve.Median(ended, open));
            if (ended.Length == 0) continue;
            // One answer less, one wait more that is open and older than all.
            var slowest = ended.Max();
            int[] fewer = [.. ended.Order().SkipLast(1)];
            var worse = SurvivalCurve.Median(fewer, [.. open, slowest]);
            Assert.True(worse is null || worse >= SurvivalCurve.Median(ended, open));
        }
    }

    [Fact]
    public void Without_open_waits_half_of_the_answers_are_not_slower_than_the_censored_median()
    {
        Assert.Equal(3, SurvivalCurve.Median([5, 3, 1], []));
        Assert.Equal(2, SurvivalCurve.Median([4, 2, 3, 1], []));
        Assert.Null(SurvivalCurve.Median([1, 2], [9, 9, 9]));
        // A textbook case: answered 6, 6, 6, 7, 10, 13, 16, 22, 23; open 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35.
        Assert.Equal(23, SurvivalCurve.Median(
            [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]));
    }

    static int? Naive(int[] ended, int[] open)
    {
        var waiting = 1m;
        foreach (var duration in ended.Distinct().Order())
        {
            var atRisk = ended.Count(e => e >= duration) + open.Count(o => o >= duration);
            waiting *= 1 - (decimal)ended.Count(e => e == duration) / atRisk;
            if (waiting <= 0.5m + 0.0000000000000001m) return duration;
        }
        return null;
    }

    static double At(int[] sorted, double fraction)
    {
        var place = (sorted.Length - 1) * fraction;
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]);
    }
}

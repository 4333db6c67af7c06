using System.Diagnostics;
using System.Globalization;
using NodaTime;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Benchmarks;

/// <summary>Packs ten million findings and asks questions about them: <c>segments [millions]</c>.</summary>
static class SegmentsRun
{
    const int Runs = 15;
    const int Threads = 2;

    static readonly long From = Instant.FromUtc(2025, 6, 2, 0, 0).ToUnixTimeSeconds();
    static readonly long To = From + 90 * 86_400;

    public static void Run(string[] args)
    {
        var millions = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        var world = new SegmentsWorld((int)(millions * 1_000_000));
        var watch = Stopwatch.StartNew();
        var busy = Busy();
        var packed = PackAll(world);
        var (seconds, busySeconds) = (watch.Elapsed.TotalSeconds, (Busy() - busy).TotalSeconds);
        long rows = packed.Sum(p => (long)p.Rows), bytes = packed.Sum(p => (long)p.Bytes.Length);
        Say("rows", $"{rows:N0} in {packed.Count:N0} segments");
        Say("packed, generator included", $"{rows / seconds:N0} rows/s; {rows / busySeconds:N0} a processor second");
        Say("bytes a row", $"{(double)bytes / rows:0.00}");

        watch.Restart();
        Segment[] segments = [.. packed.Select(Segment.Open)];
        Say("opened, checksums included", $"{watch.ElapsedMilliseconds} ms");
        var engine = new SegmentQuery(world.Addresses, _ => world.Clocks);
        var perAgent = Question("response_time", ["agent"]);
        var first = engine.Answer(perAgent, segments);
        Say("90 days by agent, median and p90", MedianOf(() => engine.Answer(perAgent, segments)));
        var withSla = perAgent with { Metrics = ["response_time", "sla_attainment", "sent"], Clock = Clock.Mailbox };
        Say("the same by mailbox clock, with SLA and sent", MedianOf(() => engine.Answer(withSla, segments)));
        var byDay = Question("received", ["mailbox", "day"]);
        Say("90 days, received by mailbox and day", MedianOf(() => engine.Answer(byDay, segments)));
        var backlog = Question("backlog", []) with { Granularity = Granularity.Day };
        Say("90 days, backlog by day", MedianOf(() => engine.Answer(backlog, segments)));
        Segment[] one = [.. segments.Where(s => s.Mailbox == world.Mailbox(17))];
        Say("one mailbox, 90 days by agent", MedianOf(() => engine.Answer(perAgent, one)));
        Say("same as a naive pass", IsExact(world, first) ? "yes" : "NO");
        Say("memory held at most", $"{Process.GetCurrentProcess().PeakWorkingSet64 / 1_048_576} MiB");
    }

    static List<PackedSegment> PackAll(SegmentsWorld world)
    {
        var packed = new List<PackedSegment>[SegmentsWorld.Mailboxes];
        Parallel.For(0, packed.Length, new() { MaxDegreeOfParallelism = Threads }, mailbox =>
            packed[mailbox] = [.. SegmentWriter.Pack(world.Mailbox(mailbox), world.FindingsOf(mailbox))]);
        return [.. packed.SelectMany(p => p)];
    }

    static MetricQuery Question(string metric, string[] dimensions) => new()
    {
        Metrics = [metric],
        Dimensions = dimensions,
        From = Instant.FromUnixTimeSeconds(From),
        To = Instant.FromUnixTimeSeconds(To),
        AsOf = Instant.FromUnixTimeSeconds(SegmentsWorld.End),
    };

    /// <summary>By the clock, and processor time of all threads: on a busy machine only the latter says much.</summary>
    static string MedianOf(Func<MetricResult> ask)
    {
        for (var i = 0; i < 3; i++) ask();
        var (times, work) = (new double[Runs], new double[Runs]);
        for (var i = 0; i < Runs; i++)
        {
            var (watch, busy) = (Stopwatch.StartNew(), Busy());
            ask();
            (times[i], work[i]) = (watch.Elapsed.TotalMilliseconds, (Busy() - busy).TotalMilliseconds);
        }
        Array.Sort(times);
        Array.Sort(work);
        return $"{times[Runs / 2]:0.00} ms; {work[Runs / 2]:0} ms of processors";
    }

    static TimeSpan Busy() => Process.GetCurrentProcess().TotalProcessorTime;

    static bool IsExact(SegmentsWorld world, MetricResult result)
    {
        var waits = Enumerable.Range(0, SegmentsWorld.Mailboxes).AsParallel()
            .SelectMany(mailbox => world.FindingsOf(mailbox).Where(f => f.Response is not null && f.At >= From && f.At < To))
            .Select(f => (Agent: f.Agent.IsNone ? null : world.Addresses[f.Agent], f.Response!.Waited.Calendar))
            .GroupBy(f => f.Agent, f => f.Calendar).ToDictionary(g => g.Key ?? "", g => g.Order().ToArray());
        return waits.Count == result.Rows.Count && result.Rows.All(row =>
            waits.TryGetValue(row.Keys[0] ?? "", out var sorted)
            && row.Figures[0].Distribution is { } found
            && found.Count == sorted.Length && found.Median == At(sorted, 0.5) && found.P90 == At(sorted, 0.9));
    }

    static double At(int[] sorted, double fraction)
    {
        var place = (sorted.Length - 1) * fraction;
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]);
    }

    static void Say(string what, string value) => Console.WriteLine($"{what,-48} {value}");
}

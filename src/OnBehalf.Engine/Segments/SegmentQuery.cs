using System.Runtime.ExceptionServices;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>Answers questions from segments; the only one who does.</summary>
/// <param name="addresses">Every address met; nobody may add to it while a question is answered.</param>
/// <param name="clocksOf">The clocks of a mailbox, for waits that are still open. Called by several threads.</param>
/// <param name="coverages">What was counted over the very same segments before; null: nothing is remembered.</param>
public sealed class SegmentQuery(
    Addresses addresses, Func<AddressId, WaitClocks> clocksOf, CoverageMemory? coverages = null)
{
    /// <summary>How many rows behind a figure are shown at once, at most.</summary>
    public const int TakeLimit = 10_000;

    /// <summary>The names of teams, by agent; nobody is in two.</summary>
    public IReadOnlyDictionary<AddressId, string> Teams { get; init; } = new Dictionary<AddressId, string>();

    // Below this many rows a second thread costs more than it saves.
    const long RowsForThreads = 50_000;

    /// <summary>The figures that a question asks for.</summary>
    /// <param name="query">The question.</param>
    /// <param name="segments">Every segment of the mailboxes asked about, of any month and in any order.</param>
    /// <param name="beforeEach">Called before a segment is read, by several threads; what it throws ends the work.</param>
    /// <exception cref="Mistake">invalid: the question is wrong. damaged: a segment is.</exception>
    public MetricResult Answer(MetricQuery query, IReadOnlyList<Segment> segments, Action? beforeEach = null)
    {
        var plan = new QueryPlan(query, addresses, clocksOf, Teams);
        plan.Coverage = coverages?.Find(plan);
        var needed = segments.Where(plan.Needs).ToList();
        var units = plan.NeedsWholeMailboxes
            ? needed.GroupBy(s => s.Mailbox).Select(g => (IReadOnlyList<Segment>)[.. g]).ToList()
            : [.. needed.Select(s => (IReadOnlyList<Segment>)[s])];
        var next = -1;
        QueryWorker Work()
        {
            var worker = new QueryWorker(plan);
            for (int i; (i = Interlocked.Increment(ref next)) < units.Count;) worker.Read(units[i], beforeEach);
            return worker;
        }
        var workers = InThreads(ThreadsFor(needed), Work);
        try
        {
            foreach (var other in workers.Skip(1)) workers[0].Add(other);
            if (plan.Coverage is null) coverages?.Keep(plan, workers[0].Coverage);
            workers[0].TellOpenWaits();
            return ResultWriter.Write(plan, workers[0]);
        }
        finally
        {
            foreach (var worker in workers) worker.Dispose();
        }
    }

    /// <summary>The rows behind a figure, by time and fact.</summary>
    /// <param name="query">The question that the figure answers; only its first metric is looked at.</param>
    /// <param name="keys">The keys of the figure's group; empty for a total.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="take">How many rows, at most.</param>
    /// <param name="after">The last row already shown; null: from the first on.</param>
    /// <param name="beforeEach">As for <see cref="Answer"/>.</param>
    /// <exception cref="Mistake">invalid: the question is wrong. damaged: a segment is.</exception>
    public FigureRows RowsBehind(
        MetricQuery query, IReadOnlyList<string?> keys, IReadOnlyList<Segment> segments, int take,
        FigureRow? after = null, Action? beforeEach = null)
    {
        if (take is < 1 or > TakeLimit) throw new Mistake("invalid", $"take: from 1 to {TakeLimit} rows are shown.");
        var plan = new QueryPlan(OneFigure(query.Normalised(), keys), addresses, clocksOf, Teams);
        using var rows = new RowsBehindFigure(plan, take, after);
        rows.Read(segments.Where(plan.Needs), beforeEach);
        return rows.Rows();
    }

    /// <summary>The question whose only figure is the one with these keys.</summary>
    MetricQuery OneFigure(MetricQuery query, IReadOnlyList<string?> keys)
    {
        query = query with { Metrics = [query.Metrics[0]] };
        if (keys.Count != 0 && keys.Count != query.Dimensions.Count)
            throw new Mistake("invalid", $"keys: there are {query.Dimensions.Count} dimensions.");
        var isState = MetricRegistry.Find(query.Metrics[0])!.Dating == Dating.State;
        var conditions = new List<Filter> { query.Filter };
        var to = query.To;
        for (var i = 0; i < keys.Count; i++)
        {
            var dimension = DimensionRegistry.Find(query.Dimensions[i])!;
            if (isState && dimension.Time is { } unit) to = EndOf(query, unit, keys[i]);
            else conditions.Add(new Filter.Is(dimension.Name, [keys[i] ?? ""]) { IsWhole = true });
        }
        return query with { Dimensions = [], Filter = new Filter.And(conditions), To = to };
    }

    static Instant EndOf(MetricQuery query, TimeUnit unit, string? key)
    {
        var steps = new TimeSteps(unit, query.From.ToUnixTimeSeconds(), query.To.ToUnixTimeSeconds(), query.Zone);
        for (var step = 0; step < steps.Count; step++)
            if (steps.TextOf(step) == key) return Instant.FromUnixTimeSeconds(steps.EndOf(step));
        throw new Mistake("invalid", $"keys: '{key}' is not in the range.");
    }

    static int ThreadsFor(List<Segment> segments) =>
        segments.Sum(s => (long)s.Rows) < RowsForThreads ? 1 : Math.Min(Environment.ProcessorCount, segments.Count);

    static List<QueryWorker> InThreads(int threads, Func<QueryWorker> work)
    {
        if (threads == 1) return [work()];
        try
        {
            // Made into a list at once, the caller's own thread takes a part. Read one by one, they would all be worked out by
            // other threads while it sleeps; where many ask, it waits a second and more until there is another thread.
            return new int[threads].AsParallel().WithDegreeOfParallelism(threads)
                .WithExecutionMode(ParallelExecutionMode.ForceParallelism).Select(_ => work()).ToList();
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.InnerExceptions[0]);
            throw;
        }
    }
}

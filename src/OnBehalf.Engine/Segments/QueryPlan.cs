using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>The numbers of a group's keys, as many as the question has dimensions.</summary>
readonly record struct GroupKey(int First, int Second, int Third, int Fourth)
{
    public int this[int dimension] => dimension switch { 0 => First, 1 => Second, 2 => Third, _ => Fourth };

    public GroupKey With(int dimension, int code) => dimension switch
    {
        0 => this with { First = code },
        1 => this with { Second = code },
        2 => this with { Third = code },
        _ => this with { Fourth = code },
    };
}

/// <summary>Metrics that look at the same rows.</summary>
/// <param name="Over">The rows.</param>
/// <param name="Dating">How they are dated.</param>
/// <param name="Places">The metrics' places in the question.</param>
sealed record Pass(RowKind Over, Dating Dating, int[] Places)
{
    /// <summary>The rows, in a segment.</summary>
    public Group Group => Over switch
    {
        RowKind.Responses => Group.Response,
        RowKind.Waits => Group.Wait,
        RowKind.Cycles => Group.Cycle,
        _ => Group.Messages,
    };
}

/// <summary>A question in normal form, with everything looked up that is the same for every segment.</summary>
sealed class QueryPlan
{
    readonly Dictionary<TimeUnit, TimeSteps> _steps = [];
    readonly Words _words;
    readonly HashSet<int>? _agents; // the only ones whose rows count; null: not only some agents'

    public QueryPlan(
        MetricQuery query, Addresses addresses, Func<AddressId, WaitClocks> clocksOf, IReadOnlyDictionary<AddressId, string> teams)
    {
        Query = query.Normalised();
        _words = new(addresses, teams);
        (From, To) = (Query.From.ToUnixTimeSeconds(), Query.To.ToUnixTimeSeconds());
        AsOf = Query.AsOf.ToUnixTimeSeconds();
        Metrics = [.. Query.Metrics.Select(name => MetricRegistry.Find(name)!)];
        Dimensions = [.. Query.Dimensions.Select(name => DimensionRegistry.Find(name)!)];
        Passes =
        [
            .. Metrics.Index()
                .GroupBy(m => (m.Item.Over, m.Item.Dating is Dating.Began ? Dating.Message : m.Item.Dating))
                .Select(g => new Pass(g.Key.Over, g.Key.Item2, [.. g.Select(m => m.Index)])),
        ];
        Series = Array.FindIndex(Dimensions, d => d.Time is { } unit && !TimeSteps.IsCyclic(unit));
        StepsBy = [.. Dimensions.Select(d => d.Time is { } unit ? StepsOf(unit) : null)];
        MessageFilter = OfEveryMessage(Query.Filter) ?? Filter.Everything;
        foreach (var unit in UnitsOf(Query.Filter)) _ = StepsOf(unit);
        Viewpoint = new(
            AsOf, Query.Clock, (long)Query.AuditGrace.TotalSeconds, clocksOf,
            new(() => new(TimeUnit.Day, From, To, Query.Zone)));
        Instants = [.. FindInstants()];
        if (Query.Filter.ValuesOf("agent") is { } agents && !agents.Contains(""))
            _agents = [.. agents.Select(addresses.Find).Where(id => !id.IsNone).Select(id => id.Value)];
    }

    public MetricQuery Query { get; }
    public long From { get; }
    public long To { get; }
    public long AsOf { get; }
    public Viewpoint Viewpoint { get; }
    public Metric[] Metrics { get; }
    public Dimension[] Dimensions { get; }
    public Pass[] Passes { get; }

    /// <summary>The steps of each dimension that is time.</summary>
    public TimeSteps?[] StepsBy { get; }

    /// <summary>Whether some metric is about instants.</summary>
    public bool HasStates => Passes.Any(pass => pass.Dating == Dating.State);

    /// <summary>Which dimension is a series of time; -1 when none is.</summary>
    public int Series { get; }

    /// <summary>The end of what is looked at by its time: the range's end, or all that is known.</summary>
    public long End => Math.Min(To, AsOf + 1);

    /// <summary>When states are looked at, and the step each stands for; the last is the state in the end.</summary>
    public (long At, int Step)[] Instants { get; }

    /// <summary>What of the filter can be told of a message before its author is known.</summary>
    public Filter MessageFilter { get; }

    /// <summary>The coverage, where it was counted before; null: it has to be counted.</summary>
    public Coverage? Coverage { get; set; }

    /// <summary>Whether some metric needs the waits of a cycle, which may lie in other segments.</summary>
    public bool NeedsWholeMailboxes => Metrics.Any(metric => metric.SumsWaits);

    public TimeSteps StepsOf(TimeUnit unit)
    {
        if (!_steps.TryGetValue(unit, out var steps)) _steps.Add(unit, steps = new(unit, From, To, Query.Zone));
        return steps;
    }

    /// <summary>The number of a row's key.</summary>
    public int CodeOf(Dimension dimension, Cursor row, long at) =>
        dimension.Time is { } unit ? _steps[unit].CodeOf(at) : dimension.Code(row, _words);

    /// <summary>The text of a key; null: none.</summary>
    public string? TextOf(Dimension dimension, int code) =>
        dimension.Time is { } unit ? _steps[unit].TextOf(code) : dimension.Text(code, _words);

    /// <summary>Whether rows are asked for at all, by who began their conversation.</summary>
    public bool IsBegunAsAsked(Cursor row) =>
        Query.BegunBy is not { } by || row.Has(Marks.BegunByAgent) == (by == BegunBy.Agent);

    /// <summary>Whether a segment can have anything to say.</summary>
    public bool Needs(Segment segment)
    {
        if (segment.MinAt == 0) return true; // here are messages without a date, which are counted
        // Who answers in one mailbox is looked for there, once the coverage of all is known.
        if (_agents is not null && Coverage is not null && !NeedsWholeMailboxes && !segment.HasAny(_agents)) return false;
        if (segment.MinAt >= Math.Max(End, Instants[^1].At + 1) && !NeedsWholeMailboxes) return false;
        if (segment.MaxAt >= From) return true;
        foreach (var pass in Passes)
            if (pass.Dating == Dating.Closed && segment.LastClosedAt >= From
                || pass.Dating == Dating.State && segment.LastEndedAt > Instants[0].At) return true;
        return false;
    }

    IEnumerable<(long, int)> FindInstants()
    {
        if (Series < 0)
        {
            yield return (Math.Min(To, AsOf), 0);
            yield break;
        }
        var steps = StepsOf(Dimensions[Series].Time!.Value);
        for (var step = 0; step < steps.Count; step++)
            if (step == 0 || steps.StartOf(step) < AsOf) yield return (Math.Min(steps.EndOf(step), AsOf), step);
    }

    static IEnumerable<TimeUnit> UnitsOf(Filter filter) => filter switch
    {
        Filter.Is leaf => DimensionRegistry.Find(leaf.Dimension)!.Time is { } unit ? [unit] : [],
        Filter.And and => and.Parts.SelectMany(UnitsOf),
        Filter.Or or => or.Parts.SelectMany(UnitsOf),
        Filter.Not not => UnitsOf(not.Part),
        _ => [],
    };

    /// <summary>The filter without what depends on the author; null when nothing is left that excludes a row.</summary>
    static Filter? OfEveryMessage(Filter filter)
    {
        switch (filter)
        {
            case Filter.Is leaf:
                return DimensionRegistry.Find(leaf.Dimension)!.IsOfEveryMessage ? leaf : null;
            case Filter.And and:
                return new Filter.And([.. and.Parts.Select(OfEveryMessage).OfType<Filter>()]);
            case Filter.Or or:
                Filter?[] parts = [.. or.Parts.Select(OfEveryMessage)];
                return parts.Contains(null) ? null : new Filter.Or(parts!);
            case Filter.Not not:
                return OfEveryMessage(not.Part) is { } part && part == not.Part ? not : null;
            default:
                return filter;
        }
    }
}

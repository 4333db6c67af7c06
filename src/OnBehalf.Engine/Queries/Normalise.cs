using NodaTime;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Queries;

/// <summary>How a question comes into its one form, step by step. Each step says what is wrong by its field.</summary>
static class Normalise
{
    /// <summary>How many dimensions a table may have.</summary>
    public const int DimensionLimit = 4;

    static readonly Instant Earliest = Instant.FromUnixTimeSeconds(OpenTime.First);
    static readonly Instant Latest = Instant.FromUnixTimeSeconds(OpenTime.End);

    /// <summary>The steps, in order.</summary>
    public static IReadOnlyList<(string Name, Func<MetricQuery, MetricQuery> Step)> Steps { get; } =
    [
        ("metrics are known, each once", Metrics),
        ("granularity is the first dimension", Granularity),
        ("dimensions are known, each once", Dimensions),
        ("the range begins before it ends", Range),
        ("instants are whole seconds", Seconds),
        ("filters are flat, and their values in order", Filters),
        ("what is open at an instant has no hour of the week", State),
    ];

    static MetricQuery Metrics(MetricQuery query)
    {
        string[] names = [.. query.Metrics.Select(Word).Distinct()];
        if (names.Length == 0) throw Wrong("metrics", "at least one is needed.");
        foreach (var name in names)
            if (MetricRegistry.Find(name) is null) throw Wrong("metrics", $"there is no '{name}'.");
        return query with { Metrics = names };
    }

    static MetricQuery Granularity(MetricQuery query) => query.Granularity is { } granularity
        ? query with { Granularity = null, Dimensions = [granularity.ToString(), .. query.Dimensions] }
        : query;

    static MetricQuery Dimensions(MetricQuery query)
    {
        string[] names = [.. query.Dimensions.Select(Word).Distinct()];
        foreach (var name in names) _ = Known("dimensions", name);
        if (names.Length > DimensionLimit) throw Wrong("dimensions", $"at most {DimensionLimit} are possible.");
        return query with { Dimensions = names };
    }

    static MetricQuery Range(MetricQuery query)
    {
        if (query.From < Earliest) throw Wrong("from", "nothing is before 1970.");
        if (query.To > Latest) throw Wrong("to", "nothing is after 2100.");
        if (query.From >= query.To) throw Wrong("to", "the range ends before it begins.");
        if (query.AsOf < Earliest || query.AsOf > Latest) throw Wrong("as-of", "it is outside 1970 to 2100.");
        if (query.AuditGrace < Duration.Zero) throw Wrong("audit-grace", "it is below zero.");
        return query;
    }

    static MetricQuery Seconds(MetricQuery query) => query with
    {
        // Every message has a whole second, so a bound within a second lies before the next.
        From = Ceiling(query.From),
        To = Ceiling(query.To),
        AsOf = Instant.FromUnixTimeSeconds(query.AsOf.ToUnixTimeSeconds()),
    };

    static MetricQuery Filters(MetricQuery query)
    {
        var size = 0;
        return query with { Filter = Flat(query.Filter, 0, ref size) };
    }

    static MetricQuery State(MetricQuery query)
    {
        var state = query.Metrics.FirstOrDefault(name => MetricRegistry.Find(name)!.Dating == Dating.State);
        if (state is null) return query;
        foreach (var name in query.Dimensions)
            if (IsTime(name) && TimeSteps.IsCyclic(DimensionRegistry.Find(name)!.Time!.Value))
                throw Wrong("dimensions", $"'{state}' is at an instant and has no '{name}'.");
        if (query.Dimensions.Count(IsTime) > 1) throw Wrong("dimensions", $"'{state}' has one series of time.");
        if (HasTime(query.Filter)) throw Wrong("filter", $"'{state}' is at an instant and has no time to choose by.");
        return query;
    }

    static bool IsTime(string dimension) => DimensionRegistry.Find(dimension)!.Time is not null;

    static bool HasTime(Filter filter) => filter switch
    {
        Filter.Is leaf => IsTime(leaf.Dimension),
        Filter.And and => and.Parts.Any(HasTime),
        Filter.Or or => or.Parts.Any(HasTime),
        Filter.Not not => HasTime(not.Part),
        _ => false,
    };

    static Filter Flat(Filter filter, int depth, ref int size)
    {
        if (depth > Filter.DepthLimit) throw Wrong("filter", $"it is nested more than {Filter.DepthLimit} deep.");
        size += filter is Filter.Is { Values.Count: var values } ? values + 1 : 1;
        if (size > Filter.SizeLimit) throw Wrong("filter", $"it has more than {Filter.SizeLimit} conditions and values.");
        return filter switch
        {
            Filter.Is leaf => Leaf(leaf),
            Filter.And and => One(Parts(and.Parts, depth, ref size).SelectMany(p => p is Filter.And a ? a.Parts : [p]),
                parts => new Filter.And(parts)),
            Filter.Or or => One(Parts(or.Parts, depth, ref size).SelectMany(p => p is Filter.Or o ? o.Parts : [p]),
                parts => new Filter.Or(parts)),
            Filter.Not not => Flat(not.Part, depth + 1, ref size) is var part && part is Filter.Not twice
                ? twice.Part : new Filter.Not(part),
            _ => filter,
        };
    }

    static List<Filter> Parts(IReadOnlyList<Filter> parts, int depth, ref int size)
    {
        var flat = new List<Filter>();
        foreach (var part in parts) flat.Add(Flat(part, depth + 1, ref size));
        return flat;
    }

    static Filter One(IEnumerable<Filter> parts, Func<Filter[], Filter> join) =>
        parts.ToArray() is var all && all.Length == 1 ? all[0] : join(all);

    static Filter.Is Leaf(Filter.Is leaf)
    {
        var name = Known("filter", Word(leaf.Dimension)).Name;
        return new(name, [.. leaf.Values.Select(value => value.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)]) { IsWhole = leaf.IsWhole };
    }

    static Dimension Known(string field, string name) =>
        DimensionRegistry.Find(name) ?? throw Wrong(field, $"there is no dimension '{name}'.");

    static string Word(string name) => name.Trim().ToLowerInvariant();

    static Instant Ceiling(Instant at) =>
        Instant.FromUnixTimeSeconds((at + Duration.FromSeconds(1) - Duration.FromNanoseconds(1)).ToUnixTimeSeconds());

    static Mistake Wrong(string field, string sentence) => new("invalid", $"{field}: {sentence}");
}

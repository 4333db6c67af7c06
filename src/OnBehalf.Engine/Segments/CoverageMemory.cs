using System.Collections.Concurrent;
using NodaTime;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// The coverages that were counted over the same segments. It is asked by every question of a range, whoever's figures those
/// are, and is the same for all of them. Threads may share it.
/// </summary>
public sealed class CoverageMemory
{
    /// <summary>Ranges that are remembered; beyond it all are forgotten.</summary>
    const int Limit = 10_000;

    readonly ConcurrentDictionary<(Instant, Instant, Instant, Duration, BegunBy?, string), Coverage> _known = new();

    internal Coverage? Find(QueryPlan plan) => _known.TryGetValue(KeyOf(plan), out var known) ? known : null;

    internal void Keep(QueryPlan plan, Coverage coverage)
    {
        if (_known.Count >= Limit) _known.Clear();
        _known[KeyOf(plan)] = coverage;
    }

    static (Instant, Instant, Instant, Duration, BegunBy?, string) KeyOf(QueryPlan plan) => (
        plan.Query.From, plan.Query.To, plan.Query.AsOf, plan.Query.AuditGrace, plan.Query.BegunBy,
        FilterText.Print(plan.MessageFilter) + (FilterHasTime(plan.MessageFilter) ? plan.Query.Zone.Id : ""));

    static bool FilterHasTime(Filter filter) => filter switch
    {
        Filter.Is leaf => DimensionRegistry.Find(leaf.Dimension)!.Time is not null,
        Filter.And and => and.Parts.Any(FilterHasTime),
        Filter.Or or => or.Parts.Any(FilterHasTime),
        Filter.Not not => FilterHasTime(not.Part),
        _ => false,
    };
}

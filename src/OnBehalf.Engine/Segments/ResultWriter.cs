using NodaTime;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>Makes figures of what was counted, in an order that no number of an address decides.</summary>
static class ResultWriter
{
    // Below this many groups a second thread costs more than it saves.
    const int GroupsForThreads = 64;

    readonly record struct Texts(GroupKey Key, string?[] Keys);

    public static MetricResult Write(QueryPlan plan, QueryWorker counted)
    {
        var totals = Totals(plan, counted);
        try
        {
            var groups = counted.Cells.Keys.Select(key => new Texts(key, TextsOf(plan, key))).ToList();
            groups.Sort((a, b) => Compare(plan, a, b));
            var denominators = Denominators(plan, counted);
            ResultRow RowOf(Texts group) => new(group.Keys, Figures(plan, counted.Cells[group.Key], place =>
                denominators[place].GetValueOrDefault(WithoutAgent(plan, group.Key))));
            List<ResultRow> rows = groups.Count < GroupsForThreads
                ? [.. groups.Select(RowOf)]
                : [.. groups.AsParallel().AsOrdered().Select(RowOf)];
            return new(
                plan.Query, rows, Figures(plan, totals, place => totals[place].Count), Steps(plan), counted.Coverage,
                Corridor.EngineVersion, counted.LeftOut);
        }
        finally
        {
            foreach (var total in totals) total.Dispose();
        }
    }

    static Figure[] Figures(QueryPlan plan, Tally[] cell, Func<int, long> ofAll) =>
        [.. plan.Metrics.Select((metric, place) => cell[place].ToFigure(metric, ofAll(place)))];

    static string?[] TextsOf(QueryPlan plan, GroupKey key) =>
        [.. plan.Dimensions.Select((dimension, i) => plan.TextOf(dimension, key[i]))];

    /// <summary>By time where a key is time, else by text; none comes last.</summary>
    static int Compare(QueryPlan plan, Texts a, Texts b)
    {
        for (var i = 0; i < plan.Dimensions.Length; i++)
        {
            var order = plan.Dimensions[i].Time is not null ? a.Key[i].CompareTo(b.Key[i])
                : a.Keys[i] is null || b.Keys[i] is null ? (a.Keys[i] is null).CompareTo(b.Keys[i] is null)
                : string.CompareOrdinal(a.Keys[i], b.Keys[i]);
            if (order != 0) return order;
        }
        return 0;
    }

    static Tally[] Totals(QueryPlan plan, QueryWorker counted)
    {
        Tally[] totals = [.. plan.Metrics.Select(_ => new Tally())];
        foreach (var (key, cell) in counted.Cells)
            for (var i = 0; i < totals.Length; i++)
                if (IsInTotal(plan, plan.Metrics[i], key)) totals[i].Add(plan.Metrics[i], cell[i]);
        return totals;
    }

    /// <summary>The total of what is open at several instants is what is open at the last.</summary>
    static bool IsInTotal(QueryPlan plan, Metric metric, GroupKey key) =>
        metric.Dating != Dating.State || plan.Series < 0 || key[plan.Series] == plan.Instants[^1].Step;

    static Dictionary<GroupKey, long>[] Denominators(QueryPlan plan, QueryWorker counted)
    {
        Dictionary<GroupKey, long>[] sums = [.. plan.Metrics.Select(_ => new Dictionary<GroupKey, long>())];
        foreach (var place in Enumerable.Range(0, sums.Length))
        {
            if (plan.Metrics[place].Aggregation != Aggregation.ShareOfAll) continue;
            foreach (var (key, cell) in counted.Cells)
                sums[place][WithoutAgent(plan, key)] =
                    sums[place].GetValueOrDefault(WithoutAgent(plan, key)) + cell[place].Count;
        }
        return sums;
    }

    static GroupKey WithoutAgent(QueryPlan plan, GroupKey key)
    {
        for (var i = 0; i < plan.Dimensions.Length; i++)
            if (plan.Dimensions[i].Name is "agent" or "team") key = key.With(i, 0);
        return key;
    }

    static Step[] Steps(QueryPlan plan)
    {
        if (plan.Series < 0) return [];
        var steps = plan.StepsOf(plan.Dimensions[plan.Series].Time!.Value);
        return
        [
            .. Enumerable.Range(0, steps.Count).Select(step => new Step(
                steps.TextOf(step), Instant.FromUnixTimeSeconds(steps.StartOf(step)),
                Instant.FromUnixTimeSeconds(steps.EndOf(step)))),
        ];
    }
}

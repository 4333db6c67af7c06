using NodaTime;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>Makes figures of what was counted, in an order that no number of an address decides.</summary>
static class ResultWriter
{
    // Below this many groups a second thread costs more than it saves.
    const int GroupsForThreads = 64;

    public static MetricResult Write(QueryPlan plan, QueryWorker counted)
    {
        var totals = Totals(plan, counted);
        try
        {
            var keys = new GroupKeys(plan, counted.Cells.Keys);
            var denominators = Denominators(plan, counted);
            var ordered = keys.Ordered();
            var rows = new ResultRow[ordered.Length];
            Figure[] ofAll = [];
            void Write(int place) // the total comes first, for it has the most values
            {
                if (place < 0) ofAll = Figures(plan, totals, metric => totals[metric].Count);
                else rows[place] = new(keys.TextsOf(ordered[place]), Figures(plan, counted.Cells[ordered[place]], metric =>
                    denominators[metric].GetValueOrDefault(WithoutAgent(plan, ordered[place]))));
            }
            var places = Enumerable.Range(-1, rows.Length + 1);
            if (rows.Length >= GroupsForThreads) places.AsParallel().ForAll(Write);
            else
                foreach (var place in places) Write(place);
            return new(plan.Query, rows, ofAll, Steps(plan), counted.Coverage, Corridor.EngineVersion, counted.LeftOut);
        }
        finally
        {
            foreach (var total in totals) total.Dispose();
        }
    }

    static Figure[] Figures(QueryPlan plan, Tally[] cell, Func<int, long> ofAll)
    {
        var figures = new Figure[cell.Length];
        for (var i = 0; i < figures.Length; i++)
        {
            var metric = plan.Metrics[i];
            figures[i] = cell[i].ToFigure(metric, metric.Aggregation == Aggregation.ShareOfAll ? ofAll(i) : 0);
        }
        return figures;
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

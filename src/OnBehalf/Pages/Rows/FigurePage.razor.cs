using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Statistics;

namespace OnBehalf.Pages.Rows;

/// <summary><c>/figure</c>: explains one number.</summary>
public sealed partial class FigurePage
{
    Answer _answer = null!; // Asked before anything is shown.
    Metric _metric = null!;

    /// <summary>The bands of waits, as people say them.</summary>
    public static readonly IReadOnlyList<ChartPoint> WaitBands = [.. Shown.WaitBandNames.Select(name => new ChartPoint(name, name))];

    protected override void Load()
    {
        if (Ask.Query.Metrics.Count != 1) throw new Mistake("invalid", "metrics: name the one figure that is to be explained.");
        _metric = MetricRegistry.Find(Metric)!; // The question was checked.
        _answer = Ask.Answer(Ask.Query with { Dimensions = [] });
    }

    string Metric => Ask.Query.Metrics[0];

    Figure Total => _answer.Result.Totals[0];

    Figure? Before => _answer.Compared?.Totals[0];

    /// <summary>How many lie in each band.</summary>
    public static IReadOnlyList<ChartSeries> Bands(Distribution spread) =>
        [new("Waits", "t1", [.. spread.Histogram.Select(count => (double?)count)])];

    static IEnumerable<(string, double)> Percentiles(Distribution spread) =>
    [
        ("shortest", spread.Least), ("median", spread.Median), ("p75", spread.P75), ("p90", spread.P90), ("p95", spread.P95),
        ("p99", spread.P99), ("longest", spread.Largest), ("mean", spread.Mean),
    ];
}

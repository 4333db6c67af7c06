using OnBehalf.Components;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Statistics;

namespace OnBehalf.Pages;

/// <summary>The bands of waits, as charts show them.</summary>
public static class Bands
{
    /// <summary>One a band.</summary>
    public static IReadOnlyList<ChartPoint> Points { get; } =
    [
        .. Histogram.WaitBands.Select((end, i) => new ChartPoint(
            Shown.Tick(end).Replace(" min", "m", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
            i == 0 ? $"below {Shown.Tick(end)}" : $"{Shown.Tick(Histogram.WaitBands[i - 1])} to {Shown.Tick(end)}")),
        new("more", $"{Shown.Tick(Histogram.WaitBands[^1])} or more"),
    ];

    /// <summary>How many values lie in each.</summary>
    public static IReadOnlyList<ChartSeries> Of(Figure figure) =>
        [new("Responses", "t1", [.. Points.Select((_, i) => (double?)(figure.Distribution?.Histogram[i] ?? 0))])];
}

namespace OnBehalf.Engine.Statistics;

/// <summary>
/// How values are spread. Percentiles are exact and interpolated linearly between neighbours: type 7 of Hyndman and
/// Fan, "Sample quantiles in statistical packages" (1996).
/// </summary>
/// <param name="Count">How many values; never 0, for nothing has no distribution.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Median">Half are below.</param>
/// <param name="P75">Three quarters are below.</param>
/// <param name="P90">Nine tenths are below.</param>
/// <param name="P95">Nineteen twentieths are below.</param>
/// <param name="P99">Ninety-nine hundredths are below.</param>
/// <param name="Largest">The largest.</param>
/// <param name="Histogram">How many lie in each band of <see cref="Statistics.Histogram.WaitBands"/>.</param>
public sealed record Distribution(
    int Count, double Mean, int Least, double Median, double P75, double P90, double P95, double P99, int Largest,
    IReadOnlyList<long> Histogram)
{
    /// <summary>The distribution of some values, whose order changes; null when there are none.</summary>
    public static Distribution? Of(Span<int> values)
    {
        if (values.IsEmpty) return null;
        var sum = 0L;
        var (least, largest) = (int.MaxValue, int.MinValue);
        foreach (var value in values)
        {
            sum += value;
            least = Math.Min(least, value);
            largest = Math.Max(largest, value);
        }
        var histogram = Statistics.Histogram.Of(values, Statistics.Histogram.WaitBands);
        Span<double> at = [0.5, 0.75, 0.9, 0.95, 0.99];
        Percentiles.Find(values, at);
        return new(
            values.Length, (double)sum / values.Length, least, at[0], at[1], at[2], at[3], at[4], largest, histogram);
    }
}

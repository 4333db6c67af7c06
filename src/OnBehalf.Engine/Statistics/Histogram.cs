namespace OnBehalf.Engine.Statistics;

/// <summary>How many values lie in each band.</summary>
public static class Histogram
{
    const int Hour = 3600;
    const int Day = 24 * Hour;

    /// <summary>
    /// Where one band of ages ends and the next begins, in seconds: 0–1 h, 1–4 h, 4–8 h, 8–24 h, 1–3 d, over 3 d. A
    /// band includes its start.
    /// </summary>
    public static IReadOnlyList<int> AgeBands { get; } = [Hour, 4 * Hour, 8 * Hour, Day, 3 * Day];

    /// <summary>Where one band of waits ends and the next begins, in seconds. A band includes its start.</summary>
    public static IReadOnlyList<int> WaitBands { get; } =
        [300, 900, 1800, Hour, 2 * Hour, 4 * Hour, 8 * Hour, Day, 2 * Day, 3 * Day, 7 * Day];

    /// <summary>One more number than there are edges: below the first, between two, from the last on.</summary>
    public static long[] Of(ReadOnlySpan<int> values, IReadOnlyList<int> edges)
    {
        int[] sorted = [.. edges];
        var bands = new long[sorted.Length + 1];
        foreach (var value in values) bands[BandOf(value, sorted)]++;
        return bands;
    }

    static int BandOf(int value, int[] edges)
    {
        var band = 0;
        while (band < edges.Length && value >= edges[band]) band++;
        return band;
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;

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
        // Sixteen edges are compared at once; where there are fewer, the rest is never reached.
        Span<int> padded = stackalloc int[2 * Vector256<int>.Count];
        if (edges.Count > padded.Length) throw new ArgumentException("There are more than sixteen edges.", nameof(edges));
        padded.Fill(int.MaxValue);
        for (var i = 0; i < edges.Count; i++) padded[i] = edges[i];
        var (low, high) = (Vector256.Create<int>(padded[..Vector256<int>.Count]), Vector256.Create<int>(padded[Vector256<int>.Count..]));
        var bands = new long[edges.Count + 1];
        foreach (var value in values)
        {
            var all = Vector256.Create(value);
            var passed = BitOperations.PopCount(Vector256.GreaterThanOrEqual(all, low).ExtractMostSignificantBits())
                + BitOperations.PopCount(Vector256.GreaterThanOrEqual(all, high).ExtractMostSignificantBits());
            bands[Math.Min(passed, edges.Count)]++;
        }
        return bands;
    }
}

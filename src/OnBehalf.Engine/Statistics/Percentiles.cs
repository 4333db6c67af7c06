namespace OnBehalf.Engine.Statistics;

/// <summary>Exact percentiles without sorting everything.</summary>
public static class Percentiles
{
    // Below this many values a sort is cheaper than to go on dividing.
    const int SortBelow = 48;

    /// <summary>
    /// One percentile of type 7: with n values in order, the value at place <c>(n - 1) * fraction</c>, between two
    /// places in proportion. Changes the order of the values.
    /// </summary>
    /// <returns>Null when there are no values.</returns>
    public static double? Find(Span<int> values, double fraction)
    {
        if (values.IsEmpty) return null;
        Span<double> one = [fraction];
        Find(values, one);
        return one[0];
    }

    /// <summary>Replaces fractions from 0 to 1, in rising order, by their percentiles. There are values.</summary>
    internal static void Find(Span<int> values, Span<double> fractions)
    {
        var done = 0; // everything before has its place
        for (var i = 0; i < fractions.Length; i++)
        {
            var place = (values.Length - 1) * fractions[i];
            var below = (int)place;
            if (below >= done)
            {
                Select(values[done..], below - done);
                done = below;
            }
            var above = place > below ? Least(values[(below + 1)..]) : values[below];
            fractions[i] = values[below] + (place - below) * ((double)above - values[below]);
        }
    }

    /// <summary>Puts the k-th smallest in its place, smaller ones before it and larger ones after it.</summary>
    /// <returns>How many values had to be sorted in the end: few, unless the input was made to be slow.</returns>
    internal static int Select(Span<int> values, int k)
    {
        var budget = 4 * int.Log2(values.Length) + 8; // an input made to be slow is sorted instead
        while (values.Length > SortBelow && budget-- > 0)
        {
            var pivot = MedianOfThree(values);
            var less = Divide(values, pivot);
            if (k < less)
            {
                values = values[..less];
                continue;
            }
            values = values[less..];
            k -= less;
            var equal = pivot == int.MaxValue ? values.Length : Divide(values, pivot + 1);
            if (k < equal) return 0;
            values = values[equal..];
            k -= equal;
        }
        values.Sort();
        return values.Length;
    }

    /// <summary>Puts those below a value first, and says how many they are. No step depends on the outcome of a comparison.</summary>
    static int Divide(Span<int> values, int pivot)
    {
        var less = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            values[i] = values[less];
            values[less] = value;
            less += value < pivot ? 1 : 0;
        }
        return less;
    }

    static int MedianOfThree(Span<int> values)
    {
        var (a, b, c) = (values[0], values[values.Length / 2], values[^1]);
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }

    static int Least(ReadOnlySpan<int> values)
    {
        var least = int.MaxValue;
        foreach (var value in values) least = Math.Min(least, value);
        return least;
    }
}

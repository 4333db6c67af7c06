using System.Globalization;

namespace OnBehalf.Components;

/// <summary>Numbers as SVG writes them, and places on a chart.</summary>
static class Svg
{
    /// <summary>Pixels from a chart's top to its base line.</summary>
    public const int Height = 168;

    /// <summary>Pixels that the largest value stays below the upper edge, so that its line is not cut.</summary>
    public const int Headroom = 6;

    /// <summary>Labels below a chart, at most.</summary>
    const int Labels = 8;

    /// <summary>A number.</summary>
    public static string N(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A part of the width.</summary>
    public static string Percent(double part) => N(part * 100) + "%";

    /// <summary>Where a value stands, from the top.</summary>
    public static double Y(ChartScale scale, double value) => Height - scale.At(value) * (Height - Headroom);

    /// <summary>Which points have a label: evenly apart, as many as there is room for.</summary>
    public static bool HasLabel(int index, int count) => index % (int)Math.Ceiling(count / (double)Labels) == 0;

    /// <summary>A label that a narrow chart leaves out.</summary>
    public static string LabelClass(int index, int count) =>
        index / (int)Math.Ceiling(count / (double)Labels) % 2 == 1 ? "tick odd" : "tick";

    /// <summary>A line through values, broken where one is missing; x from 0 to 1000.</summary>
    public static string Line(IReadOnlyList<double?> values, ChartScale scale)
    {
        var path = new System.Text.StringBuilder();
        for (var i = 0; i < values.Count; i++)
            if (values[i] is { } value)
                path.Append(i > 0 && values[i - 1] is not null ? 'L' : 'M')
                    .Append(N(X(i, values.Count))).Append(' ').Append(N(Y(scale, value)));
        return path.ToString();
    }

    /// <summary>Points that have no neighbour and would be no line.</summary>
    public static IEnumerable<int> Lonely(IReadOnlyList<double?> values) => Enumerable.Range(0, values.Count).Where(i =>
        values[i] is not null && (i == 0 || values[i - 1] is null) && (i == values.Count - 1 || values[i + 1] is null));

    /// <summary>The area below a line.</summary>
    public static string Area(IReadOnlyList<double?> values, ChartScale scale)
    {
        var path = new System.Text.StringBuilder();
        var start = -1;
        for (var i = 0; i <= values.Count; i++)
        {
            var value = i < values.Count ? values[i] : null;
            if (value is { } known)
            {
                if (start < 0) path.Append('M').Append(N(X(start = i, values.Count))).Append(' ').Append(Height);
                path.Append('L').Append(N(X(i, values.Count))).Append(' ').Append(N(Y(scale, known)));
            }
            else if (start >= 0)
            {
                path.Append('L').Append(N(X(i - 1, values.Count))).Append(' ').Append(Height).Append('Z');
                start = -1;
            }
        }
        return path.ToString();
    }

    static double X(int index, int count) => (index + 0.5) / count * 1000;
}

using OnBehalf.Components;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages;

/// <summary>An answer by time, made ready for charts: also steps in which nothing happened have their place.</summary>
public sealed class Course
{
    /// <summary>The ages of open waits, as people say them.</summary>
    public static readonly string[] AgeNames = ["0–1 h", "1–4 h", "4–8 h", "8–24 h", "1–3 d", "over 3 d"];

    readonly MetricResult _result;
    readonly Dictionary<string, ResultRow> _rows;

    /// <summary>The course of an answer whose first dimension is a series of time, for one value of the second, if any.</summary>
    public Course(MetricResult result, string? second = null)
        : this(result, result.Rows.Where(row => row.Keys.Count == 1 || row.Keys[1] == second))
    {
    }

    Course(MetricResult result, IEnumerable<ResultRow> rows) =>
        (_result, _rows) = (result, rows.ToDictionary(row => row.Keys[0] ?? ""));

    /// <summary>The courses of an answer by its second dimension; what has no value there is at the empty text.</summary>
    public static Func<string?, Course> BySecond(MetricResult result)
    {
        var rows = result.Rows.ToLookup(row => row.Keys[1] ?? "");
        return second => new(result, rows[second ?? ""]);
    }

    /// <summary>The steps, each leading to the rows of a metric.</summary>
    public IReadOnlyList<ChartPoint> Points(string metric)
    {
        var step = _result.Query.Dimensions[0];
        return [.. Known().Select(s => new ChartPoint(
            Shown.Key(step, s.Key), Shown.LongKey(step, s.Key), ScreenAsk.Rows(_result.Query, metric, s.Key)))];
    }

    /// <summary>Values of a metric.</summary>
    /// <param name="place">The metric's place in the question.</param>
    /// <param name="empty">What a step without rows has: 0 of what is counted, nothing of what is measured.</param>
    public IReadOnlyList<double?> Values(int place, double? empty = null) =>
        [.. Known().Select(s => _rows.TryGetValue(s.Key, out var row) ? row.Figures[place].Value ?? empty : empty)];

    /// <summary>Values of a metric, without those of small samples.</summary>
    public IReadOnlyList<double?> Sound(int place) => [.. Known().Select(s =>
        _rows.TryGetValue(s.Key, out var row) && !row.Figures[place].IsSmall ? row.Figures[place].Value : null)];

    /// <summary>How many values a figure is made of.</summary>
    public IReadOnlyList<double?> Counts(int place) =>
        [.. Known().Select(s => _rows.TryGetValue(s.Key, out var row) ? (double?)row.Figures[place].Count : 0)];

    /// <summary>Medians of a duration.</summary>
    public IReadOnlyList<double?> Medians(int place) => Values(place);

    /// <summary>Nine tenths of a duration.</summary>
    public IReadOnlyList<double?> P90s(int place) =>
        [.. Known().Select(s => _rows.TryGetValue(s.Key, out var row) ? row.Figures[place].Distribution?.P90 : null)];

    /// <summary>Open waits by age, the youngest first.</summary>
    public IReadOnlyList<ChartSeries> Ages(int place) =>
    [
        .. AgeNames.Select((name, age) => new ChartSeries(name, $"a{age + 1}", [.. Known().Select(s =>
            _rows.TryGetValue(s.Key, out var row) ? (double?)(row.Figures[place].Ages?[age] ?? 0) : 0)])),
    ];

    // What lies after the instant of the question has not happened.
    IEnumerable<Step> Known() => _result.Steps.Where(step => step.From <= _result.Query.AsOf);
}

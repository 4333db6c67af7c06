using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Overview;

/// <summary><c>/</c>: the picture of the README.</summary>
public sealed partial class OverviewPage
{
    static readonly string[] Metrics =
        ["received", "answered_rate", "still_waiting", "oldest_wait", "first_response_time", "sla_attainment", "coverage"];

    Answer _totals = null!; // Asked before anything is shown.
    Answer _series = null!;
    Answer _week = null!;
    IReadOnlyList<ChartPoint> _steps = [];
    IReadOnlyList<ChartPoint> _responseSteps = [];
    IReadOnlyList<ChartPoint> _backlogSteps = [];
    IReadOnlyList<ChartSeries> _volume = [];
    IReadOnlyList<ChartSeries> _response = [];
    IReadOnlyList<ChartSeries> _backlog = [];
    Dictionary<string, double?> _hours = [];

    protected override void Load()
    {
        _totals = Ask.Answer(Ask.For(Metrics) with { Compare = Ask.Query.Compare });
        _series = Ask.Answer(Ask.For(["received", "sent", "first_response_time", "backlog"], Ask.Step));
        _week = Ask.Answer(ScreenAsk.Only(Ask.For(["received"], "hour_of_week"), "kind", "Human"));
        var course = new Course(_series.Result);
        _steps = course.Points("received");
        _responseSteps = course.Points("first_response_time");
        _backlogSteps = course.Points("backlog");
        _volume = [new("Received", "t1", course.Values(0, 0)), new("Sent", "t3", course.Values(1, 0))];
        _response = [new("Median", "t1", course.Medians(2)), new("p90", "t4", course.P90s(2))];
        _backlog = course.Ages(3);
        _hours = _week.Result.Rows.ToDictionary(row => row.Keys[0] ?? "", row => row.Figures[0].Value);
    }

    string PointName => char.ToUpperInvariant(Ask.Step[0]) + Ask.Step[1..];

    string Clock => Shown.Sentence(Shown.ClockOf(Ask.Query));

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];

    string HourUrl(string key) => ScreenAsk.Rows(_week.Query, "received", key);

    static string Dated(string metric) => Definitions.DatingOf(MetricRegistry.Find(metric)!);
}

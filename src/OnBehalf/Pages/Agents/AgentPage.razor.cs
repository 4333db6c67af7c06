using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;
using OnBehalf.Pages.Rows;

namespace OnBehalf.Pages.Agents;

/// <summary><c>/agents/{address}</c>: one agent.</summary>
public sealed partial class AgentPage
{
    const int RequestersShown = 12;

    static readonly string[] Metrics =
        ["replied", "response_time", "first_response_time", "sla_attainment", "distinct_requesters", "collisions"];

    Answer _totals = null!; // All are asked before anything is shown.
    Answer _series = null!;
    Answer _week = null!;
    Answer _known = null!;
    Answer _mailboxes = null!;
    IReadOnlyList<ResultRow> _requesters = [];
    IReadOnlyList<ChartPoint> _steps = [];
    IReadOnlyList<ChartSeries> _response = [];
    IReadOnlyList<ChartSeries> _bands = [];
    IReadOnlyList<(string Key, double Count)> _evidence = [];
    Dictionary<string, double?> _hours = [];

    protected override void Load()
    {
        if (Ask.View.Find(Ask.Name).IsNone) throw new Mistake("not_found", $"Nobody with the address {Ask.Name} was met.");
        _totals = Ask.Answer(Mine(Metrics) with { Compare = Ask.Query.Compare });
        _series = Ask.Answer(Mine(["response_time"], Ask.Step));
        _week = Ask.Answer(Mine(["sent"], "hour_of_week"));
        _known = Ask.Answer(Mine(["known"], "evidence"));
        _mailboxes = Ask.Answer(Mine(["response_time"], "mailbox"));
        _requesters = [.. Ask.Answer(Mine(["response_time"], "requester")).Result.Rows
            .OrderByDescending(row => row.Figures[0].Count).Take(RequestersShown)];
        var course = new Course(_series.Result);
        _steps = course.Points("response_time");
        _response = [new("Median", "t1", course.Medians(0)), new("p90", "t4", course.P90s(0))];
        _bands = At(1).Distribution is { } spread ? FigurePage.Bands(spread) : [new("Waits", "t1", [])];
        _evidence = [.. _known.Result.Rows.Where(row => row.Figures[0].Value > 0)
            .Select(row => (row.Keys[0] ?? "", row.Figures[0].Value!.Value)).OrderByDescending(row => row.Value)];
        _hours = _week.Result.Rows.ToDictionary(row => row.Keys[0] ?? "", row => row.Figures[0].Value);
    }

    MetricQuery Mine(IReadOnlyList<string> metrics, params IReadOnlyList<string> dimensions) =>
        ScreenAsk.Only(Ask.For(metrics, dimensions), "agent", Ask.Name);

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];
}

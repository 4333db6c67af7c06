using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Agents;

/// <summary><c>/agents/{address}</c>.</summary>
public sealed partial class AgentPage
{
    const string Known = "known";

    static readonly string[] Metrics =
    [
        "response_time", "sla_attainment", "distinct_requesters", "active_days", "conversations_per_day", "collisions", "handoffs",
    ];

    Answer _totals = null!; // Asked before anything is shown.
    Answer _series = null!;
    Answer _week = null!;
    Answer _evidence = null!;
    Answer _mailboxes = null!;
    Answer _domains = null!;
    Figure _share;
    IReadOnlyList<ChartPoint> _steps = [];
    IReadOnlyList<ChartSeries> _response = [];
    IReadOnlyList<ChartSeries> _spread = [];
    Dictionary<string, double?> _hours = [];

    protected override void Load()
    {
        if (Ask.View.Find(Ask.Name).IsNone) throw new Mistake("not_found", $"Nobody of the address {Ask.Name} was met.");
        MetricQuery Mine(IReadOnlyList<string> metrics, params IReadOnlyList<string> dimensions) =>
            ScreenAsk.Only(Ask.For(metrics, dimensions), "agent", Ask.Name);
        _totals = Ask.Answer(Mine(Metrics) with { Compare = Ask.Query.Compare });
        _share = Ask.Answer(Ask.For(["workload_share"], "agent")).Result.Rows
            .FirstOrDefault(row => row.Keys[0] == Ask.Name)?.Figures[0] ?? new(null, 0, false);
        _series = Ask.Answer(Mine(["response_time"], Ask.Step));
        _week = Ask.Answer(Mine([Known], "hour_of_week"));
        _evidence = Ask.Answer(Mine([Known], "evidence"));
        _mailboxes = Ask.Answer(Mine(["response_time"], "mailbox"));
        _domains = Ask.Answer(Mine(["response_time"], "requester_domain"));
        var course = new Course(_series.Result);
        _steps = course.Points("response_time");
        _response = [new("Median", "t1", course.Medians(0)), new("p90", "t4", course.P90s(0))];
        _spread = Bands.Of(At(0));
        _hours = _week.Result.Rows.ToDictionary(row => row.Keys[0] ?? "", row => row.Figures[0].Value);
    }

    string Clock => Shown.Sentence(Shown.ClockOf(Ask.Query));

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];
}

using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Mailboxes;

/// <summary><c>/mailboxes/{address}</c>: one mailbox.</summary>
public sealed partial class MailboxPage
{
    static readonly string[] Metrics =
        ["received", "answered_rate", "still_waiting", "first_response_time", "sla_attainment", "coverage"];

    Answer _totals = null!; // All are asked before anything is shown.
    Answer _series = null!;
    Answer _reasons = null!;
    Answer _agents = null!;
    IReadOnlyList<ChartPoint> _steps = [];
    IReadOnlyList<ChartSeries> _volume = [];
    IReadOnlyList<ChartSeries> _response = [];
    IReadOnlyList<ChartSeries> _backlog = [];
    IReadOnlyList<(string Reason, double Count)> _unknown = [];

    protected override void Load()
    {
        if (!Ask.View.Sources.Any(source => source.Name == Ask.Name))
            throw new Mistake("not_found", $"There is no mailbox {Ask.Name} with messages.");
        _totals = Ask.Answer(Mine(Metrics) with { Compare = Ask.Query.Compare });
        _series = Ask.Answer(Mine(["received", "sent", "first_response_time", "backlog"], Ask.Step));
        _reasons = Ask.Answer(Mine(["unattributed"], "reason"));
        _agents = Ask.Answer(Mine(["response_time", "workload_share"], "agent"));
        var course = new Course(_series.Result);
        _steps = course.Points("received");
        _volume = [new("Received", "t1", course.Values(0, 0)), new("Sent", "t3", course.Values(1, 0))];
        _response = [new("Median", "t1", course.Medians(2)), new("p90", "t4", course.P90s(2))];
        _backlog = course.Ages(3);
        _unknown = [.. _reasons.Result.Rows.Where(row => row.Keys[0] is not null && row.Figures[0].Value > 0)
            .Select(row => (row.Keys[0]!, row.Figures[0].Value!.Value)).OrderByDescending(row => row.Value)];
    }

    MetricQuery Mine(IReadOnlyList<string> metrics, params IReadOnlyList<string> dimensions) =>
        ScreenAsk.Only(Ask.For(metrics, dimensions), "mailbox", Ask.Name);

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];
}

using NodaTime;
using NodaTime.Text;
using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Mailboxes;

/// <summary><c>/mailboxes/{address}</c>.</summary>
public sealed partial class MailboxPage
{
    const string NobodyKnown = "Nobody known";

    static readonly string[] Metrics =
        ["received", "answered_rate", "still_waiting", "oldest_wait", "first_response_time", "sla_attainment", "coverage"];

    Answer _totals = null!; // Asked before anything is shown.
    Answer _series = null!;
    Answer _instant = null!;
    Answer _agents = null!;
    Answer _reasons = null!;
    IReadOnlyList<ChartPoint> _flowSteps = [];
    IReadOnlyList<ChartPoint> _responseSteps = [];
    IReadOnlyList<ChartPoint> _backlogSteps = [];
    IReadOnlyList<ChartSeries> _flow = [];
    IReadOnlyList<ChartSeries> _response = [];
    IReadOnlyList<ChartSeries> _backlog = [];

    protected override void Load()
    {
        if (!Ask.View.Sources.Any(source => source.Name == Ask.Name))
            throw new Mistake("not_found", $"There is no mail of {Ask.Name}.");
        MetricQuery Here(IReadOnlyList<string> metrics, params IReadOnlyList<string> dimensions) =>
            ScreenAsk.Only(Ask.For(metrics, dimensions), "mailbox", Ask.Name);
        _totals = Ask.Answer(Here(Metrics) with { Compare = Ask.Query.Compare });
        _series = Ask.Answer(Here(["inflow", "outflow", "first_response_time", "backlog"], Ask.Step));
        _agents = Ask.Answer(Here(["response_time"], "agent"));
        _reasons = Ask.Answer(Here(["unattributed"], "reason"));
        var at = Instant();
        _instant = Ask.Answer(Here(["backlog"]) with { From = at - Duration.FromSeconds(1), To = at, AsOf = at });
        var course = new Course(_series.Result);
        _flowSteps = course.Points("inflow");
        _responseSteps = course.Points("first_response_time");
        _backlogSteps = course.Points("backlog");
        _flow = [new("Began", "t1", course.Values(0, 0)), new("Closed", "t4", course.Values(1, 0))];
        _response = [new("Median", "t1", course.Medians(2)), new("p90", "t4", course.P90s(2))];
        _backlog = course.Ages(3);
    }

    string Clock => Shown.Sentence(Shown.ClockOf(Ask.Query));

    // As browsers write a local time.
    static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    string AtText => Minutes.Format(_instant.Query.AsOf.InZone(Ask.Zone).LocalDateTime);

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];

    Instant Instant()
    {
        if (Ask.Asked.Text("at") is not { } text) return Ask.Query.AsOf;
        var local = Minutes.Parse(text);
        if (!local.Success || local.Value.Year is < 1971 or > 2099)
            throw new Mistake("invalid", "at: give a local time as 2026-01-31T08:00, from 1971 to 2099.");
        return NodaTime.Instant.Min(local.Value.InZoneLeniently(Ask.Zone).ToInstant(), Ask.Query.AsOf);
    }
}

using NodaTime.Extensions;
using OnBehalf.Answers;
using OnBehalf.Checks;
using OnBehalf.Components;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Pages.Coverage;

/// <summary><c>/coverage</c>.</summary>
public sealed partial class CoveragePage
{
    static readonly string[] Metrics = ["coverage", "known", "ambiguous", "pending", "unattributed"];

    Answer _totals = null!; // Asked before anything is shown.
    Answer _series = null!;
    Answer _evidence = null!;
    Answer _reasons = null!;
    Answer _mailboxes = null!;
    TablePart _part = null!;
    IReadOnlyList<ChartPoint> _steps = [];
    IReadOnlyList<ChartSeries> _share = [];
    IReadOnlyList<SetupFinding> _alarms = [];

    protected override void Load()
    {
        _alarms = Desk.Read(store => SetupLook.Alarms(store, Clock.GetCurrentInstant()), Ask.Cancellation);
        _totals = Ask.Answer(Ask.For(Metrics) with { Compare = Ask.Query.Compare });
        _series = Ask.Answer(Ask.For(["coverage"], Ask.Step));
        _evidence = Ask.Answer(Ask.For(["known"], "evidence"));
        _reasons = Ask.Answer(Ask.For(["unattributed"], "reason"));
        _mailboxes = Ask.Answer(Ask.For(Metrics, "mailbox"));
        _part = TablePart.Of(Ask, _mailboxes.Result.Rows);
        var course = new Course(_series.Result);
        _steps = course.Points("coverage");
        _share = [new("Coverage", "t1", course.Sound(0))];
    }

    IEnumerable<ResultRow> Reasons =>
        _reasons.Result.Rows.Where(row => row.Figures[0].Value > 0).OrderByDescending(row => row.Figures[0].Value);

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];

    string Rows(string metric, ResultRow row) => ScreenAsk.Rows(_mailboxes.Query, metric, row.Keys[0]);
}

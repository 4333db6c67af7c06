using System.Globalization;
using OnBehalf.Answers;
using OnBehalf.Components;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Coverage;

/// <summary><c>/coverage</c>: how far the figures by agent can be trusted.</summary>
public sealed partial class CoveragePage
{
    static readonly string[] Metrics = ["known", "ambiguous", "pending", "unattributed", "coverage"];

    Answer _totals = null!; // All are asked before anything is shown.
    Answer _series = null!;
    Answer _evidence = null!;
    Answer _reasons = null!;
    Answer _mailboxes = null!;
    IReadOnlyList<ChartPoint> _steps = [];
    IReadOnlyList<ChartSeries> _course = [];
    IReadOnlyList<(string Mailbox, string Reason, double Count)> _unknown = [];

    protected override void Load()
    {
        _totals = Ask.Answer(Ask.For(Metrics) with { Compare = Ask.Query.Compare });
        _series = Ask.Answer(Ask.For(["coverage"], Ask.Step));
        _evidence = Ask.Answer(Ask.For(["known"], "evidence"));
        _reasons = Ask.Answer(Ask.For(["unattributed"], "mailbox", "reason"));
        _mailboxes = Ask.Answer(Ask.For(Metrics, "mailbox"));
        var course = new Course(_series.Result);
        _steps = course.Points("coverage");
        _course = [new("Coverage", "t1", course.Values(0))];
        var isMailboxFirst = _reasons.Query.Dimensions[0] == "mailbox";
        _unknown = [.. _reasons.Result.Rows.Where(row => row.Figures[0].Value > 0)
            .Select(row => (isMailboxFirst ? row.Keys : [row.Keys[1], row.Keys[0]], row.Figures[0].Value!.Value))
            .Select(row => (row.Item1[0] ?? "", row.Item1[1] ?? "", row.Value)).OrderByDescending(row => row.Value)];
    }

    Figure At(int place) => _totals.Result.Totals[place];

    Figure? Before(int place) => _totals.Compared?.Totals[place];

    string Part(Figure figure) => _totals.Result.Coverage.All is > 0 and var all ? Shown.Share((figure.Value ?? 0) / all) : Shown.Nothing;

    string Points(double count) => _totals.Result.Coverage.All is > 0 and var all
        ? string.Create(CultureInfo.InvariantCulture, $"{count / all * 100:0.00} pt") : Shown.Nothing;

    string RowsUrl(string mailbox, string reason) => _reasons.Query.Dimensions[0] == "mailbox"
        ? ScreenAsk.Rows(_reasons.Query, "unattributed", mailbox, reason)
        : ScreenAsk.Rows(_reasons.Query, "unattributed", reason, mailbox);
}

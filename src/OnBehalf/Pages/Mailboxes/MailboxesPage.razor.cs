using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Mailboxes;

/// <summary><c>/mailboxes</c>.</summary>
public sealed partial class MailboxesPage
{
    static readonly string[] Metrics =
    [
        "received", "sent", "answered_rate", "still_waiting", "oldest_wait", "first_response_time", "sla_attainment", "coverage",
    ];

    static readonly Dictionary<string, Func<ResultRow, double?>> Columns = new(StringComparer.Ordinal)
    {
        ["received"] = row => row.Figures[0].Value,
        ["sent"] = row => row.Figures[1].Value,
        ["answered"] = row => row.Figures[2].Value,
        ["waiting"] = row => row.Figures[3].Value,
        ["oldest"] = row => row.Figures[4].Value,
        ["median"] = row => row.Figures[5].Value,
        ["p90"] = row => row.Figures[5].Distribution?.P90,
        ["sla"] = row => row.Figures[6].Value,
        ["coverage"] = row => row.Figures[7].Value,
    };

    Answer _answer = null!; // Asked before anything is shown.
    TablePart _part = null!;
    Dictionary<string, IReadOnlyList<double?>> _courses = [];
    string _sort = "";

    protected override void Load()
    {
        _answer = Ask.Answer(Ask.For(Metrics, "mailbox"));
        _sort = Ask.Asked.Text("sort") ?? "-received";
        _part = TablePart.Of(Ask, Sorting.By(_sort, _answer.Result.Rows, row => row.Keys[0] ?? "", Columns));
        var shown = ScreenAsk.Only(Ask.For(["received"], Ask.Step, "mailbox"), "mailbox", [.. _part.Rows.Select(row => row.Keys[0] ?? "")]);
        var courses = Course.BySecond(Ask.Answer(shown).Result);
        _courses = _part.Rows.ToDictionary(row => row.Keys[0] ?? "", row => courses(row.Keys[0]).Counts(0));
    }

    string Lead => $"Speed by the day of the reply, rates by the day the wait began; {Shown.ClockOf(Ask.Query)}.";

    string Rows(string metric, string mailbox) => ScreenAsk.Rows(_answer.Query, metric, mailbox);

    Figure Total(int place) => _answer.Result.Totals[place];
}

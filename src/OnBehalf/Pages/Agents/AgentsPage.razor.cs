using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Agents;

/// <summary><c>/agents</c>.</summary>
public sealed partial class AgentsPage
{
    static readonly string[] Metrics =
        ["response_time", "sla_attainment", "workload_share", "distinct_requesters", "handoffs", "collisions"];

    static readonly Dictionary<string, Func<ResultRow, double?>> Columns = new(StringComparer.Ordinal)
    {
        ["responses"] = row => row.Figures[0].Count,
        ["median"] = row => row.Figures[0].Value,
        ["p90"] = row => row.Figures[0].Distribution?.P90,
        ["sla"] = row => row.Figures[1].Value,
        ["share"] = row => row.Figures[2].Value,
        ["requesters"] = row => row.Figures[3].Value,
        ["handoffs"] = row => row.Figures[4].Value,
        ["collisions"] = row => row.Figures[5].Value,
    };

    Answer _answer = null!; // Asked before anything is shown.
    TablePart _part = null!;
    Dictionary<string, IReadOnlyList<double?>> _courses = [];
    Answer? _teams;
    string _sort = "";

    protected override void Load()
    {
        _answer = Ask.Answer(Ask.For(Metrics, "agent"));
        _sort = Ask.Asked.Text("sort") ?? "-responses";
        // Messages that came in and were never answered have no agent either, and are nobody's work.
        var rows = _answer.Result.Rows.Where(row => row.Keys[0] is not null || row.Figures[0].Count + row.Figures[3].Count > 0).ToList();
        if (Ask.View.Settings.Teams.Count > 0) _teams = Ask.Answer(Ask.For(["response_time"], "team"));
        _part = TablePart.Of(Ask, [
            .. Sorting.By(_sort, rows.Where(row => row.Keys[0] is not null), row => Ask.View.NameOf(row.Keys[0]!), Columns),
            .. rows.Where(row => row.Keys[0] is null)]);
        var shown = ScreenAsk.Only(
            Ask.For(["response_time"], Ask.Step, "agent"), "agent", [.. _part.Rows.Select(row => row.Keys[0] ?? "")]);
        var courses = Course.BySecond(Ask.Answer(shown).Result);
        _courses = _part.Rows.ToDictionary(row => row.Keys[0] ?? "", row => courses(row.Keys[0]).Counts(0));
    }

    string Lead => $"Responses by the day of the reply; {Shown.ClockOf(Ask.Query)}.";

    // A promise that nobody answered is nobody's in particular.
    static Figure Own(ResultRow row, int place) => row.Keys[0] is null ? default : row.Figures[place];

    // Then the figure of all is below that of everybody, and says why.
    bool HasUnanswered => _answer.Result.Rows.Any(row => row.Keys[0] is null && row.Figures[1].Count > 0);

    IReadOnlyList<double?> CourseOf(string? agent) => _courses[agent ?? ""];

    string Rows(string metric, string? agent) => ScreenAsk.Rows(_answer.Query, metric, agent);

    Figure Total(int place) => _answer.Result.Totals[place];
}

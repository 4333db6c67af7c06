using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Agents;

/// <summary><c>/agents</c>: everybody who answers, beside each other.</summary>
public sealed partial class AgentsPage
{
    sealed record AgentRow(
        string? Agent, Figure Response, Figure First, Figure Sla, Figure Share, Figure Requesters, Figure Collisions,
        IReadOnlyList<double?> Course);

    static readonly string[] Metrics =
        ["response_time", "first_response_time", "sla_attainment", "workload_share", "distinct_requesters", "collisions"];

    static readonly (string Key, string Name, bool IsNumber)[] Columns =
    [
        ("agent", "Agent", false), ("responses", "Replies", true), ("median", "Median", true), ("p90", "p90", true),
        ("first", "First, median", true), ("sla", "SLA", true), ("share", "Share", true), ("requesters", "Requesters", true),
        ("collisions", "Collisions", true),
    ];

    Answer _answer = null!; // Asked before anything is shown.
    IReadOnlyList<AgentRow> _rows = [];

    protected override void Load()
    {
        _answer = Ask.Answer(Ask.For(Metrics, "agent"));
        var series = Ask.Answer(Ask.For(["response_time"], "agent", Ask.Step)).Result;
        var (agentAt, stepAt) = series.Query.Dimensions[0] == "agent" ? (0, 1) : (1, 0);
        var counts = series.Rows.ToDictionary(
            row => (row.Keys[agentAt] ?? "", row.Keys[stepAt] ?? ""), row => (double?)row.Figures[0].Count);
        var rows = _answer.Result.Rows.Select(row => new AgentRow(
            row.Keys[0], row.Figures[0], row.Figures[1], row.Figures[2], row.Figures[3], row.Figures[4], row.Figures[5],
            [.. series.Steps.Select(step => counts.GetValueOrDefault((row.Keys[0] ?? "", step.Key), 0))]));
        _rows = Sorted([.. rows.Where(row => row.Response.Count > 0 || row.Collisions.Value > 0)]);
    }

    string Lead => _answer?.Result.Coverage is { Value: { } coverage } known
        ? $"{Shown.Share(coverage)} of {Shown.Count(known.All)} messages sent have a known author; only those can be told by agent."
        : "";

    string Sort => Ask.Asked.Text("sort") ?? "-responses";

    List<AgentRow> Sorted(List<AgentRow> rows)
    {
        var key = Sort.TrimStart('-');
        if (!Columns.Any(column => column.Key == key))
            throw new Mistake("invalid", 
                $"sort: it is one of {string.Join(", ", Columns.Select(c => c.Key))}, or one of them after a minus.");
        rows.Sort((a, b) => Compare(key, a, b) is var order and not 0 ? Sort[0] == '-' ? -order : order
            : string.CompareOrdinal(a.Agent, b.Agent));
        return [.. rows.Where(row => row.Agent is not null), .. rows.Where(row => row.Agent is null)];
    }

    int Compare(string key, AgentRow a, AgentRow b) => key == "agent"
        ? string.Compare(NameOf(a), NameOf(b), StringComparison.OrdinalIgnoreCase)
        : Nullable.Compare(ValueOf(key, a), ValueOf(key, b));

    string NameOf(AgentRow row) => row.Agent is { } agent ? Ask.View.NameOf(agent) : "";

    static double? ValueOf(string key, AgentRow row) => key switch
    {
        "median" => row.Response.Value,
        "p90" => row.Response.Distribution?.P90,
        "first" => row.First.Value,
        "sla" => row.Sla.Value,
        "share" => row.Share.Value,
        "requesters" => row.Requesters.Value,
        "collisions" => row.Collisions.Value,
        _ => row.Response.Count,
    };

    string? SortOf(string key) => Sort == key ? "ascending" : Sort == "-" + key ? "descending" : null;

    string SortUrl(string key) => Ask.Link(Ask.Path, ("sort", Sort == "-" + key ? key : "-" + key));
}

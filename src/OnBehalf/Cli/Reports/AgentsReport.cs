using OnBehalf.Engine.Queries;

namespace OnBehalf.Cli.Reports;

/// <summary>One agent a line: how many waits they ended, and how long those were.</summary>
static class AgentsReport
{
    static readonly string[] Metrics =
    [
        "response_time", "first_response_time", "reply_time", "workload_share", "distinct_requesters", "active_days",
        "touches", "collisions",
    ];

    public static Sheet Write(ReportContext context)
    {
        var result = context.Ask(Metrics, "agent");
        var sheet = new Sheet(
            "agent", "responses", "median seconds", "p90 seconds", "mean seconds",
            "first responses", "first median seconds", "first p90 seconds",
            "replies", "reply median seconds", "reply p90 seconds", "reply mean seconds",
            "share", "requesters", "active days", "touches", "collisions", "small sample");
        foreach (var row in result.Rows.Where(r => r.Figures.Any(f => f.Count > 0)).OrderByDescending(r => r.Figures[0].Count))
            Add(sheet, row.Keys[0] is { } agent ? Name(context, agent) : "(nobody known)", row.Figures);
        Add(sheet, "(all)", result.Totals);
        context.SayWhatTheyStandOn(result, "dated by the reply");
        return sheet;
    }

    static string Name(ReportContext context, string agent) =>
        context.Rules.NameOf(context.Store.Addresses.Find(agent)) is var name && name != agent ? $"{name} <{agent}>" : agent;

    static void Add(Sheet sheet, string agent, IReadOnlyList<Figure> f)
    {
        var (all, first, reply) = (f[0].Distribution, f[1].Distribution, f[2].Distribution);
        sheet.Add(
            agent, f[0].Count, all?.Median, all?.P90, all?.Mean, f[1].Count, first?.Median, first?.P90,
            f[2].Count, reply?.Median, reply?.P90, reply?.Mean,
            f[3].Value, f[4].Value, f[5].Value, f[6].Value, f[7].Value, f[0].IsSmall);
    }
}

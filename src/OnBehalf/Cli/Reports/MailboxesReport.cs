using OnBehalf.Engine.Queries;

namespace OnBehalf.Cli.Reports;

/// <summary>One mailbox a line: in and out, how fast, and what is still waiting.</summary>
static class MailboxesReport
{
    static readonly string[] Metrics =
    [
        "received", "sent", "inflow", "answered_rate", "still_waiting", "oldest_wait", "first_response_time",
        "response_time", "censored_median", "resolution_time", "one_touch_rate", "reopen_rate", "coverage",
    ];

    public static Sheet Write(ReportContext context)
    {
        var result = context.Ask(Metrics, "mailbox");
        var sheet = new Sheet(
            "mailbox", "received", "sent", "cycles", "answered rate", "still waiting", "oldest wait seconds",
            "first responses", "first median seconds", "first p90 seconds", "responses", "median seconds", "p90 seconds",
            "censored median seconds", "resolution median seconds", "one touch rate", "reopen rate", "coverage");
        foreach (var row in result.Rows) Add(sheet, row.Keys[0] ?? "–", row.Figures);
        if (result.Rows.Count > 1) Add(sheet, "(all)", result.Totals);
        context.SayWhatTheyStandOn(result, "speed dated by the reply, rates by the day the wait began");
        return sheet;
    }

    static void Add(Sheet sheet, string mailbox, IReadOnlyList<Figure> f) => sheet.Add(
        mailbox, f[0].Value, f[1].Value, f[2].Value, f[3].Value, f[4].Value, f[5].Value,
        f[6].Count, f[6].Distribution?.Median, f[6].Distribution?.P90,
        f[7].Count, f[7].Distribution?.Median, f[7].Distribution?.P90,
        f[8].Value, f[9].Distribution?.Median, f[10].Value, f[11].Value, f[12].Value);
}

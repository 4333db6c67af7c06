namespace OnBehalf.Cli.Reports;

/// <summary>Outbound messages by people: who is known by what, and who is not and why.</summary>
static class AttributionReport
{
    public static Sheet Write(ReportContext context)
    {
        var result = context.Ask(["known", "ambiguous", "pending", "unattributed"], "mailbox", "evidence", "reason");
        var sheet = new Sheet("mailbox", "known by", "reason", "known", "ambiguous", "pending", "unattributed", "share");
        var all = result.Coverage.All;
        foreach (var row in result.Rows)
        {
            var counts = row.Figures.Select(f => f.Value ?? 0).ToList();
            if (counts.Sum() == 0) continue;
            sheet.Add(row.Keys[0], row.Keys[1] ?? "", row.Keys[2] ?? "", counts[0], counts[1], counts[2], counts[3],
                all == 0 ? null : counts.Sum() / all);
        }
        context.SayWhatTheyStandOn(result, "dated by the message");
        return sheet;
    }
}

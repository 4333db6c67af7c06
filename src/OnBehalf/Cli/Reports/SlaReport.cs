namespace OnBehalf.Cli.Reports;

/// <summary>One mailbox and policy a line: promises by state, and the share that was kept.</summary>
static class SlaReport
{
    static readonly string[] Metrics =
        ["sla_met", "sla_breached", "sla_at_risk", "sla_pending", "sla_cancelled", "sla_attainment"];

    public static Sheet Write(ReportContext context)
    {
        var result = context.Ask(Metrics, "mailbox", "sla_policy");
        var policies = context.Store.Settings.Load().Settings.SlaPolicies;
        var sheet = new Sheet("mailbox", "policy", "met", "breached", "at risk", "pending", "cancelled", "attainment");
        foreach (var row in result.Rows)
            if (int.TryParse(row.Keys[1], out var number) && number > 0)
                sheet.Add([row.Keys[0], number <= policies.Count ? policies[number - 1].Name : row.Keys[1],
                    .. row.Figures.Select(f => (object?)f.Value)]);
        if (policies.Count == 0) context.Terminal.Say("No promise is set: onbehalf sla set NAME --first MINUTES.");
        context.SayWhatTheyStandOn(result, "promises on the mailbox clock, dated by the day the wait began");
        return sheet;
    }
}

using NodaTime;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Cli.Reports;

/// <summary>What waits at an instant: the counts by age beside the table, the waits in it, oldest first.</summary>
static class BacklogReport
{
    /// <summary>Waits that are listed; the counts are of all.</summary>
    const int Listed = 1000;

    static readonly string[] Bands = ["0–1 h", "1–4 h", "4–8 h", "8–24 h", "1–3 d", "over 3 d"];

    public static Sheet Write(ReportContext context)
    {
        var at = context.Query.AsOf;
        // The backlog at an instant is everything open then, whenever it began: the range ends there.
        var query = context.Query with
        {
            Metrics = ["backlog"], Dimensions = ["mailbox"], To = at,
            From = Instant.Min(context.Query.From, at - Duration.FromSeconds(1)),
        };
        var result = context.Reader.Answer(query, context.Cancellation);
        foreach (var row in result.Rows)
            context.Terminal.Say($"{row.Keys[0]}: {row.Figures[0].Value ?? 0:N0} waiting; "
                + string.Join(", ", Bands.Zip(row.Figures[0].Ages ?? [], (band, n) => $"{band}: {n:N0}")));

        var sheet = new Sheet("waiting since", "age seconds", "mailbox", "requester", "subject", "message");
        foreach (var wait in context.Reader.RowsBehind(query, [], Listed).Rows) Add(context, sheet, wait, at);
        context.SayWhatTheyStandOn(result, $"as of {context.Local(at)}");
        return sheet;
    }

    static void Add(ReportContext context, Sheet sheet, FigureRow wait, Instant at)
    {
        var fact = context.Store.Facts.ReadFacts(wait.Mailbox, [wait.FactId]).First();
        var clocks = context.Reader.ClocksOf(wait.Mailbox);
        var age = clocks.Measure(wait.At, at.ToUnixTimeSeconds(), default);
        sheet.Add(
            context.Local(Instant.FromUnixTimeSeconds(wait.At)),
            context.Query.Clock == Clock.Calendar ? age.Calendar : age.Mailbox,
            context.Store.Addresses[wait.Mailbox],
            context.Store.Addresses[fact.Author.IsNone ? fact.From : fact.Author], fact.Subject, fact.MessageId);
    }
}

using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Cli.Reports;

/// <summary>One conversation a line: what was said in it, who answered, and whether anybody still waits.</summary>
static class ConversationsReport
{
    public static Sheet Write(ReportContext context)
    {
        var (from, to) = (context.Query.From.ToUnixTimeSeconds(), context.Query.To.ToUnixTimeSeconds());
        var asOf = context.Query.AsOf.ToUnixTimeSeconds();
        var sheet = new Sheet(
            "conversation", "mailbox", "began", "requester", "messages", "responses", "first response seconds",
            "still waiting", "agents");
        var conversations = context.Reader.Findings()
            .Where(f => f.Finding.At <= asOf && !f.Finding.Marks.HasFlag(Marks.Undated))
            .GroupBy(f => (f.Mailbox, f.Finding.Conversation))
            .Where(c => c.Any(f => f.Finding.At >= from && f.Finding.At < to))
            .Where(c => context.Query.BegunBy is not { } by
                || c.First().Finding.Marks.HasFlag(Marks.BegunByAgent) == (by == BegunBy.Agent))
            .OrderBy(c => c.Min(f => f.Finding.At)).ThenBy(c => c.Key.Conversation);
        foreach (var conversation in conversations)
            Add(context, sheet, conversation.Key.Mailbox,
                [.. conversation.Select(f => f.Finding).OrderBy(f => f.At).ThenBy(f => f.FactId)], asOf);
        context.SayWhatTheyStandOn(context.Ask(["received"]), "conversations with a message in the range");
        return sheet;
    }

    static void Add(ReportContext context, Sheet sheet, AddressId mailbox, Finding[] findings, long asOf)
    {
        var responses = findings.Where(f => f.Response is not null).ToList();
        var requester = findings.FirstOrDefault(f => !f.Requester.IsNone)?.Requester ?? default;
        sheet.Add(
            $"c{findings[0].Conversation}", context.Store.Addresses[mailbox],
            context.Local(Instant.FromUnixTimeSeconds(findings[0].At)), context.Store.Addresses[requester],
            findings.Length, responses.Count,
            responses.Count > 0 ? By(context.Query.Clock, responses[0].Response!.Waited) : null,
            findings.Any(f => f.Wait is { } wait && (wait.EndedAt is null || wait.EndedAt > asOf)),
            string.Join(' ', findings.Where(f => f.Direction == Direction.Outbound && !f.Agent.IsNone)
                .Select(f => context.Store.Addresses[f.Agent]).Distinct()));
    }

    static int By(Clock clock, Clocks waited) => clock switch
    {
        Clock.Mailbox => waited.Mailbox,
        Clock.Agent => waited.Agent,
        _ => waited.Calendar,
    };
}

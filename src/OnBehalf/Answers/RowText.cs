using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Answers;

/// <summary>A message behind a figure, with what was found out about it.</summary>
public sealed record ShownRow(FigureRow Row, MessageFact Fact, Finding Finding)
{
    /// <summary>How long the wait was that this message ended or opened, by a clock; null where there is none that ended.</summary>
    public int? Waited(Clock clock) =>
        Finding.Response is { } response ? By(clock, response.Waited)
        : Finding.Wait is { EndedAt: not null } wait ? By(clock, wait.Waited)
        : null;

    /// <summary>Whether it opened a wait that was open at an instant.</summary>
    public bool IsOpenAt(Instant at) =>
        Finding.Wait is { } wait && (wait.EndedAt is not { } ended || ended > at.ToUnixTimeSeconds());

    /// <summary>Who wrote it, as far as known.</summary>
    public AddressId Author => Finding.Direction == Direction.Outbound ? Finding.Agent : Finding.Requester;

    static int By(Clock clock, Clocks waited) => clock switch
    {
        Clock.Mailbox => waited.Mailbox,
        Clock.Agent => waited.Agent,
        _ => waited.Calendar,
    };
}

/// <summary>Rows for people and programs: facts and findings brought together.</summary>
public static class RowText
{
    /// <summary>The names of a row's fields, as columns and in JSON.</summary>
    public static readonly string[] Columns =
    [
        "at", "mailbox", "conversation", "message_id", "subject", "direction", "kind", "requester", "agent", "agent_name",
        "evidence", "reason", "waited_seconds", "open", "due_at",
    ];

    /// <summary>Looks up what is shown of some rows.</summary>
    public static IReadOnlyList<ShownRow> Show(
        StoreView view, FactDesk desk, IReadOnlyList<FigureRow> rows, CancellationToken cancellation)
    {
        var findings = view.FindingsBehind(rows);
        var facts = desk.Read(store =>
        {
            var found = new Dictionary<(AddressId, long), MessageFact>();
            foreach (var mailbox in rows.GroupBy(row => row.Mailbox))
                foreach (var fact in store.Facts.ReadFacts(mailbox.Key, [.. mailbox.Select(row => row.FactId).Order()]))
                    found[(mailbox.Key, fact.FactId)] = fact;
            return found;
        }, cancellation);
        // An import that goes on beside us may have replaced the findings; what is not there in both is left out.
        return
        [
            .. from row in rows
            let key = (row.Mailbox, row.FactId)
            where facts.ContainsKey(key) && findings.ContainsKey(key)
            select new ShownRow(row, facts[key], findings[key]),
        ];
    }

    /// <summary>A row's fields, in the order of <see cref="Columns"/>.</summary>
    public static object?[] Fields(StoreView view, MetricQuery query, ShownRow shown)
    {
        var finding = shown.Finding;
        var wait = shown.Waited(query.Clock);
        var due = finding.Wait?.Due ?? finding.Response?.Due ?? 0;
        return
        [
            finding.At == 0 ? null : AnswerText.Text(finding.At), view.Address(shown.Row.Mailbox), $"c{finding.Conversation}",
            shown.Fact.MessageId, shown.Fact.Subject, finding.Direction.ToString(), finding.Kind.ToString(),
            Text(view, finding.Requester), Text(view, finding.Agent),
            finding.Agent.IsNone ? null : view.NameOf(view.Address(finding.Agent)),
            finding.Evidence == 0 ? null : finding.Evidence.ToString(), finding.Reason == 0 ? null : finding.Reason.ToString(),
            wait, shown.IsOpenAt(query.AsOf), due == 0 ? null : AnswerText.Text(due),
        ];
    }

    static string? Text(StoreView view, AddressId id) => id.IsNone ? null : view.Address(id);
}

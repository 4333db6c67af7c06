using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Engine.Metrics;

/// <summary>Every metric there is. docs/metrics.md describes each; a test holds the two together.</summary>
public static class MetricRegistry
{
    /// <summary>Every metric, in the order of docs/metrics.md.</summary>
    public static IReadOnlyList<Metric> All { get; } =
        [.. Mail(), .. Speed(), .. Waiting(), .. Outcomes(), .. Work(), .. Authors(), .. Promises()];

    /// <summary>The metric that leaves out what is not finished at the instant one looks from.</summary>
    internal const string Handoffs = "handoffs";

    static readonly Dictionary<string, Metric> ByName = All.ToDictionary(metric => metric.Name, StringComparer.Ordinal);

    /// <summary>The metric of a name; null when there is none.</summary>
    public static Metric? Find(string name) => ByName.GetValueOrDefault(name);

    static IEnumerable<Metric> Mail() =>
    [
        Count("received", RowKind.Messages, "Messages that came in, of every kind.") with { Takes = r => r.IsInbound },
        Count("sent", RowKind.Messages, "Messages that went out, of every kind.") with { Takes = r => !r.IsInbound },
        Count("messages", RowKind.Messages, "Messages that went out, one for each recipient.") with
        {
            Takes = r => !r.IsInbound,
            Value = r => Math.Max(1, r.Recipients), // somebody got it, even when nobody is named
        },
        Count("replied", RowKind.Messages, "Inbound human messages that were answered, by the day they came in.") with
        {
            Takes = r => r.IsReplied,
        },
        Share("no_reply_needed_rate", RowKind.Messages, Dating.Message,
            "Inbound human messages that a rule exempts from waiting, of all inbound human messages.") with
        {
            Takes = r => r.IsInbound && r.IsHuman,
            Hits = r => r.Has(Marks.NoReplyNeeded),
        },
        Count("touches", RowKind.Messages, "Messages to colleagues only, which answer nobody.") with
        {
            Takes = r => r.Has(Marks.Touch),
        },
        Count("collisions", RowKind.Messages, "Second replies by another agent within ten minutes.") with
        {
            Takes = r => r.Has(Marks.Collision),
        },
    ];

    static IEnumerable<Metric> Speed() =>
    [
        Time("first_response_time", RowKind.Responses, "How long the first wait of a cycle was, once answered.") with
        {
            Takes = r => r.Has(Marks.First),
        },
        Time("next_response_time", RowKind.Responses, "How long every other wait was, once answered.") with
        {
            Takes = r => !r.Has(Marks.First),
        },
        Time("response_time", RowKind.Responses, "How long every wait was, once answered."),
        new("reply_time", Unit.Seconds, RowKind.Messages, Dating.Message, Aggregation.Distribution,
            "Elapsed time from the very message that a reply names as its parent.")
        {
            Takes = r => r.HasParent,
            Value = r => r.SinceParent,
        },
        new("resolution_time", Unit.Seconds, RowKind.Messages, Dating.Message, Aggregation.Distribution,
            "From the beginning of a closed cycle to its last reply.")
        {
            Takes = r => r.IsResolution,
            Value = r => r.Resolution,
        },
        new("customer_wait_time", Unit.Seconds, RowKind.Cycles, Dating.Began, Aggregation.Distribution,
            "All waits of a cycle together; an open one counts as far as it has come.") { SumsWaits = true },
        Share("out_of_hours_share", RowKind.Responses, Dating.Message,
            "Responses whose wait lay wholly outside the mailbox's hours, of all responses.") with
        {
            Hits = r => r.Has(Marks.OutOfHours),
        },
    ];

    static IEnumerable<Metric> Waiting() =>
    [
        new("still_waiting", Unit.Count, RowKind.Waits, Dating.Began, Aggregation.Sum,
            "Waits that began in the range and are open.") { Takes = r => r.WaitIsOpen },
        new("oldest_wait", Unit.Seconds, RowKind.Waits, Dating.Began, Aggregation.Largest,
            "How long the longest of the waits has lasted that began in the range and are open.")
        {
            Takes = r => r.WaitIsOpen,
            Value = r => r.WaitSoFar,
        },
        new("censored_median", Unit.Seconds, RowKind.Waits, Dating.Began, Aggregation.CensoredMedian,
            "When half of the waits that began in the range are answered, those that are open taken into account.")
        {
            Value = r => r.WaitSoFar,
            Hits = r => r.WaitEnd == WaitEnd.Answered,
        },
        new("backlog", Unit.Count, RowKind.Waits, Dating.State, Aggregation.Sum,
            "Waits that are open at the end of the range, or of each part of it, by age."),
    ];

    static IEnumerable<Metric> Outcomes() =>
    [
        Share("answered_rate", RowKind.Cycles, Dating.Began, "Cycles that have a reply, of all cycles that began.") with
        {
            Hits = r => r.IsAnswered,
        },
        Share("one_touch_rate", RowKind.Cycles, Dating.Began,
            "Closed cycles with exactly one reply, of closed cycles that have any.") with
        {
            Takes = r => r.IsClosed && r.Replies > 0,
            Hits = r => r.Replies == 1,
        },
        Share("reopen_rate", RowKind.Cycles, Dating.Began, "Cycles that reopened a conversation, by closed cycles.") with
        {
            Takes = r => r.IsClosed || r.Has(Marks.Reopened),
            Hits = r => r.Has(Marks.Reopened),
            IsBase = r => r.IsClosed,
        },
        new(Handoffs, Unit.Count, RowKind.Cycles, Dating.Began, Aggregation.Sum,
            "Changes of the known agent between consecutive replies of a cycle.")
        {
            Takes = r => !r.HasLaterReplies,
            Value = r => r.Handoffs,
        },
        new("inflow", Unit.Count, RowKind.Cycles, Dating.Began, Aggregation.Sum, "Cycles that began."),
        new("outflow", Unit.Count, RowKind.Cycles, Dating.Closed, Aggregation.Sum,
            "Cycles that were closed, by the day of their closing.") { Takes = r => r.IsClosed },
    ];

    static IEnumerable<Metric> Work() =>
    [
        new("workload_share", Unit.Share, RowKind.Responses, Dating.Message, Aggregation.ShareOfAll,
            "An agent's responses, of all responses."),
        new("distinct_requesters", Unit.Count, RowKind.Messages, Dating.Message, Aggregation.Distinct,
            "Different people whom outbound human messages were for.")
        {
            Takes = r => r.IsOutboundHuman && !r.Requester.IsNone,
            Value = r => r.Requester.Value,
        },
        new("active_days", Unit.Count, RowKind.Messages, Dating.Message, Aggregation.Distinct,
            "Local days on which a human message went out.")
        {
            Takes = r => r.IsOutboundHuman,
            Value = r => r.Day,
        },
        new("conversations_per_day", Unit.PerDay, RowKind.Messages, Dating.Message, Aggregation.DistinctPerDay,
            "Different conversations in which a human message went out, per active day.")
        {
            Takes = r => r.IsOutboundHuman,
            Value = r => r.Day,
            Second = r => r.Conversation,
        },
    ];

    static IEnumerable<Metric> Authors() =>
    [
        Share("coverage", RowKind.Messages, Dating.Message,
            "Outbound human messages with a known author, of all outbound human messages.") with
        {
            Takes = r => r.IsOutboundHuman,
            Hits = r => r.Author == AuthorState.Known,
        },
        Author("known", AuthorState.Known, "Outbound human messages whose evidence names one agent."),
        Author("ambiguous", AuthorState.Ambiguous, "Outbound human messages whose strongest evidence disagrees."),
        Author("pending", AuthorState.Pending, "Outbound human messages whose audit record may still come."),
        Author("unattributed", AuthorState.Unattributed, "Outbound human messages whose author nothing names."),
    ];

    static IEnumerable<Metric> Promises() =>
    [
        Promise("sla_met", SlaState.Met, "Waits that were answered by their due time."),
        Promise("sla_breached", SlaState.Breached, "Waits whose due time passed before a reply."),
        Promise("sla_at_risk", SlaState.AtRisk, "Open waits with less than a fifth of their target left."),
        Promise("sla_pending", SlaState.Pending, "Open waits that have more time left than that."),
        Promise("sla_cancelled", SlaState.Cancelled, "Waits that were closed in time without a reply."),
        Share("sla_attainment", RowKind.Waits, Dating.Began, "Waits whose promise was kept, of those kept or broken.") with
        {
            Takes = r => r.Sla is SlaState.Met or SlaState.Breached,
            Hits = r => r.Sla == SlaState.Met,
        },
    ];

    static Metric Count(string name, RowKind over, string definition) =>
        new(name, Unit.Count, over, Dating.Message, Aggregation.Sum, definition);

    static Metric Time(string name, RowKind over, string definition) =>
        new(name, Unit.Seconds, over, Dating.Message, Aggregation.Distribution, definition) { Value = r => r.Responded };

    static Metric Share(string name, RowKind over, Dating dating, string definition) =>
        new(name, Unit.Share, over, dating, Aggregation.Rate, definition);

    static Metric Author(string name, AuthorState state, string definition) =>
        Count(name, RowKind.Messages, definition) with { Takes = r => r.IsOutboundHuman && r.Author == state };

    static Metric Promise(string name, SlaState state, string definition) =>
        new(name, Unit.Count, RowKind.Waits, Dating.Began, Aggregation.Sum, definition) { Takes = r => r.Sla == state };
}

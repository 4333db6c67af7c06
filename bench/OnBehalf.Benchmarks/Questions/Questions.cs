using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>A question, its name in tables, and whether it is about one mailbox.</summary>
sealed record Question(string Name, MetricQuery Query);

/// <summary>The questions of the screens, and those that other databases answer, too.</summary>
static class AskedQuestions
{
    public const string Mailbox = "box010@acme.example";
    const string Agent = "agent0042@acme.example";

    /// <summary>What DuckDB and PostgreSQL are asked, too: elapsed time, the last ninety days, UTC.</summary>
    public static IReadOnlyList<Question> Compared(StoreView view) =>
    [
        Of(view, "agents", "metrics=response_time&dimensions=agent&range=90d"),
        Of(view, "agents-mailbox", $"metrics=response_time&dimensions=agent&range=90d&mailbox={Mailbox}"),
        Of(view, "agents-sla", "metrics=sla_attainment&dimensions=agent&range=90d"),
        Of(view, "requesters", "metrics=distinct_requesters&dimensions=agent&range=90d"),
        Of(view, "days-mailbox", $"metrics=received,sent,first_response_time&dimensions=day&range=90d&mailbox={Mailbox}"),
        Of(view, "heat", "metrics=received&dimensions=hour_of_week&kind=Human&range=90d"),
        Of(view, "mailboxes-days", "metrics=received&dimensions=mailbox,day&range=90d"),
        Of(view, "coverage", "metrics=coverage&dimensions=mailbox&range=90d"),
        Of(view, "backlog", "metrics=backlog&dimensions=day&range=90d"),
        Of(view, "backlog-mailbox", $"metrics=backlog&dimensions=day&range=90d&mailbox={Mailbox}"),
    ];

    /// <summary>What screens ask: thirty days, the mailbox's clock.</summary>
    public static IReadOnlyList<Question> Screens(StoreView view) =>
    [
        Of(view, "totals", "metrics=received,answered_rate,still_waiting,oldest_wait,first_response_time,sla_attainment,coverage"
            + "&clock=mailbox&compare=previous&range=30d"),
        Of(view, "series", "metrics=received,sent,first_response_time,backlog&dimensions=day&clock=mailbox&range=30d"),
        Of(view, "backlog", "metrics=backlog&dimensions=day&clock=mailbox&range=30d"),
        Of(view, "week", "metrics=received&dimensions=hour_of_week&clock=mailbox&kind=Human&range=30d"),
        Of(view, "agents", "metrics=response_time,sla_attainment,workload_share,distinct_requesters,handoffs,collisions"
            + "&dimensions=agent&clock=mailbox&range=30d"),
        Of(view, "waiting", "metrics=backlog&dimensions=sla_state&clock=mailbox&range=1d"),
        Of(view, "agent", "metrics=response_time,distinct_requesters,active_days,conversations_per_day"
            + $"&agent={Agent}&clock=mailbox&range=30d"),
        Of(view, "nothing", "metrics=collisions&clock=mailbox&range=30d"),
    ];

    static Question Of(StoreView view, string name, string text) =>
        new(name, QueryText.Parse(
            text.Split('&').Select(pair => pair.Split('=')).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1])),
            view.Defaults(new StandingClock()) with { Zone = NodaTime.DateTimeZone.Utc }));
}

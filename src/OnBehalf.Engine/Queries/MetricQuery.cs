using NodaTime;

namespace OnBehalf.Engine.Queries;

/// <summary>
/// A question about figures. It names what it wants by the words of docs/metrics.md; <see cref="Normalised"/> says
/// which of them is wrong.
/// </summary>
public sealed record MetricQuery
{
    /// <summary>The grace that an audit record has unless the question says otherwise.</summary>
    public static readonly Duration UsualAuditGrace = Duration.FromHours(24);

    /// <summary>Names of metrics, at least one.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Names of dimensions, outermost first.</summary>
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>Which rows count; all by default.</summary>
    public Filter Filter { get; init; } = Filter.Everything;

    /// <summary>The range's start, which is part of it.</summary>
    public required Instant From { get; init; }

    /// <summary>The range's end, which is not part of it.</summary>
    public required Instant To { get; init; }

    /// <summary>The zone of days, weeks and hours.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>The steps of a series; short for a first dimension of that name.</summary>
    public Granularity? Granularity { get; init; }

    /// <summary>The clock of every duration.</summary>
    public Clock Clock { get; init; } = Clock.Calendar;

    /// <summary>Only conversations that were begun by requesters, or by agents; null: both.</summary>
    public BegunBy? BegunBy { get; init; }

    /// <summary>From which instant everything is seen: nothing that came later is known.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>How long a missing audit record may still come; until then the author is pending.</summary>
    public Duration AuditGrace { get; init; } = UsualAuditGrace;

    /// <summary>What the figures are compared with; null: nothing.</summary>
    public Comparison? Compare { get; init; }

    /// <summary>
    /// The question about the period that this one is compared with, seen from as long after it; null when it is compared
    /// with nothing, or that period begins before 1970.
    /// </summary>
    public MetricQuery? Earlier() => Compare is { } comparison
        && Compared.With(this, comparison) is { From: var from, AsOf: var asOf } earlier
        && from >= Instant.FromUnixTimeSeconds(0) && asOf >= Instant.FromUnixTimeSeconds(0) ? earlier : null;

    /// <summary>The range of local dates <c>[first, end)</c> as instants of a zone.</summary>
    public static (Instant From, Instant To) RangeOf(LocalDate first, LocalDate end, DateTimeZone zone) =>
        (TimeSteps.StartOf(first, zone), TimeSteps.StartOf(end, zone));

    /// <summary>The same question in its one form, so that equal questions are equal to ask.</summary>
    /// <exception cref="Mistake">invalid: the message begins with the field that is wrong.</exception>
    public MetricQuery Normalised()
    {
        var query = this;
        foreach (var (_, step) in Normalise.Steps) query = step(query);
        return query;
    }
}

/// <summary>The clock of a duration.</summary>
public enum Clock : byte
{
    /// <summary>Elapsed time.</summary>
    Calendar,
    /// <summary>The mailbox's business hours.</summary>
    Mailbox,
    /// <summary>The agent's own hours, else the mailbox's.</summary>
    Agent,
}

/// <summary>The steps of a series.</summary>
public enum Granularity : byte
{
    /// <summary>An hour of the wall clock; the hour that an autumn night has twice is two.</summary>
    Hour,
    /// <summary>A local day.</summary>
    Day,
    /// <summary>A week from Monday.</summary>
    Week,
    /// <summary>A month.</summary>
    Month,
    /// <summary>A quarter.</summary>
    Quarter,
    /// <summary>A year.</summary>
    Year,
}

/// <summary>Who began the conversation.</summary>
public enum BegunBy : byte
{
    /// <summary>Somebody who wrote in.</summary>
    Requester,
    /// <summary>An agent.</summary>
    Agent,
}

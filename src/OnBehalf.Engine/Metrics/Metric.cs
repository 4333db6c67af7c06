using OnBehalf.Engine.Segments;

namespace OnBehalf.Engine.Metrics;

/// <summary>A number that may be asked for: what it counts or times, in which unit, and when it belongs to a day.</summary>
/// <param name="Name">What it is called in queries, tables and docs/metrics.md.</param>
/// <param name="Unit">The unit of its value.</param>
/// <param name="Over">The rows it is over.</param>
/// <param name="Dating">Which instant of a row decides the day it belongs to.</param>
/// <param name="Aggregation">How rows become one figure.</param>
/// <param name="Definition">One sentence for whoever reads the figure.</param>
public sealed record Metric(
    string Name, Unit Unit, RowKind Over, Dating Dating, Aggregation Aggregation, string Definition)
{
    /// <summary>Which of these rows belong to the figure; null: all of them.</summary>
    internal Func<Cursor, bool>? Takes { get; init; }

    /// <summary>What a row adds: seconds, how many, or the first half of what is told apart; null: it adds one.</summary>
    internal Func<Cursor, long>? Value { get; init; }

    /// <summary>The second half of what is told apart.</summary>
    internal Func<Cursor, long> Second { get; init; } = _ => 0;

    /// <summary>Whether a row is above the line of a rate, or whether a wait of a survival curve has ended.</summary>
    internal Func<Cursor, bool> Hits { get; init; } = _ => true;

    /// <summary>Whether a row is below the line of a rate.</summary>
    internal Func<Cursor, bool> IsBase { get; init; } = _ => true;

    /// <summary>Whether the value is the sum of a cycle's waits, which lie on other rows.</summary>
    internal bool SumsWaits { get; init; }
}

/// <summary>The unit of a metric's value.</summary>
public enum Unit : byte
{
    /// <summary>How many.</summary>
    Count,
    /// <summary>Whole or interpolated seconds of the chosen clock.</summary>
    Seconds,
    /// <summary>A part of a whole, from 0 to 1.</summary>
    Share,
    /// <summary>How many per local day.</summary>
    PerDay,
}

/// <summary>The rows that a metric is over.</summary>
public enum RowKind : byte
{
    /// <summary>Every message.</summary>
    Messages,
    /// <summary>Messages that ended a wait.</summary>
    Responses,
    /// <summary>Waits, on the message that opened them.</summary>
    Waits,
    /// <summary>Cycles, on the message that began them.</summary>
    Cycles,
}

/// <summary>Which instant of a row decides the day it belongs to.</summary>
public enum Dating : byte
{
    /// <summary>The message itself: when it was received or sent. Speed is dated so, by the reply.</summary>
    Message,
    /// <summary>When the wait, or the cycle, began. Rates and SLA are dated so.</summary>
    Began,
    /// <summary>When the cycle was closed.</summary>
    Closed,
    /// <summary>No row's instant: what is open at the end of the range, or of each part of it.</summary>
    State,
}

/// <summary>How rows become one figure.</summary>
public enum Aggregation : byte
{
    /// <summary>Number of rows, or the sum of what they hold.</summary>
    Sum,
    /// <summary>The largest.</summary>
    Largest,
    /// <summary>Exact percentiles; the value is the median.</summary>
    Distribution,
    /// <summary>Median of a Kaplan–Meier curve over what has ended and what is still open.</summary>
    CensoredMedian,
    /// <summary>Rows above the line by rows below it.</summary>
    Rate,
    /// <summary>The group's rows by those of all agents together.</summary>
    ShareOfAll,
    /// <summary>How many different ones.</summary>
    Distinct,
    /// <summary>How many different ones per local day on which there is any.</summary>
    DistinctPerDay,
}

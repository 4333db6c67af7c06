using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Statistics;

namespace OnBehalf.Engine.Queries;

/// <summary>The answer to a <see cref="MetricQuery"/>.</summary>
/// <param name="Query">The question as it was answered, in its normal form.</param>
/// <param name="Rows">One per group that has any rows, in order of their keys.</param>
/// <param name="Totals">The same figures over all groups together, worked out anew: nothing is averaged twice.</param>
/// <param name="Steps">The parts of the range, when the question has a dimension of time; also those without rows.</param>
/// <param name="Coverage">How many outbound human messages of the range have a known author.</param>
/// <param name="DefinitionVersion">The definitions these figures were made by.</param>
/// <param name="LeftOut">What could not be counted.</param>
public sealed record MetricResult(
    MetricQuery Query, IReadOnlyList<ResultRow> Rows, IReadOnlyList<Figure> Totals, IReadOnlyList<Step> Steps,
    Coverage Coverage, int DefinitionVersion, LeftOut LeftOut);

/// <summary>A group and its figures.</summary>
/// <param name="Keys">One per dimension of the question; null: none.</param>
/// <param name="Figures">One per metric of the question.</param>
public sealed record ResultRow(IReadOnlyList<string?> Keys, IReadOnlyList<Figure> Figures);

/// <summary>One number and what it stands on.</summary>
/// <param name="Value">The number; null: there is nothing to tell.</param>
/// <param name="Count">How many values it is made of; for a rate those below the line.</param>
/// <param name="IsSmall">Whether these are fewer than <see cref="SmallBelow"/> and the number means little.</param>
public readonly record struct Figure(double? Value, long Count, bool IsSmall)
{
    /// <summary>Fewer values than this are few.</summary>
    public const int SmallBelow = 5;

    /// <summary>Percentiles, mean and histogram of a duration.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>Open waits by age, by <see cref="Histogram.AgeBands"/>.</summary>
    public IReadOnlyList<long>? Ages { get; init; }

    /// <summary>How many of the values are still open and counted up to the question's instant.</summary>
    public long Open { get; init; }
}

/// <summary>A part of the range.</summary>
/// <param name="Key">Its key in the rows.</param>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, not part of it.</param>
public readonly record struct Step(string Key, Instant From, Instant To);

/// <summary>Outbound human messages by what is known of their author. The four add up to all.</summary>
public readonly record struct Coverage(long Known, long Ambiguous, long Pending, long Unattributed)
{
    /// <summary>All of them.</summary>
    public long All => Known + Ambiguous + Pending + Unattributed;

    /// <summary>The share that is known; null when there are none.</summary>
    public double? Value => All == 0 ? null : (double)Known / All;
}

/// <summary>What could not be counted.</summary>
/// <param name="Undated">Messages without a readable date, which belong to no range.</param>
/// <param name="UnfinishedCycles">Cycles whose handoffs are not told, for they had replies after the instant.</param>
public readonly record struct LeftOut(long Undated, long UnfinishedCycles);

/// <summary>A row behind a figure.</summary>
/// <param name="Mailbox">Its mailbox.</param>
/// <param name="At">Seconds since 1970 UTC.</param>
/// <param name="FactId">The fact.</param>
public readonly record struct FigureRow(AddressId Mailbox, long At, long FactId);

/// <summary>Some of the rows behind a figure, by time and fact.</summary>
/// <param name="Rows">At most as many as were asked for.</param>
/// <param name="HasMore">Whether others follow; ask again after the last.</param>
public sealed record FigureRows(IReadOnlyList<FigureRow> Rows, bool HasMore);

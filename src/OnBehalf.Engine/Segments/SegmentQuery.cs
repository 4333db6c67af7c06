using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>Answers questions from segments; the only one who does.</summary>
/// <param name="addresses">Every address met; nobody may add to it while a question is answered.</param>
/// <param name="clocksOf">The clocks of a mailbox, for waits that are still open. Called by several threads.</param>
public sealed class SegmentQuery(Addresses addresses, Func<AddressId, WaitClocks> clocksOf)
{
    /// <summary>The figures that a question asks for.</summary>
    /// <param name="query">The question.</param>
    /// <param name="segments">Every segment of the mailboxes asked about, of any month and in any order.</param>
    /// <param name="beforeEach">Called before a segment is read, by several threads; what it throws ends the work.</param>
    /// <exception cref="Mistake">invalid: the question is wrong. damaged: a segment is.</exception>
    public MetricResult Answer(MetricQuery query, IReadOnlyList<Segment> segments, Action? beforeEach = null) =>
        throw new NotImplementedException($"{addresses.Count} {clocksOf}");

    /// <summary>The rows behind a figure, by time and fact.</summary>
    /// <param name="query">The question that the figure answers; only its first metric is looked at.</param>
    /// <param name="keys">The keys of the figure's group; empty for a total.</param>
    /// <param name="segments">The segments.</param>
    /// <param name="take">How many rows, at most.</param>
    /// <param name="after">The last row already shown; null: from the first on.</param>
    /// <param name="beforeEach">As for <see cref="Answer"/>.</param>
    public FigureRows RowsBehind(
        MetricQuery query, IReadOnlyList<string?> keys, IReadOnlyList<Segment> segments, int take,
        FigureRow? after = null, Action? beforeEach = null) => throw new NotImplementedException();
}

using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Store;

/// <summary>
/// The one door through which figures leave the store. Whoever may see only some mailboxes is given a reader of those.
/// </summary>
/// <param name="addresses">Every address of the segments.</param>
/// <param name="rules">The rules in force, for the clocks of waits that are still open.</param>
/// <param name="shelf">The segments that may be seen.</param>
public sealed class MetricReader(Addresses addresses, RuleBook rules, SegmentShelf shelf)
{
    readonly Dictionary<AddressId, WaitClocks> _clocks = [];
    readonly CoverageMemory _coverages = new();

    /// <summary>A reader of what is in the store now.</summary>
    /// <param name="store">The store.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="mailboxes">The mailboxes that may be seen; null: all.</param>
    public MetricReader(MailStore store, RuleBook rules, IReadOnlyCollection<AddressId>? mailboxes = null)
        : this(store.Addresses, rules, SegmentShelf.Read(store, mailboxes))
    {
    }

    /// <summary>Answers a question.</summary>
    /// <exception cref="Mistake">invalid: the question is wrong, and the field is named. damaged: a segment is.</exception>
    public MetricResult Answer(MetricQuery query, CancellationToken cancellation) =>
        new SegmentQuery(addresses, ClocksOf, _coverages) { Teams = rules.Teams }
            .Answer(query, SegmentsFor(query), cancellation.ThrowIfCancellationRequested);

    /// <summary>The rows behind a figure, by time and fact.</summary>
    /// <param name="query">The question that the figure answers; only its first metric is looked at.</param>
    /// <param name="keys">The keys of the figure's group; empty for a total.</param>
    /// <param name="take">How many rows at most.</param>
    /// <param name="after">The last row already shown.</param>
    /// <param name="cancellation">Ends the work.</param>
    public FigureRows RowsBehind(
        MetricQuery query, IReadOnlyList<string?> keys, int take, FigureRow? after = null,
        CancellationToken cancellation = default) =>
        new SegmentQuery(addresses, ClocksOf) { Teams = rules.Teams }
            .RowsBehind(query, keys, SegmentsFor(query), take, after, cancellation.ThrowIfCancellationRequested);

    /// <summary>What was found out about the messages of some rows, by mailbox and fact.</summary>
    public IReadOnlyDictionary<(AddressId Mailbox, long FactId), Finding> FindingsBehind(IReadOnlyList<FigureRow> rows)
    {
        var findings = new Dictionary<(AddressId, long), Finding>(rows.Count);
        foreach (var mailbox in rows.GroupBy(row => row.Mailbox))
        {
            var facts = mailbox.Select(row => row.FactId).ToHashSet();
            var (first, last) = (mailbox.Min(row => row.At), mailbox.Max(row => row.At));
            foreach (var segment in shelf.Of(mailbox.Key).Where(s => s.MinAt <= last && s.MaxAt >= first))
                foreach (var finding in segment.Find(facts)) findings[(mailbox.Key, finding.FactId)] = finding;
        }
        return findings;
    }

    /// <summary>Every finding, by mailbox, unpacked segment by segment.</summary>
    public IEnumerable<(AddressId Mailbox, Finding Finding)> Findings() =>
        shelf.All.SelectMany(segment => segment.Read().Select(finding => (segment.Mailbox, finding)));

    /// <summary>The earliest and the latest dated message, seconds since 1970 UTC; null when there is none.</summary>
    public (long First, long Last)? Span() => shelf.All.Count == 0
        ? null
        : (shelf.All.Min(s => s.MinAt), shelf.All.Max(s => s.MaxAt));

    /// <summary>Every mailbox that may be seen and has messages, with the time of its first and of its last.</summary>
    public IReadOnlyList<(AddressId Mailbox, long First, long Last, long Messages)> Extents() =>
        [.. shelf.All.GroupBy(s => s.Mailbox).Select(g =>
            (g.Key, g.Min(s => s.MinAt == 0 ? s.MaxAt : s.MinAt), g.Max(s => s.MaxAt), g.Sum(s => (long)s.Rows)))];

    /// <summary>What was found out about the messages of some conversations of a mailbox, by time.</summary>
    public IReadOnlyList<Finding> FindingsIn(AddressId mailbox, IReadOnlySet<long> conversations) =>
        [.. shelf.Of(mailbox).SelectMany(s => s.FindConversations(conversations)).OrderBy(f => f.At)];

    /// <summary>Only what the question can be about: a mailbox among thousands is asked without the others.</summary>
    IReadOnlyList<Segment> SegmentsFor(MetricQuery query) => query.Filter.ValuesOf("mailbox") is { } asked
        ? [.. asked.Select(addresses.Find).Distinct().SelectMany(shelf.Of)]
        : shelf.All;

    /// <summary>The clocks of a mailbox. Threads may ask at the same time.</summary>
    public WaitClocks ClocksOf(AddressId mailbox)
    {
        lock (_clocks)
        {
            if (!_clocks.TryGetValue(mailbox, out var clocks)) _clocks[mailbox] = clocks = rules.ClocksOf(mailbox);
            return clocks;
        }
    }
}

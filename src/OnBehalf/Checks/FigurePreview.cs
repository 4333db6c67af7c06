using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Checks;

/// <summary>What a change of settings does to the figures: before and after, by mailbox, over all history.</summary>
static class FigurePreview
{
    static readonly string[] Metrics =
        ["received", "first_response_time", "response_time", "answered_rate", "still_waiting", "sla_attainment", "coverage"];

    /// <summary>Compares, mailbox by mailbox; the store is only read.</summary>
    public static IEnumerable<(string Mailbox, string Metric, Figure Before, Figure After)> Compare(
        MailStore store, RuleBook wanted, TimeProvider time, CancellationToken cancellation)
    {
        foreach (var mailbox in store.Facts.Mailboxes())
        {
            var before = Figures(
                store, store.Settings.Rules(), mailbox, store.Findings.ReadSegments([mailbox]), time, cancellation);
            var after = Figures(
                store, wanted, mailbox, Recompute.Compute(store, wanted, mailbox, cancellation), time, cancellation);
            for (var i = 0; i < Metrics.Length; i++)
                yield return (store.Addresses[mailbox], Metrics[i], before[i], after[i]);
        }
    }

    static IReadOnlyList<Figure> Figures(
        MailStore store, RuleBook rules, AddressId mailbox, IEnumerable<PackedSegment> packed, TimeProvider time,
        CancellationToken cancellation)
    {
        List<Segment> segments = [.. packed.Select(Segment.Open)];
        var clocks = new WaitClocks(rules.RulesFor(mailbox));
        var now = Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var query = new MetricQuery
        {
            Metrics = Metrics,
            From = Instant.FromUnixTimeSeconds(0),
            To = now,
            Clock = Clock.Mailbox,
            AsOf = now,
        };
        return new SegmentQuery(store.Addresses, _ => clocks)
            .Answer(query, segments, cancellation.ThrowIfCancellationRequested).Totals;
    }
}

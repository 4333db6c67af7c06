using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Checks;

/// <summary>What a change of settings does to the figures: before and after, over all history.</summary>
static class FigurePreview
{
    static readonly string[] Metrics =
        ["received", "first_response_time", "response_time", "answered_rate", "still_waiting", "sla_attainment", "coverage"];

    static readonly string[] TeamMetrics = ["workload_share", "response_time"];

    /// <summary>
    /// Compares, mailbox by mailbox, and team by team where teams are others; a mailbox that the change leaves alone is not
    /// named. The store is only read.
    /// </summary>
    public static IEnumerable<FigureChange> Compare(
        MailStore store, RuleBook wanted, TimeProvider time, CancellationToken cancellation)
    {
        var rules = store.Settings.Rules();
        foreach (var mailbox in store.Facts.Mailboxes())
        {
            if (rules.Fingerprint(mailbox) == wanted.Fingerprint(mailbox)) continue;
            var before = Answer(store, rules, Metrics, [], store.Findings.ReadSegments([mailbox]), time, cancellation).Totals;
            var after = Answer(
                store, wanted, Metrics, [], Recompute.Compute(store, wanted, mailbox, cancellation), time, cancellation).Totals;
            for (var i = 0; i < Metrics.Length; i++) yield return new(store.Addresses[mailbox], Metrics[i], before[i], after[i]);
        }
        if (rules.Teams.Count == wanted.Teams.Count && rules.Teams.All(team => wanted.Teams.GetValueOrDefault(team.Key) == team.Value))
            yield break;
        foreach (var change in CompareTeams(store, rules, wanted, time, cancellation)) yield return change;
    }

    static IEnumerable<FigureChange> CompareTeams(
        MailStore store, RuleBook rules, RuleBook wanted, TimeProvider time, CancellationToken cancellation)
    {
        Dictionary<string, IReadOnlyList<Figure>> By(RuleBook book) =>
            Answer(store, book, TeamMetrics, ["team"], store.Findings.ReadSegments(), time, cancellation).Rows
                .Where(row => row.Keys[0] is not null).ToDictionary(row => row.Keys[0]!, row => row.Figures);
        var (before, after) = (By(rules), By(wanted));
        foreach (var team in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
            for (var i = 0; i < TeamMetrics.Length; i++)
                yield return new(team, TeamMetrics[i], before.GetValueOrDefault(team)?[i] ?? default,
                    after.GetValueOrDefault(team)?[i] ?? default);
    }

    static MetricResult Answer(
        MailStore store, RuleBook rules, string[] metrics, string[] dimensions, IEnumerable<PackedSegment> packed, TimeProvider time,
        CancellationToken cancellation)
    {
        List<Segment> segments = [.. packed.Select(Segment.Open)];
        var clocks = new Dictionary<AddressId, WaitClocks>();
        foreach (var mailbox in segments.Select(segment => segment.Mailbox).Distinct()) clocks[mailbox] = new(rules.RulesFor(mailbox));
        var now = Instant.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var query = new MetricQuery
        {
            Metrics = metrics,
            Dimensions = dimensions,
            From = Instant.FromUnixTimeSeconds(0),
            To = now,
            Clock = Clock.Mailbox,
            AsOf = now,
        };
        return new SegmentQuery(store.Addresses, mailbox => clocks[mailbox]) { Teams = rules.Teams }
            .Answer(query, segments, cancellation.ThrowIfCancellationRequested);
    }
}

/// <summary>A figure before and after a change of the settings.</summary>
/// <param name="Where">The mailbox, or the team.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Before">As it is.</param>
/// <param name="After">As it would be.</param>
public sealed record FigureChange(string Where, string Metric, Figure Before, Figure After);

using NodaTime;
using OnBehalf.Cli.Options;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Cli;

/// <summary>What a change of settings does to the figures: before and after, by mailbox, over all history.</summary>
static class FigurePreview
{
    static readonly string[] Metrics =
        ["received", "first_response_time", "response_time", "answered_rate", "still_waiting", "sla_attainment", "coverage"];

    public static void Show(MailStore store, RuleBook wanted, Terminal terminal, CancellationToken cancellation)
    {
        var sheet = new Sheet(
            "mailbox", "figure", "before", "after");
        foreach (var mailbox in store.Facts.Mailboxes())
        {
            var before = Figures(
                store, store.Settings.Rules(), mailbox, store.Findings.ReadSegments([mailbox]), terminal, cancellation);
            var after = Figures(
                store, wanted, mailbox, Recompute.Compute(store, wanted, mailbox, cancellation), terminal, cancellation);
            for (var i = 0; i < Metrics.Length; i++)
                sheet.Add(
                    store.Addresses[mailbox],
                    Metrics[i] + (before[i].Distribution is null ? "" : ", median seconds of the mailbox clock"),
                    before[i].Value, after[i].Value);
        }
        sheet.Write(terminal with { Out = terminal.Error }, Format.Table);
    }

    static IReadOnlyList<Figure> Figures(
        MailStore store, RuleBook rules, AddressId mailbox, IEnumerable<PackedSegment> packed, Terminal terminal,
        CancellationToken cancellation)
    {
        List<Segment> segments = [.. packed.Select(Segment.Open)];
        var clocks = new WaitClocks(rules.RulesFor(mailbox));
        var now = Instant.FromUnixTimeSeconds(terminal.Time.GetUtcNow().ToUnixTimeSeconds());
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

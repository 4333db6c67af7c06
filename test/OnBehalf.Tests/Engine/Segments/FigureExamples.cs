using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Limits of a figure, each met exactly and missed by one.</summary>
public class FigureExamples
{
    const int Day = 86_400;
    const long From = 100 * Day;

    static readonly WaitClocks Clocks = new(new MailboxRules { Mailbox = default, Roles = new([], []), Hours = [] });

    [Theory]
    [InlineData("workload_share")]
    [InlineData("conversations_per_day")]
    [InlineData("response_time")]
    [InlineData("censored_median")]
    [InlineData("coverage")]
    public void Five_values_are_no_longer_few(string metric)
    {
        Assert.True(Few(4));
        Assert.False(Few(5));
        bool Few(int days)
        {
            var figure = Ask(new() { Metrics = [metric] }, [.. Enumerable.Range(0, days).SelectMany(day =>
                new[] { Sent(From + day * Day) with { FactId = day }, Asked(From + day * Day) with { FactId = 100 + day } })]).Totals[0];
            Assert.Equal(days, figure.Count);
            return figure.IsSmall;
        }
    }

    [Theory]
    [InlineData(60, 0, 1)]
    [InlineData(61, 1, 0)]
    public void An_audit_record_may_come_until_its_grace_is_over(int grace, int pending, int unattributed)
    {
        var message = Sent(From) with { Evidence = Evidence.None, Reason = UnattributedReason.AuditRecordMissing };
        var answer = Ask(
            new() { Metrics = ["pending", "unattributed"], AuditGrace = Duration.FromSeconds(grace), AsOf = At(From + 60) }, [message]);

        Assert.Equal(new Coverage(0, 0, pending, unattributed), answer.Coverage);
        Assert.Equal([pending, unattributed], answer.Totals.Select(figure => figure.Value));
    }

    [Theory]
    [InlineData(59, "sla_pending")]
    [InlineData(60, "sla_at_risk")]
    [InlineData(100, "sla_at_risk")]
    [InlineData(101, "sla_breached")]
    public void A_promise_is_at_risk_from_its_instant_until_it_is_due(int after, string expected)
    {
        var waiting = Asked(From) with { Wait = new(null, WaitEnd.Open, default, 100, From + 100, From + 60, 1) };
        string[] states = ["sla_pending", "sla_at_risk", "sla_breached"];
        var answer = Ask(new() { Metrics = states, AsOf = At(From + after) }, [waiting]);

        Assert.Equal(states.Select(state => state == expected ? 1.0 : 0), answer.Totals.Select(figure => figure.Value!.Value));
    }

    [Fact]
    public void What_is_closed_as_the_range_ends_is_of_the_next()
    {
        Finding Closed(long fact, long at) => Asked(From + 1) with
        {
            FactId = fact, Marks = Marks.BeganCycle, Wait = null, Cycle = new(null, at, at, 0, 0, 0, 0, default),
        };
        const long end = From + 365 * Day;

        Assert.Equal(1, Ask(new() { Metrics = ["outflow"] }, [Closed(1, end - 1), Closed(2, end), Closed(3, end + 1)]).Totals[0].Value);
        Assert.Equal(2, Ask(new() { Metrics = ["inflow"] }, [Closed(1, From), Closed(2, end)]).Totals[0].Value);
    }

    [Fact]
    public void The_total_of_what_waits_is_that_of_the_last_step_wherever_time_stands()
    {
        foreach (string[] dimensions in (string[][])[["quarter"], ["direction", "quarter"]])
        {
            var answer = Ask(new() { Metrics = ["backlog"], Dimensions = dimensions }, [Asked(From), Asked(From + 200 * Day)]);

            Assert.Equal([1, 1, 2, 2, 2], answer.Rows.Select(row => row.Figures[0].Value));
            Assert.Equal(2, answer.Totals[0].Value);
        }
    }

    [Fact]
    public void What_waits_is_told_apart_by_four_dimensions()
    {
        var answer = Ask(
            new() { Metrics = ["backlog"], Dimensions = ["direction", "kind", "importance", "internal"] },
            [Asked(From), Asked(From) with { FactId = 2, Marks = Marks.OpenedWait | Marks.Internal }]);

        Assert.Equal(
            ["Inbound Human Normal external 1", "Inbound Human Normal internal 1"],
            answer.Rows.Select(row => $"{string.Join(' ', row.Keys)} {row.Figures[0].Value}"));
    }

    [Fact]
    public void Times_are_kept_as_differences_from_what_they_are_near()
    {
        var (some, columns) = (new SomeFindings(1), new HashSet<Column>());
        foreach (var packed in SegmentWriter.Pack(some.Mailboxes[0], some.Likely(100)))
            columns.UnionWith(Enum.GetValues<Column>().Where(Segment.Open(packed).IsRelative));

        Assert.Superset(
            new HashSet<Column>
            {
                Column.Conversation, Column.RepliedAt, Column.OpenedAt, Column.OpenedBy, Column.ResponseDue, Column.EndedAt,
                Column.WaitDue, Column.WaitAtRisk, Column.LastReplyAt, Column.ClosedAt, Column.ClosingKnownAt, Column.ResolutionKnownAt,
            },
            columns);
    }

    // What is asked for, of a year that is seen from its end unless that is said.
    static MetricResult Ask(Wanted wanted, Finding[] findings) => new SegmentQuery(new Addresses(), _ => Clocks).Answer(
        new()
        {
            Metrics = wanted.Metrics, Dimensions = wanted.Dimensions, AuditGrace = wanted.AuditGrace, From = At(From),
            To = At(From + 365 * Day), AsOf = wanted.AsOf ?? At(From + 365 * Day),
        },
        [.. SegmentWriter.Pack(default, findings).Select(Segment.Open)]);

    sealed record Wanted
    {
        public required string[] Metrics { get; init; }
        public string[] Dimensions { get; init; } = [];
        public Duration AuditGrace { get; init; }
        public Instant? AsOf { get; init; }
    }

    static Instant At(long seconds) => Instant.FromUnixTimeSeconds(seconds);

    static Finding Sent(long at) => new()
    {
        FactId = 1, Conversation = 1, At = at, Direction = Direction.Outbound, Kind = Kind.Human, Evidence = Evidence.OnBehalf,
        Marks = Marks.AnsweredWait, Response = new(0, at - 5, new(5, 5, 5), 0, 0),
    };

    static Finding Asked(long at) => new()
    {
        FactId = 1, Conversation = 1, At = at, Direction = Direction.Inbound, Kind = Kind.Human, Importance = Importance.Normal,
        Marks = Marks.OpenedWait, Wait = new(null, WaitEnd.Open, default, 0, 0, 0, 0),
    };
}

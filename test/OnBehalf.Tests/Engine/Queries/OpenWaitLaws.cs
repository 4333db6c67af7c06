using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Statistics;
using OnBehalf.Engine.Waits;
using OnBehalf.Tests.Engine.Segments;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>What waits at instants, by age, is what is found by looking at every wait at every instant.</summary>
public class OpenWaitLaws
{
    static readonly WaitClocks Clocks = new(new MailboxRules
    {
        Mailbox = default,
        Roles = new([], []),
        Hours = [ScheduleText.Parse("Europe/Prague", "Mon-Fri 09:00-17:00")],
    });

    [Theory]
    [InlineData(Granularity.Hour, "mailbox")]
    [InlineData(Granularity.Day, "requester")]
    [InlineData(Granularity.Week, null)]
    [InlineData(Granularity.Month, "direction")]
    [InlineData(null, "mailbox")]
    [InlineData(null, null)]
    public void Ages_at_every_instant_are_those_of_every_wait(Granularity? granularity, string? dimension)
    {
        for (var seed = 0; seed < (Share.Divisor == 1 ? 4 : 1); seed++)
        {
            var some = new SomeFindings(seed);
            var findings = some.Mailboxes.ToDictionary(m => m, m => some.Likely(60, 1 + m.Value * 1_000_000L));
            var segments = findings
                .SelectMany(pair => SegmentWriter.Pack(pair.Key, pair.Value, held: 20)).Select(Segment.Open).ToList();
            foreach (var query in Questions(segments, granularity, dimension))
            {
                var answer = new SegmentQuery(some.Addresses, _ => Clocks).Answer(query, segments);
                Assert.Equal(Naive(query.Normalised(), answer.Steps, findings, some.Addresses), Lines(answer));
            }
        }
    }

    /// <summary>Ranges that begin just after some segment's last message, and one after all of them.</summary>
    static IEnumerable<MetricQuery> Questions(List<Segment> segments, Granularity? granularity, string? dimension)
    {
        var ends = segments.Select(segment => segment.MaxAt).Order().ToList();
        foreach (var clock in new[] { Clock.Calendar, Clock.Mailbox })
            foreach (var from in ends.Where((_, i) => i % (4 * Share.Divisor) == 0).Append(ends[^1] + 90_000))
            {
                var begin = Instant.FromUnixTimeSeconds(from + 1);
                var days = granularity switch { Granularity.Hour => 3, null => 0, _ => 40 };
                yield return new MetricQuery
                {
                    Metrics = ["backlog"],
                    Dimensions = dimension is null ? [] : [dimension],
                    Granularity = granularity,
                    From = begin,
                    To = begin + Duration.FromSeconds(1) + Duration.FromDays(days),
                    AsOf = begin + Duration.FromSeconds(1) + Duration.FromDays(days * 0.8),
                    Clock = clock,
                };
            }
    }

    static List<string> Naive(
        MetricQuery query, IReadOnlyList<Step> steps, Dictionary<AddressId, List<Finding>> findings, Addresses addresses)
    {
        var asOf = query.AsOf.ToUnixTimeSeconds();
        (string? Key, long At)[] instants = steps.Count == 0
            ? [(null, Math.Min(query.To.ToUnixTimeSeconds(), asOf))]
            : [.. steps.Where((step, i) => i == 0 || step.From < query.AsOf)
                .Select(step => ((string?)step.Key, Math.Min(step.To.ToUnixTimeSeconds(), asOf)))];
        var lines =
            from instant in instants
            from mailbox in findings
            from finding in mailbox.Value
            where finding.Wait is not null && !finding.Marks.HasFlag(Marks.Undated)
            where finding.At <= instant.At && !(finding.Wait!.EndedAt <= instant.At)
            let age = query.Clock == Clock.Calendar ? instant.At - finding.At : Clocks.Mailbox.Between(finding.At, instant.At)
            let key = query.Dimensions.LastOrDefault() switch
            {
                "mailbox" => addresses[mailbox.Key],
                "requester" => addresses[finding.Requester],
                "direction" => finding.Direction.ToString(),
                _ => null,
            }
            group Histogram.AgeBands.Count(edge => age >= edge) by (instant.Key, key);
        return [.. lines.Select(ages => string.Join(' ', ages.Key.Item1, ages.Key.key, ages.Count(),
            string.Join(',', Enumerable.Range(0, Histogram.AgeBands.Count + 1).Select(band => ages.Count(b => b == band)))))
            .Order(StringComparer.Ordinal)];
    }

    static List<string> Lines(MetricResult answer) =>
    [
        .. answer.Rows.Select(row => string.Join(' ',
            answer.Steps.Count > 0 ? row.Keys[0] : null,
            row.Keys.Count > (answer.Steps.Count > 0 ? 1 : 0) ? row.Keys[^1] : null,
            row.Figures[0].Count, string.Join(',', row.Figures[0].Ages!))).Order(StringComparer.Ordinal),
    ];
}

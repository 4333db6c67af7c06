using NodaTime;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Segments;
using OnBehalf.Tests.Engine.Queries;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>
/// Answers where everything happens within a few seconds, so that messages, replies, due times, steps, the range's bounds and
/// the instant from which one looks fall together: they are those of a naive pass, whoever counts.
/// </summary>
public class CloseAnswerLaws
{
    const int Worlds = 40;
    const int Questions = 15;

    static readonly string[] OfEveryMessage = [.. DimensionRegistry.All.Where(d => d.IsOfEveryMessage).Select(d => d.Name)];

    [Fact]
    public void Figures_are_those_of_a_naive_pass()
    {
        foreach (var (world, segments, query, _) in Asked(1))
        {
            var naive = Naive(world, query);

            var answer = Engine(world).Answer(query, segments);

            Assert.Equal(naive.Lines(), Lines(answer));
            Assert.Equal(naive.Total(), Show(answer.Totals));
            Assert.Equal(naive.CountLines(), CountLines(answer));
            Assert.Equal(naive.TotalCounts(), string.Join("; ", answer.Totals.Select(NaiveAnswer.Counts)));
            var keys = answer.Rows.Select(row => Order(query, row.Keys)).ToList();
            Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
            Assert.Equal(world.ByMailbox.Values.Sum(f => f.Count(m => m.Marks.HasFlag(Marks.Undated))), answer.LeftOut.Undated);
        }
    }

    [Fact]
    public void Coverage_and_what_is_left_out_are_those_of_a_naive_pass()
    {
        foreach (var (world, segments, asked, random) in Asked(2))
        {
            var query = asked with { Metrics = ["handoffs", "known"], Dimensions = [], Filter = Any(random, OfEveryMessage, 1) };
            var answer = Engine(world).Answer(query, segments);
            var found = answer.Coverage;

            Assert.Equal(
                Naive(world, query with { Metrics = ["known", "ambiguous", "pending", "unattributed"] }).Total(),
                $"{found.Known}; {found.Ambiguous}; {found.Pending}; {found.Unattributed}");
            Assert.Equal(
                Naive(world, query).Facts("inflow").Count - Naive(world, query).Facts("handoffs").Count,
                answer.LeftOut.UnfinishedCycles);
            Assert.Equal(0, Engine(world).Answer(query with { Metrics = ["known"] }, segments).LeftOut.UnfinishedCycles);
        }
    }

    [Fact]
    public void Two_who_share_the_segments_count_what_one_counts()
    {
        foreach (var (world, segments, query, random) in Asked(3))
        {
            var plan = new QueryPlan(query, world.Addresses, _ => world.Clocks, world.Teams);
            using var first = new QueryWorker(plan);
            using var second = new QueryWorker(plan);
            foreach (var mailbox in segments.GroupBy(s => s.Mailbox)) (random.Next(2) == 0 ? first : second).Read([.. mailbox], null);
            first.Add(second);
            first.TellOpenWaits();
            var both = ResultWriter.Write(plan, first);

            var one = Engine(world).Answer(query, segments);

            Assert.Equal(Lines(one), Lines(both));
            Assert.Equal(CountLines(one), CountLines(both));
            Assert.Equal(Show(one.Totals), Show(both.Totals));
            Assert.Equal((one.Coverage, one.LeftOut), (both.Coverage, both.LeftOut));
        }
    }

    [Fact]
    public void Rows_behind_a_figure_are_those_of_a_naive_pass()
    {
        foreach (var (world, segments, asked, random) in Asked(4))
        {
            var query = asked with { Metrics = [asked.Metrics[0]] };
            Assert.Equal(Naive(world, query).Facts(query.Metrics[0]), Pages(world, segments, query, [], 1 + random.Next(4)));
            var rows = Engine(world).Answer(query, segments).Rows;
            if (rows.Count == 0) continue;
            var keys = rows[random.Next(rows.Count)].Keys;
            Filter[] parts = [query.Filter, .. query.Dimensions.Zip(keys, (d, key) => new Filter.Is(d, [key ?? ""]) { IsWhole = true })];
            var one = query with { Filter = new Filter.And(parts) };
            Assert.Equal(Naive(world, one).Facts(query.Metrics[0]), Pages(world, segments, query, keys, 1 + random.Next(4)));
        }
    }

    [Fact]
    public void What_waits_at_the_end_of_a_step_is_what_waits_then()
    {
        foreach (var (world, segments, asked, random) in Asked(5))
        {
            var alone = asked with { Metrics = ["backlog"], Dimensions = ["direction"], Filter = Any(random, OfMail, 1) };
            var query = alone with { Granularity = (Granularity)random.Next(6) };
            var answer = Engine(world).Answer(query, segments);
            var steps = answer.Steps.Where((step, i) => i == 0 || step.From < query.AsOf).ToList();

            Assert.Equal(
                steps.SelectMany(step => Naive(world, alone with { To = step.To }).Lines().Select(line => $"{step.Key}, {line}")),
                Lines(answer));
            Assert.Equal(Naive(world, alone with { To = steps[^1].To }).Total(), Show(answer.Totals));
            foreach (var step in steps)
                Assert.Equal(
                    Naive(world, alone with { To = step.To }).Facts("backlog"),
                    Pages(world, segments, query, [step.Key, "Inbound"], 3));
        }
    }

    static readonly string[] OfMail = [.. OfEveryMessage.Where(d => DimensionRegistry.Find(d)!.Time is null)];

    static List<long> Pages(CloseFindings world, List<Segment> segments, MetricQuery query, IReadOnlyList<string?> keys, int take)
    {
        var facts = new List<long>();
        FigureRow? after = null;
        while (true)
        {
            var page = Engine(world).RowsBehind(query, keys, segments, take, after);
            facts.AddRange(page.Rows.Select(row => row.FactId));
            Assert.True(page.HasMore ? page.Rows.Count == take : page.Rows.Count <= take);
            if (!page.HasMore) return facts;
            after = page.Rows[^1];
        }
    }

    static SegmentQuery Engine(CloseFindings world) => new(world.Addresses, _ => world.Clocks) { Teams = world.Teams };

    static NaiveAnswer Naive(CloseFindings world, MetricQuery query) =>
        new(query.Normalised(), world.Addresses, world.ByMailbox, world.Clocks, world.Teams);

    static IEnumerable<(CloseFindings World, List<Segment> Segments, MetricQuery Query, Random Random)> Asked(int seed)
    {
        for (var i = 0; i < Worlds; i++)
        {
            var (world, random) = (new CloseFindings(1000 * seed + i), new Random(1000 * seed + i));
            List<Segment> segments =
                [.. world.ByMailbox.SelectMany(m => SegmentWriter.Pack(m.Key, m.Value, 1 + random.Next(20))).Select(Segment.Open)];
            for (var n = 0; n < Questions; n++) yield return (world, segments, Question(world, random), random);
        }
    }

    static MetricQuery Question(CloseFindings world, Random random)
    {
        var (metrics, dimensions) = AnswerLaws.AnyColumns(random);
        var from = Math.Max(0, world.Middle + random.Next(-CloseFindings.Reach - 1, CloseFindings.Reach));
        return new()
        {
            Metrics = metrics,
            Dimensions = [.. dimensions.Take(random.Next(5))],
            From = Instant.FromUnixTimeSeconds(from),
            To = Instant.FromUnixTimeSeconds(from + random.Next(1, 10)),
            AsOf = Instant.FromUnixTimeSeconds(Math.Max(0, world.Middle + random.Next(-CloseFindings.Reach, CloseFindings.Reach + 6))),
            Zone = world.Zone,
            Clock = (Clock)random.Next(3),
            BegunBy = random.Next(4) switch { 0 => BegunBy.Agent, 1 => BegunBy.Requester, _ => null },
            AuditGrace = Duration.FromSeconds(random.Next(9)),
            Filter = random.Next(2) == 0 ? Filter.Everything : Any(random, dimensions, 1),
        };
    }

    static Filter Any(Random random, string[] dimensions, int depth) => (depth > 2 ? 3 : random.Next(5)) switch
    {
        0 => new Filter.And([Any(random, dimensions, depth + 1), Any(random, dimensions, depth + 1)]),
        1 => new Filter.Or([Any(random, dimensions, depth + 1), Any(random, dimensions, depth + 1)]),
        2 => new Filter.Not(Any(random, dimensions, depth + 1)),
        3 => Is(random, dimensions[random.Next(dimensions.Length)]),
        _ => Filter.Everything,
    };

    static Filter.Is Is(Random random, string dimension)
    {
        string[] values =
        [
            "", "box1@acme.example", "AGENT0@acme.example", "agent1@acme.example", "c1@some1.example", "some1.example", "inbound",
            "Human", "high", "OnBehalf", "AuditRecordMissing", "pending", "known", "first", "1", "internal", "Billing", "urgent",
            "first line", "Met", "breached", "2023-12", "2023-Q4", "2024", "mon", "Mon 00", "2024-01-01", "2024-01-01T00",
        ];
        random.Shuffle(values);
        return new Filter.Is(dimension, values[..random.Next(1, 14)]);
    }

    static List<string> Lines(MetricResult answer) => Lines(answer, figure => NaiveAnswer.Show(figure.Value));

    static List<string> CountLines(MetricResult answer) => Lines(answer, NaiveAnswer.Counts);

    static List<string> Lines(MetricResult answer, Func<Figure, string> show) =>
    [
        .. answer.Rows.Select(row =>
            string.Join(", ", row.Keys.Select(k => k ?? "none")) + ": " + string.Join("; ", row.Figures.Select(show)))
            .Order(StringComparer.Ordinal),
    ];

    static string Show(IReadOnlyList<Figure> figures) => string.Join("; ", figures.Select(f => NaiveAnswer.Show(f.Value)));

    // By time where a key is time, else by text; none comes last.
    static string Order(MetricQuery query, IReadOnlyList<string?> keys) => string.Join('\u0001', query.Dimensions.Zip(keys, (d, key) =>
        key is null ? "\uffff" : d is "weekday" or "hour_of_week" ? "MonTueWedThuFriSatSun".IndexOf(key[..3]) / 3 + key : key));
}

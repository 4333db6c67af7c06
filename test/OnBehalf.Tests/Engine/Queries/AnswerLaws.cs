using System.Collections.Concurrent;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;
using OnBehalf.Tests.Engine.Segments;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>Answers from segments are those of a naive pass over findings, however the findings were packed.</summary>
public class AnswerLaws
{
    const int Worlds = 6;
    const int Questions = 80 / Share.Divisor;

    static readonly WaitClocks Clocks = new(new MailboxRules
    {
        Mailbox = default,
        Roles = new([], []),
        Hours = [ScheduleText.Parse("Europe/Prague", "Mon-Fri 09:00-17:00")],
    });

    [Fact]
    public void Questions_by_chance_are_answered_as_by_a_naive_pass()
    {
        for (var seed = 0; seed < Worlds; seed++)
        {
            var (some, findings, random) = World(seed);
            var segments = Pack(findings, random);
            for (var i = 0; i < Questions; i++)
            {
                var query = AnyQuestion(random, findings, some.Addresses);
                var naive = new NaiveAnswer(query.Normalised(), some.Addresses, findings, Clocks, some.Teams);

                var answer = new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }.Answer(query, segments);

                Assert.Equal(naive.Lines(), Lines(answer));
                Assert.Equal(naive.Total(), Show(answer.Totals));
            }
        }
    }

    [Fact]
    public void Every_metric_is_asked_alone_and_by_agent()
    {
        var (some, findings, random) = World(99, conversations: 250);
        var segments = Pack(findings, random);
        foreach (var metric in MetricRegistry.All)
        {
            var query = Question([metric.Name]) with { Dimensions = ["agent"] };
            query = query with { AsOf = query.To - Duration.FromDays(1) };
            var naive = new NaiveAnswer(query, some.Addresses, findings, Clocks, some.Teams);

            var answer = new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }.Answer(query, segments);

            Assert.Equal(naive.Lines(), Lines(answer));
            Assert.NotEqual("0", naive.Total()); // every metric has something to count here
        }
    }

    [Fact]
    public void What_is_remembered_of_coverage_changes_no_answer()
    {
        var (some, findings, random) = World(41);
        var segments = Pack(findings, random, held: 15);
        var agents = findings.Values.SelectMany(list => list).Select(f => some.Addresses[f.Agent]).Distinct().ToList();
        var engine = new SegmentQuery(some.Addresses, _ => Clocks);
        var remembering = new SegmentQuery(some.Addresses, _ => Clocks, new CoverageMemory());
        for (var i = 0; i < Questions; i++)
        {
            var any = AnyQuestion(random, findings, some.Addresses);
            var agent = new Filter.Is("agent", [agents[random.Next(agents.Count)], agents[random.Next(agents.Count)]]);
            foreach (var query in new[] { any, any with { Filter = new Filter.And([any.Filter, agent]) }, any with { Filter = agent } })
            {
                var (expected, answer) = (engine.Answer(query, segments), remembering.Answer(query, segments));
                Assert.Equal(Lines(expected), Lines(answer));
                Assert.Equal(Show(expected.Totals), Show(answer.Totals));
                Assert.Equal((expected.Coverage, expected.LeftOut), (answer.Coverage, answer.LeftOut));
            }
        }
    }

    [Fact]
    public void Parts_and_their_order_change_nothing()
    {
        var (some, findings, random) = World(11);
        var query = Question([.. MetricRegistry.All.Select(m => m.Name)]) with { Dimensions = ["agent", "week"] };
        var engine = new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams };
        var expected = Lines(engine.Answer(query, Pack(findings, random, held: 1 << 17)));

        // Parts of one message, too: the waits of a cycle are then never in the part that it began in.
        foreach (var held in (int[])[1, 2, 7, 40, 1 + random.Next(200)])
        {
            var segments = Pack(findings, random, held).ToArray();
            random.Shuffle(segments);
            Assert.Equal(expected, Lines(engine.Answer(query, segments)));
        }
    }

    [Fact]
    public void Many_rows_are_counted_by_several_threads_and_the_answer_is_the_same()
    {
        var (engine, segments) = Crowd(12);
        foreach (string[] metrics in (string[][])[
            ["response_time", "distinct_requesters", "backlog", "handoffs", "answered_rate", "censored_median"], ["customer_wait_time"]])
        {
            var query = Question(metrics) with { Dimensions = ["mailbox", "agent"], AsOf = Question([]).To };
            var whole = engine.Answer(query, segments, BothAtWork());
            var apart = segments.GroupBy(s => s.Mailbox).Select(g => engine.Answer(query, [.. g])).ToList(); // each by one thread

            Assert.Equal(apart.SelectMany(Lines).Order(StringComparer.Ordinal), Lines(whole));
            Assert.Equal(apart.SelectMany(Counts).Order(StringComparer.Ordinal), Counts(whole).Order(StringComparer.Ordinal));
            Assert.Equal(apart.Sum(answer => answer.Coverage.All), whole.Coverage.All);
            Assert.Equal(apart.Sum(answer => answer.Coverage.Known), whole.Coverage.Known);
            Assert.Equal(
                (apart.Sum(answer => answer.LeftOut.Undated), apart.Sum(answer => answer.LeftOut.UnfinishedCycles)),
                (whole.LeftOut.Undated, whole.LeftOut.UnfinishedCycles));
        }
    }

    static IEnumerable<string> Counts(MetricResult answer) =>
        answer.Rows.Select(row => $"{string.Join(", ", row.Keys)}: {string.Join("; ", row.Figures.Select(f => (f.Count, f.Open)))}");

    /// <summary>More rows than one thread counts alone, and fewer of each mailbox.</summary>
    static (SegmentQuery Engine, List<Segment> Segments) Crowd(int seed)
    {
        var some = new SomeFindings(seed);
        var findings = some.Mailboxes.ToDictionary(m => m, m => some.Likely(10_000, 1 + m.Value * 1_000_000L));
        var segments = Pack(findings, new(seed), held: 2_000);
        // What begins after the range is not looked at.
        Assert.True(segments.Where(s => s.MinAt < Question([]).To.ToUnixTimeSeconds()).Sum(s => s.Rows) > 55_000);
        Assert.All(segments.GroupBy(s => s.Mailbox), mailbox => Assert.True(mailbox.Sum(s => s.Rows) < 50_000));
        return (new(some.Addresses, _ => Clocks) { Teams = some.Teams }, segments);
    }

    // Only a mistake waits so long: a thread that does not come.
    static readonly TimeSpan Forever = TimeSpan.FromMinutes(2);

    /// <summary>Called before each segment: the first of two threads waits for the other, where there are two processors.</summary>
    static Action BothAtWork()
    {
        var (threads, both) = (new ConcurrentDictionary<int, bool>(), new ManualResetEventSlim(Environment.ProcessorCount == 1));
        return () =>
        {
            if (threads.TryAdd(Environment.CurrentManagedThreadId, true) && threads.Count > 1) both.Set();
            Assert.True(both.Wait(Forever, TestContext.Current.CancellationToken), "One thread does all the work.");
        };
    }

    [Fact]
    public void Agents_and_those_without_one_add_up_to_all()
    {
        for (var seed = 20; seed < 20 + 10 / Share.Divisor; seed++)
        {
            var (some, findings, random) = World(seed);
            var query = Question(["sent", "known", "ambiguous", "pending", "unattributed"]) with
            {
                Dimensions = ["agent"], Filter = new Filter.Is("kind", ["Human"]),
            };
            var answer = new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }.Answer(query, Pack(findings, random));

            double Sum(int metric) => answer.Rows.Sum(row => row.Figures[metric].Value!.Value);
            Assert.Equal(Sum(0), Sum(1) + Sum(2) + Sum(3) + Sum(4));
            Assert.Equal(answer.Totals[0].Value, Sum(0));
            Assert.Equal(answer.Totals[0].Value, answer.Coverage.All);
            Assert.Equal(Sum(1), answer.Rows.Where(r => r.Keys[0] is not null).Sum(r => r.Figures[0].Value));
            Assert.Equal(answer.Totals[1].Value, answer.Coverage.Known);
            Assert.Equal(9, answer.LeftOut.Undated);
        }
    }

    [Fact]
    public void Cycles_that_were_answered_later_are_left_out_of_handoffs_and_counted()
    {
        var (some, findings, random) = World(30);
        var query = Question(["handoffs"]) with { AsOf = Question([]).To };
        var (engine, segments) = (new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }, Pack(findings, random));
        var began = findings.Values.SelectMany(f => f).Where(f => f.Cycle is not null
            && f.At >= query.From.ToUnixTimeSeconds() && f.At < query.To.ToUnixTimeSeconds()).ToList();
        var later = began.Count(f => f.Cycle!.LastReplyAt > query.AsOf.ToUnixTimeSeconds());

        Assert.InRange(later, 1, began.Count - 1);
        Assert.Equal(later, engine.Answer(query, segments).LeftOut.UnfinishedCycles);
        var byAgents = query with { BegunBy = BegunBy.Agent };
        Assert.Equal(
            began.Count(f => f.Cycle!.LastReplyAt > query.AsOf.ToUnixTimeSeconds() && f.Marks.HasFlag(Marks.BegunByAgent)),
            engine.Answer(byAgents, segments).LeftOut.UnfinishedCycles);
        Assert.Equal(0, engine.Answer(query with { Filter = new Filter.Is("mailbox", ["nobody"]) }, segments).LeftOut.UnfinishedCycles);
        Assert.Equal(0, engine.Answer(query with { Metrics = ["sent"] }, segments).LeftOut.UnfinishedCycles);
    }

    [Fact]
    public void Coverage_does_not_ask_who_wrote()
    {
        var (some, findings, random) = World(31);
        var (engine, segments) = (new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }, Pack(findings, random));
        var all = engine.Answer(Question(["sent"]), segments).Coverage;
        Filter agent = new Filter.Is("agent", ["agent1@acme.example"]), high = new Filter.Is("importance", ["High"]);

        Assert.Equal(all, engine.Answer(Question(["sent"]) with { Filter = agent }, segments).Coverage);
        Assert.Equal(all, engine.Answer(Question(["sent"]) with { Filter = new Filter.Not(agent) }, segments).Coverage);
        Assert.Equal(all, engine.Answer(Question(["sent"]) with { Filter = new Filter.Or([agent, high]) }, segments).Coverage);
        Assert.Equal(
            engine.Answer(Question(["sent"]) with { Filter = high }, segments).Coverage,
            engine.Answer(Question(["sent"]) with { Filter = new Filter.And([agent, high]) }, segments).Coverage);
    }

    [Fact]
    public void The_rows_behind_a_figure_are_those_it_was_made_of_page_by_page()
    {
        var (some, findings, random) = World(40);
        var (engine, segments) = (new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }, Pack(findings, random));
        foreach (var metric in MetricRegistry.All)
        {
            var query = Question([metric.Name]) with { Dimensions = ["team", "category"] };
            Assert.Equal(new NaiveAnswer(query, some.Addresses, findings, Clocks, some.Teams).Facts(metric.Name),
                Pages(engine, query, [], segments));
            foreach (var row in engine.Answer(query, segments).Rows.Take(9))
            {
                Filter[] keys = [.. query.Dimensions.Zip(row.Keys, (d, key) => new Filter.Is(d, [key ?? ""]) { IsWhole = true })];
                var one = query with { Filter = new Filter.And(keys) };
                Assert.Equal(new NaiveAnswer(one, some.Addresses, findings, Clocks, some.Teams).Facts(metric.Name),
                    Pages(engine, query, row.Keys, segments));
            }
        }
    }

    [Fact]
    public void A_series_of_the_backlog_is_what_is_open_at_the_end_of_each_step()
    {
        var (some, findings, random) = World(41);
        var (engine, segments) = (new SegmentQuery(some.Addresses, _ => Clocks) { Teams = some.Teams }, Pack(findings, random));
        var query = Question(["backlog"]) with { Granularity = Granularity.Day, Dimensions = ["mailbox"] };
        var answer = engine.Answer(query, segments);
        foreach (var step in answer.Steps)
        {
            var alone = engine.Answer(Question(["backlog"]) with { To = step.To, Dimensions = ["mailbox"] }, segments);
            var rows = answer.Rows.Where(row => row.Keys[0] == step.Key).ToList();
            Assert.Equal(alone.Rows.Select(r => (r.Keys[0], Show(r.Figures))), rows.Select(r => (r.Keys[1], Show(r.Figures))));
            Assert.All(rows, row => Assert.Equal(row.Figures[0].Count, row.Figures[0].Ages!.Sum()));
        }
        Assert.Equal(engine.Answer(Question(["backlog"]), segments).Totals[0].Value, answer.Totals[0].Value);
    }

    [Fact]
    public void What_is_thrown_before_a_segment_ends_the_work()
    {
        var (engine, segments) = Crowd(13);
        void Ask(Exception thrown) => engine.Answer(Question(["sent"]), segments, () => throw thrown);

        Assert.Throws<OperationCanceledException>(() => Ask(new OperationCanceledException()));
        Assert.Throws<Mistake>(() => Ask(new Mistake("damaged", "A segment cannot be read.")));
    }

    static (SomeFindings Some, Dictionary<AddressId, List<Finding>> Findings, Random Random) World(int seed, int conversations = 60)
    {
        var some = new SomeFindings(seed);
        return (some, some.Mailboxes.ToDictionary(m => m, m => some.Likely(conversations, 1 + m.Value * 10_000L)), new(seed));
    }

    static List<Segment> Pack(Dictionary<AddressId, List<Finding>> mailboxes, Random random, int? held = null) =>
    [
        .. mailboxes.SelectMany(m => SegmentWriter.Pack(m.Key, m.Value, held ?? 1 + random.Next(300))).Select(Segment.Open),
    ];

    static MetricQuery Question(string[] metrics) => new()
    {
        Metrics = metrics,
        From = Instant.FromUnixTimeSeconds(SomeFindings.From + 10 * SomeFindings.DaySeconds),
        To = Instant.FromUnixTimeSeconds(SomeFindings.From + 70 * SomeFindings.DaySeconds),
        AsOf = Instant.FromUnixTimeSeconds(SomeFindings.From + 90 * SomeFindings.DaySeconds),
        AuditGrace = Duration.FromDays(40),
    };

    /// <summary>A few metrics, and all dimensions that they may be asked by, in any order.</summary>
    internal static (string[] Metrics, string[] Dimensions) AnyColumns(Random random)
    {
        string[] metrics = [.. MetricRegistry.All.Select(m => m.Name)];
        string[] dimensions = [.. DimensionRegistry.All.Select(d => d.Name)];
        random.Shuffle(metrics);
        random.Shuffle(dimensions);
        // What is open at an instant has rules of its own about time.
        metrics = [.. metrics.Take(1 + random.Next(4))];
        if (metrics.Contains("backlog")) dimensions = [.. dimensions.Where(d => DimensionRegistry.Find(d)!.Time is null)];
        return (metrics, dimensions);
    }

    static MetricQuery AnyQuestion(Random random, Dictionary<AddressId, List<Finding>> findings, Addresses addresses)
    {
        var from = SomeFindings.From + random.Next(SomeFindings.Days) * SomeFindings.DaySeconds;
        var (metrics, dimensions) = AnyColumns(random);
        return new()
        {
            Metrics = metrics,
            Dimensions = [.. dimensions.Take(random.Next(4))],
            From = Instant.FromUnixTimeSeconds(from),
            To = Instant.FromUnixTimeSeconds(from + random.Next(1, 60 * SomeFindings.DaySeconds)),
            AsOf = Instant.FromUnixTimeSeconds(from + random.Next(90 * SomeFindings.DaySeconds)),
            Zone = DateTimeZoneProviders.Tzdb[random.Next(2) == 0 ? "Europe/Prague" : "Asia/Kathmandu"],
            Clock = (Clock)random.Next(3),
            BegunBy = random.Next(4) switch { 0 => BegunBy.Agent, 1 => BegunBy.Requester, _ => null },
            AuditGrace = Duration.FromDays(random.Next(60)),
            Filter = AnyFilter(random, dimensions, 0),
        };
    }

    static Filter AnyFilter(Random random, string[] dimensions, int depth) => (depth > 2 ? 3 : random.Next(6)) switch
    {
        0 => new Filter.And([AnyFilter(random, dimensions, depth + 1), AnyFilter(random, dimensions, depth + 1)]),
        1 => new Filter.Or([AnyFilter(random, dimensions, depth + 1), AnyFilter(random, dimensions, depth + 1)]),
        2 => new Filter.Not(AnyFilter(random, dimensions, depth + 1)),
        3 => AnyLeaf(random, dimensions[random.Next(dimensions.Length)]),
        _ => Filter.Everything,
    };

    static Filter AnyLeaf(Random random, string dimension)
    {
        string[] values =
        [
            "", "box1@acme.example", "BOX2@acme.example", "agent0@acme.example", "agent3@acme.example", "c4@some0.example",
            "some1.example", "inbound", "Human", "high", "OnBehalf", "AuditRecordMissing", "pending", "first", "1", "internal",
            "Billing", "urgent", "first line", "2023-12", "2023-Q4", "2024", "mon", "Tue 14", "2023-12-04",
        ];
        random.Shuffle(values);
        return new Filter.Is(dimension, values[..random.Next(1, 12)]);
    }

    static List<string> Lines(MetricResult answer) =>
        [.. answer.Rows.Select(row => string.Join(", ", row.Keys.Select(k => k ?? "none")) + ": " + Show(row.Figures))
            .Order(StringComparer.Ordinal)];

    static string Show(IReadOnlyList<Figure> figures) => string.Join("; ", figures.Select(f => NaiveAnswer.Show(f.Value)));

    static List<long> Pages(SegmentQuery engine, MetricQuery query, IReadOnlyList<string?> keys, List<Segment> segments)
    {
        var facts = new List<long>();
        FigureRow? after = null;
        for (var hasMore = true; hasMore;)
        {
            var page = engine.RowsBehind(query, keys, segments, 7, after);
            facts.AddRange(page.Rows.Select(row => row.FactId));
            hasMore = page.HasMore;
            if (page.Rows.Count > 0) after = page.Rows[^1];
        }
        return facts;
    }
}

using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>Which segments a question reads: those that can have anything to say, and no others.</summary>
public class SegmentsRead
{
    const long From = 1000, To = 2000; // the range, seconds since 1970 UTC
    const long AsOf = 5000;

    static readonly WaitClocks Clocks = new(new MailboxRules { Mailbox = default, Roles = new([], []), Hours = [] });
    readonly Addresses _addresses = new();
    readonly AddressId _box, _anna, _ben;

    public SegmentsRead()
    {
        _box = _addresses.Intern("box@acme.example");
        (_anna, _ben) = (_addresses.Intern("anna@acme.example"), _addresses.Intern("ben@acme.example"));
    }

    [Theory]
    [InlineData("received", From - 9, From - 1, AsOf, false)]
    [InlineData("received", From - 9, From, AsOf, true)]
    [InlineData("received", To - 1, To + 9, AsOf, true)]
    [InlineData("received", To + 1, To + 9, AsOf, false)]
    [InlineData("received", 1500, 1600, 1500, true)]
    [InlineData("received", 1501, 1600, 1500, false)]
    [InlineData("backlog", To, To + 9, AsOf, true)]
    [InlineData("backlog", To + 1, To + 9, AsOf, false)]
    [InlineData("customer_wait_time", To + 1, To + 9, AsOf, true)]
    [InlineData("customer_wait_time", From - 9, From - 1, AsOf, false)]
    [InlineData("received", 0, 0, AsOf, true)] // what has no date is counted
    public void Segments_of_the_range_are_read(string metric, long first, long last, long asOf, bool isRead) =>
        Assert.Equal(isRead ? 1 : 0, Reads(Question(metric) with { AsOf = At(asOf) }, [Mail(first), Mail(last)]));

    [Theory]
    [InlineData("outflow", From - 1, false)]
    [InlineData("outflow", From, true)]
    [InlineData("received", From, false)]
    public void Segments_before_it_are_read_where_a_cycle_was_closed_in_it(string metric, long closed, bool isRead) =>
        Assert.Equal(isRead ? 1 : 0, Reads(Question(metric), [Mail(100) with
        {
            Marks = Marks.BeganCycle, Cycle = new(closed, closed, closed, 1, 0, 0, 0, default),
        }]));

    [Theory]
    [InlineData("backlog", To, false)]
    [InlineData("backlog", To + 1, true)]
    [InlineData("backlog", null, true)]
    [InlineData("received", null, false)]
    public void Segments_before_it_are_read_where_a_wait_is_open(string metric, long? ended, bool isRead) =>
        Assert.Equal(isRead ? 1 : 0, Reads(Question(metric), [Waiting(100, ended)]));

    [Fact]
    public void Who_looks_for_agents_reads_no_segments_without_them_once_coverage_is_known()
    {
        var engine = new SegmentQuery(_addresses, _ => Clocks, new CoverageMemory());
        var segments = Segments([Sent(1100, _anna)], [Sent(1200, _ben)]);
        int Reads(MetricQuery query)
        {
            var reads = 0;
            engine.Answer(query, segments, () => reads++);
            return reads;
        }
        MetricQuery By(params string[] agents) => Question("sent") with { Filter = new Filter.Is("agent", agents) };

        Assert.Equal(2, Reads(By("anna@acme.example")));
        Assert.Equal(1, Reads(By("anna@acme.example")));
        Assert.Equal(1, Reads(By("ben@acme.example", "nobody@acme.example")));
        Assert.Equal(0, Reads(By("nobody@acme.example")));
        Assert.Equal(2, Reads(By("anna@acme.example", "ben@acme.example")));
        Assert.Equal(2, Reads(By("anna@acme.example", "")));
        Assert.Equal(2, Reads(Question("sent")));
        Assert.Equal(2, Reads(By("anna@acme.example") with { Metrics = ["customer_wait_time"] }));
    }

    [Fact]
    public void Who_pages_through_rows_reads_as_far_as_the_page_goes()
    {
        var segments = Segments([Mail(1100), Mail(1110)], [Mail(1110), Mail(1130)], [Mail(1120), Mail(1140)]);
        List<int> reads = [];
        FigureRows Page(int take, FigureRow? after)
        {
            var count = 0;
            var page = new SegmentQuery(_addresses, _ => Clocks)
                .RowsBehind(Question("received"), [], [.. segments.AsEnumerable().Reverse()], take, after, () => count++);
            reads.Add(count);
            return page;
        }
        var first = Page(1, null);
        var second = Page(2, first.Rows[^1]);
        var third = Page(2, second.Rows[^1]);
        var fourth = Page(9, third.Rows[^1]);

        Assert.Equal([1100, 1110, 1110, 1120, 1130, 1140],
            new[] { first, second, third, fourth }.SelectMany(page => page.Rows.Select(row => row.At)));
        Assert.Equal([true, true, true, false], new[] { first, second, third, fourth }.Select(page => page.HasMore));
        // The first page needs nothing later than 1110; the last nothing that ends before 1130.
        Assert.Equal([2, 3, 3, 2], reads);
        Assert.Empty(Page(1, fourth.Rows[^1]).Rows);
    }

    [Fact]
    public void Rows_of_one_second_and_fact_come_by_mailbox()
    {
        AddressId[] boxes = [.. new[] { "c", "b", "a" }.Select(name => _addresses.Intern(name + "@acme.example"))];
        var segments = boxes.Reverse().SelectMany(box => SegmentWriter.Pack(box, [Mail(1100, 1), Mail(1100, 2)]))
            .Select(Segment.Open).ToList();
        var (rows, after) = (new List<FigureRow>(), (FigureRow?)null);
        for (var hasMore = true; hasMore;)
        {
            var page = new SegmentQuery(_addresses, _ => Clocks).RowsBehind(Question("received"), [], segments, 1, after);
            (hasMore, after) = (page.HasMore, Assert.Single(page.Rows));
            rows.Add(page.Rows[0]);
        }

        Assert.Equal([.. boxes.Select(box => new FigureRow(box, 1100, 1)), .. boxes.Select(box => new FigureRow(box, 1100, 2))], rows);
    }

    [Fact]
    public void What_is_asked_wrongly_about_rows_is_told_by_its_field()
    {
        var (engine, segments) = (new SegmentQuery(_addresses, _ => Clocks), Segments([Waiting(1100, null)]));
        string Wrong(string metric, string?[] keys, int take)
        {
            var mistake = Assert.Throws<OnBehalf.Engine.Mistake>(() => engine.RowsBehind(
                Question(metric) with { Granularity = Granularity.Hour, Dimensions = ["direction"], To = At(3600) },
                keys, segments, take));
            return $"{mistake.Code}: {mistake.Message}";
        }

        Assert.Equal("invalid: take: from 1 to 10000 rows are shown.", Wrong("received", [], 0));
        Assert.Equal("invalid: take: from 1 to 10000 rows are shown.", Wrong("received", [], 10_001));
        Assert.Equal("invalid: keys: there are 2 dimensions.", Wrong("received", ["Inbound"], 1));
        Assert.Equal("invalid: keys: '1970-01-01T01' is not in the range.", Wrong("backlog", ["1970-01-01T01", "Inbound"], 1));
        foreach (var take in new[] { 1, 10_000 })
            Assert.Single(engine.RowsBehind(Question("received"), [], segments, take).Rows);
    }

    int Reads(MetricQuery query, params Finding[][] parts)
    {
        var (answer, rows) = (0, 0);
        var engine = new SegmentQuery(_addresses, _ => Clocks);
        engine.Answer(query, Segments(parts), () => answer++);
        engine.RowsBehind(query, [], Segments(parts), 10, null, () => rows++);
        Assert.Equal(answer, rows);
        return answer;
    }

    List<Segment> Segments(params Finding[][] parts) =>
        [.. parts.Select(part => Segment.Open(Assert.Single(SegmentWriter.Pack(_box, part))))];

    static MetricQuery Question(string metric) => new() { Metrics = [metric], From = At(From), To = At(To), AsOf = At(AsOf) };

    static Instant At(long seconds) => Instant.FromUnixTimeSeconds(seconds);

    static Finding Mail(long at, long fact = 0) => new()
    {
        FactId = fact == 0 ? at : fact, Conversation = 1, At = at, Direction = Direction.Inbound, Kind = Kind.Human,
        Marks = at == 0 ? Marks.Undated : Marks.None,
    };

    static Finding Waiting(long at, long? ended) => Mail(at) with
    {
        Marks = Marks.OpenedWait, Wait = new(ended, ended is null ? WaitEnd.Open : WaitEnd.Answered, default, 0, 0, 0, 0),
    };

    static Finding Sent(long at, AddressId agent) =>
        Mail(at) with { Direction = Direction.Outbound, Evidence = Evidence.OnBehalf, Agent = agent };
}

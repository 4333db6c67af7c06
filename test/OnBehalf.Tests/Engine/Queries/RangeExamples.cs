using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>Ranges, instants and counts, from facts to figures; the worked examples of docs/metrics.md are in Examples.</summary>
public class RangeExamples
{
    const string Customer = "customer@customer.example", Support = "support@acme.example", Boss = "boss@acme.example";

    static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Prague"];
    readonly Addresses _addresses = new();
    readonly List<MessageFact> _facts = [];

    [Fact]
    public void Before_the_reply_nothing_was_replied_and_one_waits()
    {
        Mail("2026-09-01 09:00", Customer, Support);
        Mail("2026-09-10 09:00", Support, Customer);

        double?[] before = Ask("2026-09-01", "2026-09-30", "2026-09-09", "received", "sent", "replied", "still_waiting", "backlog");
        Assert.Equal([1, 0, 0, 1, 1], before);
        Assert.Equal([1, 0, 0], Ask("2026-09-01", "2026-09-30", "replied", "still_waiting", "backlog"));
    }

    [Fact]
    public void From_before_the_range_nothing_of_it_has_happened()
    {
        Mail("2026-09-01 09:00", Customer, Support);
        Mail("2026-09-07 09:00", Customer, Support);
        Mail("2026-09-20 09:00", Customer, Support);

        Assert.Equal(
            [0, 0, null, 0, 1],
            Ask("2026-09-10", "2026-09-30", "2026-09-05", "received", "handoffs", "customer_wait_time", "outflow", "backlog"));
    }

    [Theory]
    [InlineData(Boss, "internal")]
    [InlineData(Boss + "," + Customer, "external")]
    [InlineData(Customer, "external")]
    public void Internal_only_when_everybody_is(string recipients, string expected)
    {
        Mail("2026-09-01 09:00", Support, recipients.Split(','));

        Assert.Equal(expected, Answer("2026-09-01", "2026-09-01", "2026-12-01", ["internal"], "sent").Rows.Single().Keys[0]);
    }

    [Fact]
    public void Silence_is_known_when_it_is_over()
    {
        Mail("2026-09-01 09:00", Customer, Support);
        Mail("2026-09-01 11:00", Support, Customer);

        Assert.Equal([0, null], Ask("2026-09-01", "2026-09-01", "2026-09-06 10:59", "outflow", "resolution_time"));
        Assert.Equal([1, 7200], Ask("2026-09-01", "2026-09-01", "2026-09-06 11:00", "outflow", "resolution_time"));
    }

    [Fact]
    public void A_reply_after_the_due_time_is_breached_by_instants()
    {
        Mail("2026-09-01 09:00", Customer, Support); // due at 10:00, at risk from 09:48:01
        Mail("2026-09-02 09:00", Customer, Support);
        Mail("2026-09-02 10:00", Support, Customer);

        string[] sla = ["sla_pending", "sla_at_risk", "sla_breached", "sla_met"];
        Assert.Equal([1, 0, 0, 0], Ask("2026-09-01", "2026-09-03", "2026-09-01 09:48", sla));
        Assert.Equal([0, 1, 0, 0], Ask("2026-09-01", "2026-09-03", "2026-09-01 09:49", sla));
        Assert.Equal([0, 1, 0, 0], Ask("2026-09-01", "2026-09-03", "2026-09-01 10:00", sla));
        Assert.Equal([0, 0, 1, 0], Ask("2026-09-01", "2026-09-03", "2026-09-01 10:01", sla));
        Assert.Equal([0, 0, 1, 0], Ask("2026-09-01", "2026-09-03", sla));
    }

    [Fact]
    public void A_wait_that_is_open_counts_in_what_the_customer_waited()
    {
        Mail("2026-09-01 09:00", Customer, Support);
        Mail("2026-09-01 10:00", Support, Customer);
        Mail("2026-09-01 12:00", Customer, Support);

        var figure = Answer("2026-09-01", "2026-09-01", "2026-09-01 15:00", [], "customer_wait_time").Totals[0];
        Assert.Equal((4 * 3600, 1, 1), (figure.Value, figure.Count, figure.Open));
    }

    [Fact]
    public void A_reply_is_counted_under_the_categories_of_what_it_answered()
    {
        Mail("2026-09-01 09:00", Customer, Support);
        _facts[^1] = _facts[^1] with { Categories = ["Urgent", "billing"] };
        Mail("2026-09-01 10:00", Support, Customer);
        Mail("2026-09-01 12:00", Customer, Support);
        _facts[^1] = _facts[^1] with { Categories = ["Billing"] };

        var answer = Answer("2026-09-01", "2026-09-01", "2026-12-01", ["category"], "received", "response_time");
        Assert.Equal(["Billing", "billing; Urgent"], answer.Rows.Select(row => row.Keys[0]));
        Assert.Equal([1, null, 1, 3600], answer.Rows.SelectMany(row => row.Figures.Select(figure => figure.Value)));
        double? Received(string filter) => Answer(
            "2026-09-01", "2026-09-01", "2026-12-01", [], new Filter.Is("category", [filter]), "received").Totals[0].Value;
        Assert.Equal([2, 1, 1, 0], [Received("BILLING"), Received("urgent"), Received("Billing; Urgent"), Received("")]);
    }

    void Mail(string at, string from, params string[] to) => _facts.Add(new()
    {
        FactId = _facts.Count + 1,
        Key = MessageKey.Of($"<{_facts.Count + 1}@acme.example>"),
        At = At(at),
        From = _addresses.Intern(from),
        Sender = _addresses.Intern(from),
        To = [.. to.Select(t => _addresses.Intern(t))],
        InReplyTo = _facts.Count == 0 ? [] : [MessageKey.Of($"<{_facts.Count}@acme.example>")],
        Folder = from == Support ? Folder.SentItems : Folder.Received,
    });

    double?[] Ask(string first, string last, params string[] metrics) =>
        metrics[0].StartsWith('2') ? Ask(first, last, metrics[0], metrics[1..]) : Ask(first, last, "2026-12-01", metrics);

    double?[] Ask(string first, string last, string asOf, string[] metrics) =>
        [.. Answer(first, last, asOf, [], metrics).Totals.Select(figure => figure.Value)];

    MetricResult Answer(string first, string last, string asOf, string[] dimensions, params string[] metrics) =>
        Answer(first, last, asOf, dimensions, Filter.Everything, metrics);

    MetricResult Answer(string first, string last, string asOf, string[] dimensions, Filter filter, params string[] metrics)
    {
        var rules = Rules();
        var findings = Corridor.WalkMailbox(_facts, [], rules, _addresses).SelectMany(walk => walk.Findings);
        var segments = SegmentWriter.Pack(rules.Mailbox, findings).Select(Segment.Open).ToList();
        return new SegmentQuery(_addresses, _ => new WaitClocks(rules)).Answer(new()
        {
            Metrics = metrics,
            Dimensions = dimensions,
            Filter = filter,
            From = At(first),
            To = (At(last).InZone(Zone).Date.PlusDays(1).AtStartOfDayInZone(Zone)).ToInstant(),
            Zone = Zone,
            AsOf = At(asOf),
        }, segments);
    }

    MailboxRules Rules()
    {
        var roles = new Role[_addresses.Count];
        roles[_addresses.Intern(Support).Value] = Role.Own | Role.Internal;
        if (_addresses.Find(Boss) is { IsNone: false } boss) roles[boss.Value] = Role.Internal;
        return new()
        {
            Mailbox = _addresses.Intern(Support),
            Roles = new(roles, new AddressId[roles.Length]),
            Policies = [new(1, "an hour", 3600, null)],
        };
    }

    static Instant At(string text)
    {
        var time = text.Length > 10 ? text : text + " 00:00";
        var local = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(time).Value;
        return local.InZoneLeniently(Zone).ToInstant();
    }
}

using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>Questions by example: how each is printed, and what is said of each that cannot be read.</summary>
public sealed class QueryTextExamples
{
    static readonly Instant Now = Instant.FromUtc(2026, 6, 17, 10, 0); // a Wednesday

    static readonly QueryDefaults Defaults = new(
        Now, DateTimeZoneProviders.Tzdb["Europe/Prague"], (Instant.FromUtc(2026, 1, 1, 0, 0), Now));

    const string Usual = "&from=2026-06-01&to=2026-06-02&zone=Europe/Prague&as-of=2026-06-17T10:00:00Z";

    static MetricQuery Read(string text) => QueryText.Parse(
        text.Split('&').Select(part => new KeyValuePair<string, string>(part[..part.IndexOf('=')], part[(part.IndexOf('=') + 1)..])),
        Defaults);

    [Theory]
    [InlineData("range=today", "from=2026-06-17&to=2026-06-18")]
    [InlineData("range=yesterday", "from=2026-06-16&to=2026-06-17")]
    [InlineData("range=1d", "from=2026-06-17&to=2026-06-18")]
    [InlineData("range=30D", "from=2026-05-19&to=2026-06-18")]
    [InlineData("range=this-week", "from=2026-06-15&to=2026-06-22")]
    [InlineData("range=last-week", "from=2026-06-08&to=2026-06-15")]
    [InlineData("range=this-month", "from=2026-06-01&to=2026-07-01")]
    [InlineData("range=last-month", "from=2026-05-01&to=2026-06-01")]
    [InlineData("range=this-quarter", "from=2026-04-01&to=2026-07-01")]
    [InlineData("range=last-quarter", "from=2026-01-01&to=2026-04-01")]
    [InlineData("range=This-Year", "from=2026-01-01&to=2027-01-01")]
    [InlineData("range=last-year", "from=2025-01-01&to=2026-01-01")]
    [InlineData("range=all", "from=2026-01-01T00:00:00Z&to=2026-06-17T10:00:00Z")]
    [InlineData("from=2026-06-16", "from=2026-06-16&to=2026-06-17T10:00:00Z")]
    [InlineData("to=2026-02-01", "from=2026-01-01T00:00:00Z&to=2026-02-01")]
    [InlineData("from=2026-06-16&through=2026-06-16", "from=2026-06-16&to=2026-06-17")]
    [InlineData("from=2026-06-16T08:00:00Z&to=2026-06-16T09:30:00Z", "from=2026-06-16T08:00:00Z&to=2026-06-16T09:30:00Z")]
    [InlineData("from=2026-06-15T22:00:00Z&to=2026-06-16T22:00:00Z", "from=2026-06-16&to=2026-06-17")]
    public void A_range_is_printed_by_its_days_or_instants(string asked, string printed) => Assert.Equal(
        $"metrics=sent&{printed}&zone=Europe/Prague&as-of=2026-06-17T10:00:00Z", QueryText.PrintUrl(Read($"metrics=sent&{asked}")));

    [Theory]
    [InlineData("metrics=sent, received&metrics=touches", "metrics=sent,received,touches")]
    [InlineData("metrics=sent&dimensions=Agent,day", "metrics=sent&dimensions=agent,day")]
    [InlineData("metrics=sent&granularity=week&dimensions=agent", "metrics=sent&dimensions=week,agent")]
    public void Names_are_printed_first(string asked, string printed) =>
        Assert.Equal(printed + Usual, QueryText.PrintUrl(Read(asked + Usual)));

    [Theory]
    [InlineData("clock=Mailbox", "&clock=mailbox")]
    [InlineData("clock=calendar", "")]
    [InlineData("begun-by=agent", "&begun-by=agent")]
    [InlineData("audit-grace=1.5", "&audit-grace=1.5")]
    [InlineData("audit-grace=0", "&audit-grace=0")]
    [InlineData("audit-grace=100000", "&audit-grace=100000")]
    [InlineData("audit-grace=24", "")]
    [InlineData("compare=last-year", "&compare=last-year")]
    [InlineData("compare=none", "")]
    [InlineData("agent=anna@acme.example", "&agent=anna@acme.example")]
    [InlineData("agent=anna@acme.example&agent=(none)", "&agent=(none)&agent=anna@acme.example")]
    [InlineData("filter=agent = \"(none)\"", "&filter=agent+%3D+%22(none)%22")]
    [InlineData("kind=Human&agent=b@x&agent=a@x", "&agent=a@x&agent=b@x&kind=Human")]
    [InlineData("kind=", "")]
    [InlineData("filter=kind = Human", "&kind=Human")]
    [InlineData("filter=not kind = Human, Bulk", "&filter=not+kind+%3D+Bulk,+Human")]
    [InlineData("filter=kind != Human", "&filter=not+kind+%3D+Human")]
    [InlineData("filter=kind = Human or (agent = a@x and not (kind = Bulk or kind = Receipt))",
        "&filter=kind+%3D+Human+or+agent+%3D+a@x+and+not+(kind+%3D+Bulk+or+kind+%3D+Receipt)")]
    [InlineData("filter=(kind = Human or kind = Bulk) and agent = a@x", "&agent=a@x&filter=kind+%3D+Human+or+kind+%3D+Bulk")]
    [InlineData("filter=(kind = Human or kind = Bulk) and (agent = a@x or agent = b@x)",
        "&filter=(kind+%3D+Human+or+kind+%3D+Bulk)+and+(agent+%3D+a@x+or+agent+%3D+b@x)")]
    [InlineData("filter=not ()", "&filter=not+()")]
    [InlineData("filter=not not kind = Human", "&kind=Human")]
    [InlineData("filter=()", "")]
    [InlineData("filter=category = \"a \"\"b\"\", c\"", "&category=a+%22b%22,+c")]
    [InlineData("filter=NOT category = \"and\", \"or\", \"not\", \"x y\", ok-1_2.3+4:5@z",
        "&filter=not+category+%3D+%22and%22,+%22not%22,+ok-1_2.3%2B4:5@z,+%22or%22,+%22x+y%22")]
    public void Conditions_are_printed_after_them_and_only_what_is_not_usual(string asked, string printed)
    {
        var text = QueryText.PrintUrl(Read($"metrics=sent{Usual}&{asked}"));
        var usual = $"metrics=sent&from=2026-06-01&to=2026-06-02&zone=Europe/Prague";

        Assert.StartsWith(usual, text, StringComparison.Ordinal);
        Assert.Equal(printed, text[usual.Length..].Replace("&as-of=2026-06-17T10:00:00Z", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("range=next-week", "range: there is no such range; 30d, this-month, last-week are some.")]
    [InlineData("range=0d", "range: there is no such range; 30d, this-month, last-week are some.")]
    [InlineData("range=36501d", "range: there is no such range; 30d, this-month, last-week are some.")]
    [InlineData("range=today&from=2026-01-01", "range: give either a range or its days.")]
    [InlineData("range=today&through=2026-01-01", "range: give either a range or its days.")]
    [InlineData("range=today&as-of=1969-12-31", "as-of: it is outside 1970 to 2100.")]
    [InlineData("range=today&as-of=2101-01-02", "as-of: it is outside 1970 to 2100.")]
    [InlineData("to=2026-01-02&through=2026-01-01", "through: give either through or to.")]
    [InlineData("through=2026-01-31T08:00:00Z", "through: it is a day, as 2026-01-31.")]
    [InlineData("through=2101-01-01", "through: nothing is after 2100.")]
    [InlineData("from=yesterday", "from: give a day as 2026-01-31, or an instant as 2026-01-31T08:00:00Z.")]
    [InlineData("from=9999-01-01", "from: give a day as 2026-01-31, or an instant as 2026-01-31T08:00:00Z.")]
    [InlineData("from=1969-12-31", "from: nothing is before 1970.")]
    [InlineData("to=2101-01-02", "to: nothing is after 2100.")]
    [InlineData("from=2026-01-02&to=2026-01-02", "to: the range ends before it begins.")]
    [InlineData("zone=Prague", "zone: there is no such zone. Names are those of the IANA database, as Europe/Prague.")]
    [InlineData("zone=UTC&zone=UTC", "zone: it is given more than once.")]
    [InlineData("clock=wall", "clock: it is one of calendar, mailbox, agent.")]
    [InlineData("begun-by=nobody", "begun-by: it is one of requester, agent.")]
    [InlineData("compare=next", "compare: it is one of previous, last-year.")]
    [InlineData("granularity=minute", "granularity: it is one of hour, day, week, month, quarter, year.")]
    [InlineData("audit-grace=-1", "audit-grace: it is a number of hours from 0 on.")]
    [InlineData("audit-grace=100001", "audit-grace: it is a number of hours from 0 on.")]
    [InlineData("audit-grace=soon", "audit-grace: it is a number of hours from 0 on.")]
    [InlineData("colour=red", "colour: there is no parameter of this name.")]
    [InlineData("a b:c-d_e.f=red", "a?b?c-d_e.f: there is no parameter of this name.")]
    [InlineData("=red", "?: there is no parameter of this name.")]
    [InlineData("metrics=backlog&dimensions=weekday", "dimensions: 'backlog' is at an instant and has no 'weekday'.")]
    [InlineData("metrics=backlog&dimensions=day,week", "dimensions: 'backlog' has one series of time.")]
    [InlineData("metrics=backlog&filter=not day = 2026-01-01", "filter: 'backlog' is at an instant and has no time to choose by.")]
    [InlineData("from=2026-01-01&to=2026-01-02&as-of=1969-12-31", "as-of: it is outside 1970 to 2100.")]
    [InlineData("metrics=sends", "metrics: there is no 'sends'.")]
    [InlineData("dimensions=agents", "dimensions: there is no dimension 'agents'.")]
    [InlineData("dimensions=agent,kind,day,team,reason", "dimensions: at most 4 are possible.")]
    [InlineData("filter=agents = x", "filter: there is no dimension 'agents'.")]
    [InlineData("filter=0123456789012345678901234567890123456789 = x",
        "filter: there is no dimension '0123456789012345678901234567890123456789'.")]
    [InlineData("filter=01234567890123456789012345678901234567890 = x",
        "filter: there is no dimension '0123456789012345678901234567890123456789…'.")]
    [InlineData("filter=kind", "filter: after 'kind' = or != is expected.")]
    [InlineData("filter=kind ! Human", "filter: after 'kind' = or != is expected.")]
    [InlineData("filter=kind =", "filter: it ends where a value is expected.")]
    [InlineData("filter=kind = Human,", "filter: it ends where a value is expected.")]
    [InlineData("filter=kind = )", "filter: ')' is where a value is expected.")]
    [InlineData("filter=not", "filter: it ends where a dimension is expected.")]
    [InlineData("filter== x", "filter: '=' is where a dimension is expected.")]
    [InlineData("filter=(kind = Human", "filter: a parenthesis is not closed.")]
    [InlineData("filter=kind = \"Human", "filter: a quotation mark is not closed.")]
    [InlineData("filter=kind = Human Bulk", "filter: nothing is expected at 'Bulk'.")]
    [InlineData("filter=kind = Human)", "filter: nothing is expected at ')'.")]
    public void What_cannot_be_read_says_what_is_wrong(string asked, string message)
    {
        var mistake = Assert.Throws<Mistake>(
            () => QueryText.PrintUrl(Read(asked.StartsWith("metrics", StringComparison.Ordinal) ? asked : $"metrics=sent&{asked}")));

        Assert.Equal(("invalid", message), (mistake.Code, mistake.Message));
    }

    [Fact]
    public void Limits_are_where_they_are_said_to_be()
    {
        var most = new string('(', 3 * Filter.DepthLimit) + "kind = Human" + new string(')', 3 * Filter.DepthLimit);
        Assert.Equal(new Filter.Is("kind", ["Human"]), Read($"metrics=sent&filter={most}").Filter);
        Assert.Equal("filter: it is nested more than 8 deep.",
            Assert.Throws<Mistake>(() => Read($"metrics=sent&filter=({most})")).Message);
        Assert.Equal("filter: it is nested more than 8 deep.", Assert.Throws<Mistake>(
            () => Read($"metrics=sent&filter={string.Concat(Enumerable.Repeat("not ", 25))}kind = Human")).Message);
        var long1 = new string('x', QueryText.LengthLimit - "sent".Length);
        Assert.Equal([long1], Assert.IsType<Filter.Is>(Read($"metrics=sent&agent={long1}").Filter).Values);
        Assert.Equal("agent: the question is longer than 100000 characters.",
            Assert.Throws<Mistake>(() => Read($"metrics=sent&agent={long1}x")).Message);
    }

    [Theory]
    [InlineData("from=2026-05-01&to=2026-06-01&compare=last-year", "2025-05-01 2025-06-01 2025-06-17T10:00:00Z")]
    [InlineData("from=2026-05-01&to=2026-06-01&compare=previous", "2026-04-01 2026-05-01 2026-05-18T10:00:00Z")]
    [InlineData("from=2026-05-04&to=2026-05-06&compare=previous", "2026-05-02 2026-05-04 2026-06-15T10:00:00Z")]
    [InlineData("from=2026-05-01&to=2026-05-06T08:00:00Z&compare=previous",
        "2026-04-25T12:00:00Z 2026-05-01 2026-06-12T00:00:00Z")]
    [InlineData("from=2026-05-05T08:00:00Z&to=2026-05-06&compare=previous",
        "2026-05-04T18:00:00Z 2026-05-05T08:00:00Z 2026-06-16T20:00:00Z")]
    [InlineData("from=2025-11-01&to=2026-02-01&compare=previous", "2025-08-01 2025-11-01 2026-03-17T09:00:00Z")]
    [InlineData("from=2026-05-01&to=2026-05-16&compare=previous", "2026-04-16 2026-05-01 2026-06-02T10:00:00Z")]
    [InlineData("from=2026-05-05T08:00:00Z&to=2026-05-06&compare=last-year",
        "2025-05-05T08:00:00Z 2025-05-06 2025-06-17T10:00:00Z")]
    [InlineData("from=1970-02-01&to=1970-02-03&compare=last-year", null)]
    public void A_period_is_compared_as_it_was_seen_then(string asked, string? expected)
    {
        var earlier = Read($"metrics=sent&{asked}").Earlier();

        Assert.Equal(expected, earlier is null ? null
            : $"{QueryText.Print(earlier.From, earlier.Zone)} {QueryText.Print(earlier.To, earlier.Zone)} {earlier.AsOf}");
    }

    [Fact]
    public void Coverage_is_what_is_known_of_all_and_of_nothing_there_is_none()
    {
        Assert.Equal((10, 0.1), (new Coverage(1, 2, 3, 4).All, new Coverage(1, 2, 3, 4).Value));
        Assert.Null(default(Coverage).Value);
    }

    [Fact]
    public void Filters_are_equal_when_they_say_the_same()
    {
        Filter.Is one = new("kind", ["Human"]), same = new("kind", ["Human"]), other = new("agent", ["Human"]);

        Assert.Equal((one, one.GetHashCode()), (same, same.GetHashCode()));
        Assert.Equal<Filter>(new Filter.And([one, other]), new Filter.And([same, other]));
        Assert.Equal<Filter>(new Filter.Or([one, other]), new Filter.Or([same, other]));
        Filter[] different =
        [
            one, other, new Filter.Is("kind", ["Bulk"]), new Filter.Is("kind", ["Human", "Bulk"]), one with { IsWhole = true },
            new Filter.And([one]), new Filter.Or([one]), new Filter.Not(one), new Filter.And([other]), new Filter.Or([other]),
        ];
        Assert.Equal(different.Length, different.Distinct().Count());
    }

    [Fact]
    public void Whatever_can_be_asked_has_a_name_and_a_definition()
    {
        Assert.All(MetricRegistry.All, metric =>
        {
            Assert.Same(metric, MetricRegistry.Find(metric.Name));
            Assert.EndsWith(".", metric.Definition, StringComparison.Ordinal);
        });
        Assert.All(DimensionRegistry.All, dimension =>
        {
            Assert.Same(dimension, DimensionRegistry.Find(dimension.Name));
            Assert.EndsWith(".", dimension.Definition, StringComparison.Ordinal);
        });
        Assert.All(QueryText.Names, name => Assert.EndsWith(".", name.Meaning, StringComparison.Ordinal));
        Assert.Equal(
            "active_days ambiguous answered_rate backlog censored_median collisions conversations_per_day coverage customer_wait_time "
                + "distinct_requesters first_response_time handoffs inflow known messages next_response_time no_reply_needed_rate "
                + "oldest_wait one_touch_rate out_of_hours_share outflow pending received reopen_rate replied reply_time resolution_time "
                + "response_time sent sla_at_risk sla_attainment sla_breached sla_cancelled sla_met sla_pending still_waiting touches "
                + "unattributed workload_share",
            string.Join(' ', MetricRegistry.All.Select(metric => metric.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(
            "agent attribution category day direction evidence hour hour_of_week importance internal kind mailbox month quarter reason "
                + "requester requester_domain response sla_policy sla_state team week weekday year",
            string.Join(' ', DimensionRegistry.All.Select(dimension => dimension.Name).Order(StringComparer.Ordinal)));
    }
}

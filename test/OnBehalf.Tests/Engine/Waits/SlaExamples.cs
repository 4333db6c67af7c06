using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>Which promise applies, and when it is due.</summary>
public class SlaExamples
{
    static readonly SlaPolicy General = new(1, "General", 8 * 3600, 16 * 3600);
    static readonly SlaPolicy High = new(2, "High", 4 * 3600, null, Importance: Importance.High);
    static readonly SlaPolicy Domain = new(3, "Big customer", 2 * 3600, null, SenderDomain: "big.example");
    static readonly SlaPolicy DomainHigh =
        new(4, "Big and high", 3600, null, SenderDomain: "big.example", Importance: Importance.High);
    static readonly SlaPolicy Category = new(5, "Outage", 1800, null, Category: "Outage");
    static readonly SlaPolicy CategoryDomain =
        new(6, "Big outage", 900, null, Category: "Outage", SenderDomain: "big.example");
    static readonly SlaPolicy[] All = [General, High, Domain, DomainHigh, Category, CategoryDomain];

    [Theory]
    [InlineData("small.example", "", Importance.Normal, "General")]
    [InlineData("small.example", "Billing", Importance.Low, "General")]
    [InlineData("small.example", "", Importance.High, "High")]
    [InlineData("big.example", "", Importance.Normal, "Big customer")]
    [InlineData("BIG.example", "", Importance.Normal, "Big customer")]
    [InlineData("not-big.example", "", Importance.Normal, "General")]
    [InlineData("", "", Importance.Normal, "General")]
    [InlineData("big.example", "", Importance.High, "Big and high")]
    [InlineData("small.example", "Billing,outage", Importance.Normal, "Outage")]
    [InlineData("small.example", "Outage", Importance.High, "Outage")]
    [InlineData("big.example", "Outage", Importance.High, "Big outage")]
    public void The_most_specific_policy_that_applies_wins(
        string domain, string categories, Importance importance, string expected)
    {
        string[] names = [.. categories.Split(',', StringSplitOptions.RemoveEmptyEntries)];

        Assert.Equal(expected, new Sla(All).PolicyFor(domain, names, importance)?.Name);
        Assert.Equal(expected, new Sla([.. All.Reverse()]).PolicyFor(domain, names, importance)?.Name);
    }

    [Fact]
    public void A_category_says_more_than_a_domain_and_an_importance_together() =>
        Assert.Equal("Outage", new Sla([DomainHigh, Category])
            .PolicyFor("big.example", ["Outage"], Importance.High)?.Name);

    [Fact]
    public void A_domain_says_more_than_an_importance() =>
        Assert.Equal("Big customer", new Sla([High, Domain]).PolicyFor("big.example", [], Importance.High)?.Name);

    [Fact]
    public void A_mailbox_says_more_than_nothing_and_less_than_all_else()
    {
        var mailbox = new SlaPolicy(9, "Mailbox", 60, null, NamesMailbox: true);
        Assert.Equal("Mailbox", new Sla([General, mailbox]).PolicyFor("", [], Importance.High)?.Name);
        Assert.Equal("High", new Sla([High, mailbox]).PolicyFor("", [], Importance.High)?.Name);
        Assert.Equal("Mailbox", new Sla([High, mailbox with { Importance = Importance.High }]).PolicyFor("", [], Importance.High)?.Name);
    }

    [Fact]
    public void Between_equals_the_lower_number_wins()
    {
        SlaPolicy[] equals = [new(9, "Nine", 1, 1, Category: "B"), new(8, "Eight", 1, 1, Category: "A")];

        Assert.Equal("Eight", new Sla(equals).PolicyFor("", ["A", "B"], Importance.Normal)?.Name);
        Assert.Equal("Nine", new Sla(equals).PolicyFor("", ["B"], Importance.Normal)?.Name);
        Assert.Null(new Sla(equals).PolicyFor("", ["C"], Importance.Normal));
    }

    [Fact]
    public void A_promise_is_due_and_at_risk_by_the_mailbox_s_hours()
    {
        var clock = Wall.Clock("Europe/Prague", "Mon-Fri 09:00-17:00");
        var start = Wall.At("Europe/Prague", "Fri 2026-01-16 15:00");

        var first = Sla.PromiseOf(General, isFirst: true, start, clock);
        var next = Sla.PromiseOf(General, isFirst: false, start, clock);

        Assert.Equal(new Promise(1, 8 * 3600, Wall.At("Europe/Prague", "Mon 2026-01-19 15:00"),
            Wall.At("Europe/Prague", "Mon 2026-01-19 13:24") + 1), first);
        Assert.Equal(new Promise(1, 16 * 3600, Wall.At("Europe/Prague", "Tue 2026-01-20 15:00"),
            Wall.At("Europe/Prague", "Tue 2026-01-20 11:48") + 1), next);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 5)]
    [InlineData(6, 5)]
    [InlineData(10, 9)]
    [InlineData(3600, 2881)]
    public void A_wait_is_at_risk_from_the_first_second_with_less_than_a_fifth_left(int target, int atRisk)
    {
        var promise = Sla.PromiseOf(new(1, "", target, null), isFirst: true, start: 1000, OpenTime.Always);

        Assert.Equal(new Promise(1, target, 1000 + target, 1000 + atRisk), promise);
    }

    [Fact]
    public void Without_a_policy_a_target_or_hours_nothing_is_promised()
    {
        var always = OpenTime.Always;

        Assert.Equal(Promise.None, Sla.PromiseOf(null, isFirst: true, 1000, always));
        Assert.Equal(Promise.None, Sla.PromiseOf(High, isFirst: false, 1000, always));
        Assert.Equal(Promise.None, Sla.PromiseOf(High with { FirstTarget = 0 }, isFirst: true, 1000, always));
        Assert.Equal(Promise.None, Sla.PromiseOf(High, isFirst: true, 1000, Wall.Clock("UTC", "never")));
    }
}

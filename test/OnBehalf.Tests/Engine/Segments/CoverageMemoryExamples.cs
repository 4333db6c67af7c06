using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Segments;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Segments;

/// <summary>A coverage is remembered for every question that asks for the very same one.</summary>
public class CoverageMemoryExamples
{
    static readonly WaitClocks Clocks = new(new MailboxRules { Mailbox = default, Roles = new([], []), Hours = [] });
    static readonly Coverage Some = new(1, 2, 3, 4);
    static readonly Filter Monday = new Filter.Is("weekday", ["Mon"]), High = new Filter.Is("importance", ["High"]);

    static readonly MetricQuery Asked = new()
    {
        Metrics = ["sent"],
        From = Instant.FromUnixTimeSeconds(1000),
        To = Instant.FromUnixTimeSeconds(2000),
        AsOf = Instant.FromUnixTimeSeconds(3000),
    };

    [Fact]
    public void Whoever_asks_for_the_same_finds_it()
    {
        IsFound(true, Asked, Asked with { Metrics = ["received"], Dimensions = ["agent"], Clock = Clock.Agent });
        IsFound(true, Asked, Asked with { Filter = new Filter.Is("agent", ["anna@acme.example"]) });
        IsFound(false, Asked, Asked with { From = Instant.FromUnixTimeSeconds(1001) });
        IsFound(false, Asked, Asked with { To = Instant.FromUnixTimeSeconds(2001) });
        IsFound(false, Asked, Asked with { AsOf = Instant.FromUnixTimeSeconds(3001) });
        IsFound(false, Asked, Asked with { AuditGrace = Duration.FromSeconds(1) });
        IsFound(false, Asked, Asked with { BegunBy = BegunBy.Agent });
        IsFound(false, Asked, Asked with { Filter = High });
    }

    [Fact]
    public void The_zone_matters_where_the_filter_asks_for_a_time()
    {
        IsFoundInAnotherZone(true, Filter.Everything);
        IsFoundInAnotherZone(true, High);
        IsFoundInAnotherZone(true, new Filter.Or([High, new Filter.Is("kind", ["Human"])]));
        IsFoundInAnotherZone(true, new Filter.Not(High));
        IsFoundInAnotherZone(false, Monday);
        IsFoundInAnotherZone(false, new Filter.Or([High, Monday]));
        IsFoundInAnotherZone(false, new Filter.And([Monday, High]));
        IsFoundInAnotherZone(false, new Filter.And([High, new Filter.Or([High, new Filter.Not(Monday)])]));
    }

    static void IsFoundInAnotherZone(bool isFound, Filter filter) => IsFound(
        isFound, Asked with { Filter = filter }, Asked with { Filter = filter, Zone = DateTimeZoneProviders.Tzdb["Asia/Kathmandu"] });

    static void IsFound(bool isFound, MetricQuery kept, MetricQuery asked)
    {
        var memory = new CoverageMemory();
        memory.Keep(Plan(kept), Some);
        Assert.Equal(isFound ? Some : null, memory.Find(Plan(asked)));
        Assert.Equal(Some, memory.Find(Plan(kept)));
    }

    static QueryPlan Plan(MetricQuery query) => new(query, new Addresses(), _ => Clocks, new Dictionary<AddressId, string>());
}

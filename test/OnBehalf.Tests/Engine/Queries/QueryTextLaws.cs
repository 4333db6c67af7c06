using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>
/// Questions as text. Laws: what is printed is read as the same question; whatever is written is a question, or wrong by
/// a name. Examples: ranges by name, comparison over clock changes, precedence of and, or, not.
/// </summary>
public class QueryTextLaws
{
    static readonly Instant Now = Instant.FromUtc(2026, 3, 29, 10, 0);

    static readonly QueryDefaults Defaults = new(
        Now, DateTimeZoneProviders.Tzdb["Europe/Prague"], (Instant.FromUtc(2026, 1, 1, 0, 0), Now));

    [Fact]
    public void What_is_printed_is_read_as_the_same_question()
    {
        for (var seed = 0; seed < 2_000 / Share.Divisor; seed++)
        {
            var query = Some(new Random(seed));
            var text = QueryText.PrintUrl(query);
            var read = QueryText.Parse(QueryText.Print(query), Defaults with { Zone = DateTimeZone.Utc, Now = Now + Duration.FromDays(9) });
            Assert.True(text == QueryText.PrintUrl(read), $"seed {seed}: {text}\n{QueryText.PrintUrl(read)}");
            var (one, other) = (query.Normalised(), read.Normalised());
            Assert.True(
                (one.From, one.To, one.AsOf, one.Clock, one.BegunBy, one.AuditGrace, one.Zone, one.Compare)
                == (other.From, other.To, other.AsOf, other.Clock, other.BegunBy, other.AuditGrace, other.Zone, other.Compare),
                $"seed {seed}");
        }
    }

    [Fact]
    public void Whatever_is_written_is_a_question_or_wrong_by_a_name()
    {
        for (var seed = 0; seed < 10_000 / Share.Divisor; seed++)
        {
            var random = new Random(seed);
            var texts = Nonsense(random);
            try
            {
                _ = QueryText.PrintUrl(QueryText.Parse(texts, Defaults));
            }
            catch (Mistake mistake)
            {
                Assert.True(mistake.Code == "invalid", $"seed {seed}: {mistake}");
                var field = mistake.Message.Split(':')[0];
                Assert.True(
                    texts.Any(text => text.Key.StartsWith(field, StringComparison.Ordinal))
                    || field is "metrics" or "to" or "dimensions" or "as-of" or "granularity"
                    || field.Contains('?', StringComparison.Ordinal),
                    $"seed {seed}: {mistake.Message}");
            }
        }
    }

    [Theory]
    [InlineData("today", "2026-03-29", "2026-03-30")] // a day of 23 hours
    [InlineData("yesterday", "2026-03-28", "2026-03-29")]
    [InlineData("7d", "2026-03-23", "2026-03-30")]
    [InlineData("this-week", "2026-03-23", "2026-03-30")]
    [InlineData("last-month", "2026-02-01", "2026-03-01")]
    [InlineData("this-quarter", "2026-01-01", "2026-04-01")]
    [InlineData("last-year", "2025-01-01", "2026-01-01")]
    public void A_named_range_is_whole_local_days(string range, string from, string to)
    {
        var query = Read($"metrics=received&range={range}");

        Assert.Equal(from, QueryText.Print(query.From, query.Zone));
        Assert.Equal(to, QueryText.Print(query.To, query.Zone));
    }

    [Theory]
    [InlineData("from=2026-03-01&to=2026-04-01&compare=previous", "2026-02-01", "2026-03-01")]
    [InlineData("from=2026-03-23&to=2026-03-30&compare=previous", "2026-03-16", "2026-03-23")]
    [InlineData("from=2026-03-23&through=2026-03-29&compare=last-year", "2025-03-23", "2025-03-30")]
    [InlineData("from=2026-01-01&to=2026-04-01&compare=previous", "2025-10-01", "2026-01-01")]
    public void A_period_is_compared_with_as_many_days_or_months(string question, string from, string to)
    {
        var earlier = Read($"metrics=received&as-of=2026-03-30&{question}").Earlier()!;

        Assert.Equal(from, QueryText.Print(earlier.From, earlier.Zone));
        Assert.Equal(to, QueryText.Print(earlier.To, earlier.Zone));
        Assert.Null(earlier.Compare);
    }

    [Fact]
    public void And_binds_closer_than_or_and_not_closer_than_both()
    {
        var filter = Read("metrics=received&filter=kind = Human or not kind = Bulk and direction != Inbound").Filter;

        Assert.Equal(
            new Filter.Or([
                new Filter.Is("kind", ["Human"]),
                new Filter.And([
                    new Filter.Not(new Filter.Is("kind", ["Bulk"])), new Filter.Not(new Filter.Is("direction", ["Inbound"]))])]),
            filter);
    }

    /// <summary>What somebody who does not know the language might write.</summary>
    internal static List<KeyValuePair<string, string>> Nonsense(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => new KeyValuePair<string, string>(Name(random), Mangled(random)))];

    static MetricQuery Read(string text) => QueryText.Parse(
        text.Split('&').Select(part => new KeyValuePair<string, string>(part[..part.IndexOf('=')], part[(part.IndexOf('=') + 1)..])),
        Defaults);

    static MetricQuery Some(Random random)
    {
        string[] zones = ["UTC", "Europe/Prague", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham"];
        var from = Instant.FromUnixTimeSeconds(random.Next(1, 1_900_000_000));
        var zone = DateTimeZoneProviders.Tzdb[zones[random.Next(zones.Length)]];
        if (random.Next(2) == 0) from = MetricQuery.RangeOf(from.InZone(zone).Date, from.InZone(zone).Date, zone).From;
        return new()
        {
            Metrics = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => MetricRegistry.All[random.Next(20)].Name)
                .Where(name => name != "backlog").DefaultIfEmpty("received")],
            Dimensions = [.. Enumerable.Range(0, random.Next(3)).Select(_ => SomeDimension(random))],
            From = from < Instant.FromUnixTimeSeconds(0) ? Instant.FromUnixTimeSeconds(0) : from,
            To = from + Duration.FromSeconds(random.Next(1, 100_000_000)),
            Zone = zone,
            Clock = (Clock)random.Next(3),
            BegunBy = random.Next(3) is var by and < 2 ? (BegunBy)by : null,
            AsOf = Instant.FromUnixTimeSeconds(random.Next(1, 2_000_000_000)),
            AuditGrace = Duration.FromMinutes(random.Next(0, 5_000)),
            Compare = random.Next(3) is var compare and < 2 ? (Comparison)compare : null,
            Filter = SomeFilter(random, 0),
        };
    }

    static Filter SomeFilter(Random random, int depth) => (depth > 3 ? 0 : random.Next(5)) switch
    {
        1 => new Filter.And([.. Parts(random, depth)]),
        2 => new Filter.Or([.. Parts(random, depth)]),
        3 => new Filter.Not(SomeFilter(random, depth + 1)),
        4 => Filter.Everything,
        _ => new Filter.Is(SomeDimension(random), [.. Enumerable.Range(0, random.Next(4)).Select(_ => SomeValue(random))]),
    };

    static IEnumerable<Filter> Parts(Random random, int depth) =>
        Enumerable.Range(0, random.Next(4)).Select(_ => SomeFilter(random, depth + 1));

    static string SomeDimension(Random random) => DimensionRegistry.All[random.Next(DimensionRegistry.All.Count)].Name;

    static string SomeValue(Random random)
    {
        string[] values = ["", "Human", "anna@acme.example", "a b", "\"", "and", "(none)", "()", "=,!", "č", "x\"y", "not", "100%&+#"];
        return values[random.Next(values.Length)];
    }

    static string Name(Random random) => random.Next(4) switch
    {
        0 => SomeDimension(random),
        1 => Mangled(random),
        _ => QueryText.Names[random.Next(QueryText.Names.Count)].Name,
    };

    static string Mangled(Random random)
    {
        string[] bits =
        [
            "received", "day", "agent", "=", " ", "(", ")", "not ", " and ", " or ", ",", "\"", "2026-01-31", "T08:00:00Z", "30d",
            "-", "9999-12-31", "0001-01-01", "99999999999", "1e300", "NaN", "this-month", "all", "mailbox", "Europe/Prague",
            "\0", "\ud800", "previous", "+", "%", "-1", "week", "backlog", "hour_of_week", "none",
        ];
        return string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => bits[random.Next(bits.Length)]));
    }
}

using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Tests.Engine.Queries;

/// <summary>A question has one form, and a wrong one is told by its field.</summary>
public class NormalForm
{
    static readonly MetricQuery Some = new()
    {
        Metrics = ["sent"], From = Instant.FromUtc(2026, 1, 1, 0, 0), To = Instant.FromUtc(2026, 2, 1, 0, 0),
        AsOf = Instant.FromUtc(2026, 3, 1, 0, 0),
    };

    public static TheoryData<string, MetricQuery> Wrong => new()
    {
        { "metrics", Some with { Metrics = [] } },
        { "metrics", Some with { Metrics = ["send"] } },
        { "dimensions", Some with { Dimensions = ["agents"] } },
        { "dimensions", Some with { Dimensions = ["day", "week", "month", "year", "hour"] } },
        { "dimensions", Some with { Metrics = ["backlog"], Dimensions = ["weekday"] } },
        { "dimensions", Some with { Metrics = ["backlog"], Dimensions = ["day", "week"] } },
        { "from", Some with { From = Instant.FromUtc(1969, 1, 1, 0, 0) } },
        { "to", Some with { To = Some.From } },
        { "to", Some with { To = Instant.FromUtc(2101, 1, 1, 0, 1) } },
        { "as-of", Some with { AsOf = Instant.MinValue } },
        { "audit-grace", Some with { AuditGrace = Duration.FromHours(-1) } },
        { "filter", Some with { Filter = new Filter.Is("agents", ["x"]) } },
        { "filter", Some with { Filter = Nested(Filter.DepthLimit + 1) } },
        { "filter", Some with { Filter = new Filter.Is("agent", [.. Enumerable.Range(0, Filter.SizeLimit).Select(i => $"{i}")]) } },
        { "filter", Some with { Metrics = ["backlog"], Filter = new Filter.Is("day", ["2026-01-01"]) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_told_by_its_field(string field, MetricQuery query)
    {
        var mistake = Assert.Throws<Mistake>(query.Normalised);
        Assert.Equal("invalid", mistake.Code);
        Assert.StartsWith(field + ": ", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_questions_come_into_one_form()
    {
        var normal = (Some with
        {
            Metrics = [" Sent ", "sent", "received"],
            Dimensions = ["agent", "Day"],
            Granularity = Granularity.Day,
            From = Some.From - Duration.FromMilliseconds(1),
            Filter = new Filter.And([new Filter.Not(new Filter.Not(new Filter.Is("KIND", ["b", " A ", "a", "B"]))), Filter.Everything]),
        }).Normalised();

        Assert.Equal(["sent", "received"], normal.Metrics);
        Assert.Equal(["day", "agent"], normal.Dimensions);
        Assert.Equal((Some.From, (Granularity?)null), (normal.From, normal.Granularity));
        Assert.Equal(new Filter.Is("kind", ["A", "b"]), normal.Filter);
        Assert.Equal(normal.Filter, normal.Normalised().Filter);
        Assert.Equal(normal.Metrics, normal.Normalised().Metrics);
    }

    static Filter Nested(int depth) =>
        Enumerable.Range(0, depth).Aggregate((Filter)new Filter.Is("agent", ["x"]), (inner, _) => new Filter.Not(inner));
}

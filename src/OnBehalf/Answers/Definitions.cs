using System.Text.Json;
using OnBehalf.Engine.Metrics;

namespace OnBehalf.Answers;

/// <summary>What a metric means, for programs and for people.</summary>
public static class Definitions
{
    /// <summary>Writes a definition.</summary>
    public static void Write(Utf8JsonWriter json, Metric metric)
    {
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteString("unit", UnitOf(metric));
        json.WriteString("dated_by", DatingOf(metric));
        json.WriteString("definition", metric.Definition);
        json.WriteEndObject();
    }

    /// <summary>The unit, in a word.</summary>
    public static string UnitOf(Metric metric) => metric.Unit switch
    {
        Unit.Seconds => "seconds",
        Unit.Share => "share",
        Unit.PerDay => "per day",
        _ => "count",
    };

    /// <summary>Which day a row belongs to.</summary>
    public static string DatingOf(Metric metric) => (metric.Dating, metric.Over) switch
    {
        (Dating.State, _) => "what is open at the end of each period",
        (Dating.Closed, _) => "the day the cycle was closed",
        (Dating.Began, RowKind.Waits) => "the day the wait began",
        (Dating.Began, _) => "the day the cycle began",
        (_, RowKind.Responses) => "the day of the reply",
        _ => "the day of the message",
    };
}

using NodaTime;

namespace OnBehalf.Engine.Queries;

/// <summary>What figures are compared with.</summary>
public enum Comparison : byte
{
    /// <summary>The period of the same length just before: as many days, or months where the range is whole months.</summary>
    Previous,
    /// <summary>The same dates a year before.</summary>
    LastYear,
}

/// <summary>How a question is moved to the period it is compared with.</summary>
static class Compared
{
    /// <summary>
    /// The same question about the earlier period, seen from as long after it: a month that is not over yet is compared
    /// with as much of the month before.
    /// </summary>
    public static MetricQuery With(MetricQuery query, Comparison comparison)
    {
        var (zone, from, to) = (query.Zone, query.From.InZone(query.Zone).LocalDateTime, query.To.InZone(query.Zone).LocalDateTime);
        Instant At(LocalDateTime local) => local.InZoneLeniently(zone).ToInstant();
        Instant Day(LocalDateTime local) =>
            local.TimeOfDay == LocalTime.Midnight ? TimeSteps.StartOf(local.Date, zone) : At(local);
        var isDays = IsStart(query.From, zone) && IsStart(query.To, zone);
        var (earlier, end) = comparison switch
        {
            Comparison.LastYear => (Day(from.PlusYears(-1)), Day(to.PlusYears(-1))),
            _ when !isDays => (query.From - (query.To - query.From), query.From),
            _ when from.Day == 1 && to.Day == 1 =>
                (Day(from.Date.PlusMonths(-Months(from, to)).AtMidnight()), query.From),
            _ => (Day(from.Date.PlusDays(-Period.DaysBetween(from.Date, to.Date)).AtMidnight()), query.From),
        };
        return query with { From = earlier, To = end, AsOf = query.AsOf - (query.From - earlier), Compare = null };
    }

    static bool IsStart(Instant at, DateTimeZone zone) => TimeSteps.StartOf(at.InZone(zone).Date, zone) == at;

    static int Months(LocalDateTime from, LocalDateTime to) => (to.Year - from.Year) * 12 + to.Month - from.Month;
}

using System.Globalization;
using NodaTime;

namespace OnBehalf.Engine.Queries;

/// <summary>The range of a question: by name, or by its first and last day.</summary>
static class RangeText
{
    /// <summary>Days of the longest range that is named by a number of days.</summary>
    const int DayLimit = 36_500;

    public static (Instant From, Instant To) Read(
        IReadOnlyDictionary<string, List<string>> said, DateTimeZone zone, Instant asOf, (Instant From, Instant To) span)
    {
        var from = QueryText.At(said, "from", zone);
        var (to, through) = (QueryText.At(said, "to", zone), QueryText.At(said, "through", zone));
        if (to is not null && through is not null)
            throw QueryText.Wrong("through", "give either through or to.");
        if (through is { } last)
        {
            var date = last.InZone(zone).Date;
            if (date.Year > 2100) throw QueryText.Wrong("through", "nothing is after 2100.");
            if (MetricQuery.RangeOf(date, date, zone).From != last) throw QueryText.Wrong("through", "it is a day, as 2026-01-31.");
            to = MetricQuery.RangeOf(date, date.PlusDays(1), zone).To;
        }
        if (QueryText.One(said, "range") is not { } name) return (from ?? span.From, to ?? span.To);
        if (from is not null || to is not null) throw QueryText.Wrong("range", "give either a range or its days.");
        return Named(name, zone, asOf, span);
    }

    static (Instant From, Instant To) Named(
        string name, DateTimeZone zone, Instant asOf, (Instant From, Instant To) span)
    {
        if (asOf < Instant.FromUnixTimeSeconds(0) || asOf > Instant.FromUtc(2101, 1, 1, 0, 0))
            throw QueryText.Wrong("as-of", "it is outside 1970 to 2100.");
        var today = asOf.InZone(zone).Date;
        (Instant, Instant) Days(LocalDate first, LocalDate end) => MetricQuery.RangeOf(first, end, zone);
        var tomorrow = today.PlusDays(1);
        var monday = today.PlusDays(1 - (int)today.DayOfWeek);
        var month = new LocalDate(today.Year, today.Month, 1);
        var quarter = new LocalDate(today.Year, (today.Month - 1) / 3 * 3 + 1, 1);
        var year = new LocalDate(today.Year, 1, 1);
        return name.ToLowerInvariant() switch
        {
            "today" => Days(today, tomorrow),
            "yesterday" => Days(today.PlusDays(-1), today),
            "this-week" => Days(monday, monday.PlusDays(7)),
            "last-week" => Days(monday.PlusDays(-7), monday),
            "this-month" => Days(month, month.PlusMonths(1)),
            "last-month" => Days(month.PlusMonths(-1), month),
            "this-quarter" => Days(quarter, quarter.PlusMonths(3)),
            "last-quarter" => Days(quarter.PlusMonths(-3), quarter),
            "this-year" => Days(year, year.PlusYears(1)),
            "last-year" => Days(year.PlusYears(-1), year),
            "all" => span,
            [.. var digits, 'd'] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                && days is > 0 and <= DayLimit => Days(tomorrow.PlusDays(-days), tomorrow),
            _ => throw QueryText.Wrong("range", "there is no such range; 30d, this-month, last-week are some."),
        };
    }
}

using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Waits;

/// <summary>
/// Hours and holidays as people write them. A week: <c>Mon-Fri 09:00-12:00, 13:00-17:00; Sun 22:00-06:00</c>,
/// <c>always</c> or <c>never</c>. A holiday: <c>2026-12-25</c> for a closed date, else
/// <c>2026-12-24 09:00-12:00 Christmas Eve</c>. Reading what was printed gives the same again.
/// </summary>
/// <remarks>
/// Days may run over the week's end (<c>Sun-Thu</c>). <c>24:00</c> is the midnight that ends a day; an end at or before
/// the start is on the next day. Whatever cannot be read, or overlaps, is a <see cref="Mistake"/> with the code
/// <c>invalid</c> that says what is wrong at which character.
/// </remarks>
public static class ScheduleText
{
    /// <summary>How many characters a week or a holiday may have: ten times a busy week.</summary>
    public const int TextLimit = 4000;

    /// <summary>How many lines of holidays a schedule may have: thirty a year for thirty years.</summary>
    public const int HolidayLimit = 900;

    const string Always = "always";
    const string Never = "never";
    static readonly string[] DayNames = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>A whole schedule.</summary>
    /// <param name="zone">IANA time zone.</param>
    /// <param name="week">The week's hours.</param>
    /// <param name="holidays">Holidays, one per line; empty lines are skipped.</param>
    /// <param name="validFrom">The first local date it applies to; null: always.</param>
    /// <exception cref="Mistake">invalid.</exception>
    public static Schedule Parse(string zone, string week, string holidays = "", LocalDate? validFrom = null)
    {
        var known = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone.Trim())
            ?? throw new Mistake("invalid", $"\"{zone}\" is not an IANA time zone such as Europe/Prague.");
        return new(known, ParseWeek(week), ParseHolidays(holidays), validFrom);
    }

    /// <summary>The open periods of a week, by day and start.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static IReadOnlyList<OpenPeriod> ParseWeek(string text)
    {
        var reader = new HoursReader("Hours", text, TextLimit);
        if (reader.TryWord(Never)) return reader.End(Array.Empty<OpenPeriod>());
        var periods = new List<OpenPeriod>();
        if (reader.TryWord(Always))
        {
            for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
                periods.Add(new(day, LocalTime.Midnight, LocalTime.Midnight));
            return reader.End(periods);
        }
        do
        {
            var (first, last) = reader.Days();
            var hours = reader.Hours();
            for (var day = first; ; day = day == IsoDayOfWeek.Sunday ? IsoDayOfWeek.Monday : day + 1)
            {
                foreach (var (start, end) in hours) periods.Add(new(day, start, end));
                if (day == last) break;
            }
        } while (reader.TrySemicolon());
        periods.Sort((a, b) => (a.Day, a.Start).CompareTo((b.Day, b.Start)));
        RejectOverlaps(periods, Describe);
        return reader.End(periods);
    }

    /// <summary>Prints what <see cref="ParseWeek"/> reads.</summary>
    public static string PrintWeek(IReadOnlyList<OpenPeriod> week)
    {
        if (week.Count == 0) return Never;
        var days = Enumerable.Range(0, 8).Select(day => PrintHours(
            week.Where(p => (int)p.Day == day).OrderBy(p => p.Start).Select(p => (p.Start, p.End)))).ToArray();
        if (days[1..].All(hours => hours == "00:00-24:00")) return Always;
        var text = new StringBuilder();
        for (int first = 1, next; first <= 7; first = next)
        {
            for (next = first + 1; next <= 7 && days[next] == days[first];) next++;
            if (days[first].Length == 0) continue;
            if (text.Length > 0) text.Append("; ");
            text.Append(DayNames[first]);
            if (next > first + 1) text.Append('-').Append(DayNames[next - 1]);
            text.Append(' ').Append(days[first]);
        }
        return text.ToString();
    }

    /// <summary>A holiday by its line.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static Holiday ParseHoliday(string line)
    {
        var reader = new HoursReader("Holiday", line, TextLimit);
        var date = reader.Date();
        var hours = reader.AtTime ? reader.Hours() : [];
        hours.Sort();
        var day = date.DayOfWeek;
        RejectOverlaps([.. hours.Select(h => new OpenPeriod(day, h.Start, h.End))],
            period => PrintHours([(period.Start, period.End)]));
        return new(date, reader.Rest(), hours);
    }

    /// <summary>Holidays, one per line; empty lines are skipped.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static IReadOnlyList<Holiday> ParseHolidays(string text)
    {
        var holidays = new List<Holiday>();
        var dates = new HashSet<LocalDate>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace()) continue;
            if (holidays.Count == HolidayLimit)
                throw new Mistake("invalid", $"There are more than {HolidayLimit} holidays.");
            var holiday = ParseHoliday(line.ToString());
            if (!dates.Add(holiday.Date))
                throw new Mistake("invalid", $"{PrintDate(holiday.Date)} is in the list of holidays twice.");
            holidays.Add(holiday);
        }
        return holidays;
    }

    /// <summary>Prints what <see cref="ParseHoliday"/> reads.</summary>
    public static string PrintHoliday(Holiday holiday) => string.Join(' ', new[]
    {
        PrintDate(holiday.Date), PrintHours(holiday.Hours), holiday.Name,
    }.Where(part => part.Length > 0));

    static string PrintDate(LocalDate date) => LocalDatePattern.Iso.Format(date);

    static string PrintHours(IEnumerable<(LocalTime Start, LocalTime End)> hours) => string.Join(", ", hours.Select(
        h => PrintTime(h.Start) + "-" + (h.End == LocalTime.Midnight ? "24:00" : PrintTime(h.End))));

    static string PrintTime(LocalTime time) =>
        time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);

    static string Describe(OpenPeriod period) =>
        $"{DayNames[(int)period.Day]} {PrintHours([(period.Start, period.End)])}";

    // Each period may reach into the next one only; of the last one that is, a week later, the first. Those of one date never do.
    static void RejectOverlaps(List<OpenPeriod> ordered, Func<OpenPeriod, string> describe)
    {
        for (var i = 0; i < ordered.Count; i++)
        {
            var isLast = i == ordered.Count - 1;
            var next = ordered[isLast ? 0 : i + 1];
            var nextStart = StartOf(next) + (isLast ? Duration.FromDays(7) : Duration.Zero);
            if (EndOf(ordered[i]) > nextStart)
                throw new Mistake("invalid", $"{describe(ordered[i])} overlaps {describe(next)}.");
        }
    }

    static Duration StartOf(OpenPeriod period) =>
        Duration.FromDays((int)period.Day) + Duration.FromNanoseconds(period.Start.NanosecondOfDay);

    static Duration EndOf(OpenPeriod period) =>
        Duration.FromDays((int)period.Day + (period.End <= period.Start ? 1 : 0))
        + Duration.FromNanoseconds(period.End.NanosecondOfDay);
}

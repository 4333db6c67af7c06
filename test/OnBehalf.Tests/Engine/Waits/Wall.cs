using System.Globalization;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Waits;

/// <summary>Times as the clock on a wall shows them, for tests to be read.</summary>
static class Wall
{
    static readonly LocalDateTimePattern Pattern =
        LocalDateTimePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd HH:mm");

    /// <summary>
    /// Seconds since 1970 UTC of <c>Tue 2026-01-13 16:30</c> in a zone. The weekday must be right and the time must
    /// exist once.
    /// </summary>
    public static long At(string zone, string text)
    {
        var local = Pattern.Parse(text).Value;
        return local.InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToInstant().ToUnixTimeSeconds();
    }

    /// <summary>Seconds since 1970 UTC of <c>2026-10-25T01:30:00Z</c>.</summary>
    public static long Utc(string text) => InstantPattern.General.Parse(text).Value.ToUnixTimeSeconds();

    /// <summary>The clock of hours that are always valid.</summary>
    public static OpenTime Clock(string zone, string week, string holidays = "") =>
        new([ScheduleText.Parse(zone, week, holidays)]);

    /// <summary>Seconds as <c>26:05:00</c>.</summary>
    public static string Length(long seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
}

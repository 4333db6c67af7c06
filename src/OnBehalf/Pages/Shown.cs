using System.Globalization;
using NodaTime;
using OnBehalf.Checks;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages;

/// <summary>Numbers and times as a person reads them.</summary>
public static class Shown
{
    /// <summary>What is not known.</summary>
    public const string Nothing = "–";

    const int Hour = 3600;
    const int Day = 24 * Hour;

    /// <summary>A figure by its metric's unit.</summary>
    public static string Value(string metric, double? value) =>
        value is not { } number ? Nothing : MetricRegistry.Find(metric)!.Unit switch
        {
            Unit.Seconds => Duration(number),
            Unit.Share => Share(number),
            Unit.PerDay => number.ToString("#,0.0", CultureInfo.InvariantCulture),
            _ => Count(number),
        };

    /// <summary>How many.</summary>
    public static string Count(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>How many of something, the word in its number.</summary>
    public static string Count(double number, string word) => Counted.Of((long)number, word, word + "s");

    /// <summary>A part of a whole in percent; never 100 % when something is missing.</summary>
    public static string Share(double share) => share switch
    {
        > 0.999 and < 1 => "99.9 %",
        0 or 1 => share == 1 ? "100 %" : "0 %",
        _ => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %",
    };

    /// <summary>A duration in the two units that matter.</summary>
    public static string Duration(double seconds)
    {
        var whole = (long)Math.Round(seconds, MidpointRounding.AwayFromZero);
        return whole switch
        {
            < 0 => "−" + Duration(-seconds),
            < 60 => $"{whole} s",
            < 600 when whole % 60 != 0 => $"{whole / 60} min {whole % 60} s",
            < Hour - 30 => $"{(whole + 30) / 60} min",
            < Hour => "1 h", // Not 60 min.
            < 2 * Day => whole / 60 % 60 is > 0 and var minutes ? $"{whole / Hour} h {minutes} min" : $"{whole / Hour} h",
            _ => whole / Hour % 24 is > 0 and var hours ? $"{whole / Day} d {hours} h" : $"{whole / Day} d",
        };
    }

    /// <summary>A duration on an axis.</summary>
    public static string Tick(double seconds) => seconds switch
    {
        0 => "0",
        < 60 => seconds.ToString("0.#", CultureInfo.InvariantCulture) + " s",
        < Hour => (seconds / 60).ToString("0.#", CultureInfo.InvariantCulture) + " min",
        < 2 * Day => (seconds / Hour).ToString("0.#", CultureInfo.InvariantCulture) + " h",
        _ => (seconds / Day).ToString("0.#", CultureInfo.InvariantCulture) + " d",
    };

    /// <summary>A local date.</summary>
    public static string Date(Instant at, DateTimeZone zone) => at.InZone(zone).ToString("d MMM uuuu", CultureInfo.InvariantCulture);

    /// <summary>A local time of a day.</summary>
    public static string Time(Instant at, DateTimeZone zone) =>
        at.InZone(zone).ToString("ddd d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A local time of a day.</summary>
    public static string Time(long at, DateTimeZone zone) => Time(Instant.FromUnixTimeSeconds(at), zone);

    /// <summary>A local time of a day, without the year where it is this one.</summary>
    public static string ShortTime(long at, ScreenAsk ask)
    {
        var (local, now) = (Instant.FromUnixTimeSeconds(at).InZone(ask.Zone), ask.Query.AsOf.InZone(ask.Zone));
        return local.ToString(local.Year == now.Year ? "ddd d MMM, HH:mm" : "d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>A range in words: whole days by their dates.</summary>
    public static string Range(MetricQuery query)
    {
        var (from, last) = (query.From, query.To - NodaTime.Duration.FromSeconds(1));
        if (QueryText.Print(query.From, query.Zone).Contains('T', StringComparison.Ordinal)
            || QueryText.Print(query.To, query.Zone).Contains('T', StringComparison.Ordinal))
            return $"{Time(from, query.Zone)} – {Time(query.To, query.Zone)}";
        var (first, end) = (from.InZone(query.Zone).Date, last.InZone(query.Zone).Date);
        return first == end ? Date(from, query.Zone)
            : first.Year == end.Year
                ? $"{first.ToString("d MMM", CultureInfo.InvariantCulture)} – {end.ToString("d MMM uuuu", CultureInfo.InvariantCulture)}"
                : $"{Date(from, query.Zone)} – {Date(last, query.Zone)}";
    }

    /// <summary>A clock in words.</summary>
    public static string ClockOf(MetricQuery query) => query.Clock switch
    {
        Clock.Mailbox => "business hours of the mailbox",
        Clock.Agent => "hours of the agent",
        _ => "calendar time",
    };

    /// <summary>A text that begins a sentence.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A key of a series, short.</summary>
    public static string Key(string step, string key) => step switch
    {
        "hour" when key.Length >= 13 => key[11..13] + ":00",
        "day" or "week" when LocalDate(key) is { } date => date.ToString("d MMM", CultureInfo.InvariantCulture),
        "month" when LocalDate(key + "-01") is { } date => date.ToString("MMM uu", CultureInfo.InvariantCulture),
        _ => key,
    };

    /// <summary>A key of a series, in full.</summary>
    public static string LongKey(string step, string key) => step switch
    {
        "day" when LocalDate(key) is { } date => date.ToString("ddd d MMM uuuu", CultureInfo.InvariantCulture),
        "week" when LocalDate(key) is { } date => "Week from " + date.ToString("d MMM uuuu", CultureInfo.InvariantCulture),
        "hour" => key.Replace('T', ' ') + ":00",
        _ => key,
    };

    static LocalDate? LocalDate(string text) =>
        NodaTime.Text.LocalDatePattern.Iso.Parse(text) is { Success: true } date ? date.Value : null;
}

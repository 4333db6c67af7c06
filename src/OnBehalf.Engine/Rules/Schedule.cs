using NodaTime;

namespace OnBehalf.Engine.Rules;

/// <summary>
/// When somebody is at work: open periods per weekday in an IANA time zone, minus holidays, from a date on.
/// </summary>
/// <param name="Zone">IANA time zone.</param>
/// <param name="Week">Open periods; a lunch break makes two periods of a day. They do not overlap.</param>
/// <param name="Holidays">Dates that are closed, or have other hours.</param>
/// <param name="ValidFrom">The first local date it applies to; null: always.</param>
public sealed record Schedule(
    DateTimeZone Zone, IReadOnlyList<OpenPeriod> Week, IReadOnlyList<Holiday> Holidays, LocalDate? ValidFrom = null);

/// <summary>An open period that starts on a weekday. An end at or before the start is on the next day.</summary>
public readonly record struct OpenPeriod(IsoDayOfWeek Day, LocalTime Start, LocalTime End);

/// <summary>A date that is closed (no hours) or has other hours than its weekday.</summary>
public sealed record Holiday(LocalDate Date, string Name, IReadOnlyList<(LocalTime Start, LocalTime End)> Hours);

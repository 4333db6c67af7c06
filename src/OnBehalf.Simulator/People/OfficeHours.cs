using NodaTime;

namespace OnBehalf.Simulator.People;

/// <summary>
/// The hours the company has told everybody: Monday to Friday, 08:00 to 17:00, not on closing days. Truth measures business
/// time by them, and the mailboxes' settings say the same.
/// </summary>
sealed class OfficeHours
{
    public const int OpensAtMinute = 8 * 60;
    public const int ClosesAtMinute = 17 * 60;

    readonly List<(int From, int To)> _open = [];

    public OfficeHours(LocalDate start, int days, DateTimeZone zone, IReadOnlySet<LocalDate> closed)
    {
        var midnight = start.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        // One day before and after: a zone's working day may lie across the first or last midnight in UTC.
        for (var date = start.PlusDays(-1); date <= start.PlusDays(days); date = date.PlusDays(1))
            if (date.DayOfWeek <= IsoDayOfWeek.Friday && !closed.Contains(date))
                _open.Add((Second(date, OpensAtMinute), Second(date, ClosesAtMinute)));

        int Second(LocalDate date, int minute) => (int)
            (date.At(LocalTime.Midnight.PlusMinutes(minute)).InZoneLeniently(zone).ToInstant() - midnight).TotalSeconds;
    }

    /// <summary>How many of the seconds from <paramref name="from"/> to <paramref name="to"/> lie in office hours.</summary>
    public int SecondsBetween(int from, int to) =>
        _open.Sum(open => Math.Max(0, Math.Min(open.To, to) - Math.Max(open.From, from)));
}

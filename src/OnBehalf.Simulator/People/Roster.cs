using NodaTime;

namespace OnBehalf.Simulator.People;

/// <summary>
/// When somebody is at work: stretches of seconds since the world began, in order. Lunch, weekends, holidays and closing days
/// are the gaps.
/// </summary>
sealed class Roster
{
    readonly (int From, int To)[] _stretches;

    Roster((int From, int To)[] stretches) => _stretches = stretches;

    public IReadOnlyList<(int From, int To)> Stretches => _stretches;

    /// <summary>The shifts people work, in minutes of the local day: early, normal, late, short.</summary>
    static readonly (int From, int To, int Days)[] Shifts =
        [(420, 930, 5), (480, 1020, 5), (480, 1020, 5), (600, 1110, 5), (480, 780, 3)];

    public static Roster For(Chance chance, LocalDate start, int days, DateTimeZone zone, IReadOnlySet<LocalDate> closed, int leftAt)
    {
        var (from, to, workdays) = chance.Pick(Shifts);
        var lunch = chance.Between(690, 780);
        var holiday = chance.Below(Math.Max(1, days));
        var holidayLength = chance.Between(2, 7);
        var midnight = start.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        var stretches = new List<(int From, int To)>(days * 2);
        for (var day = 0; day < days; day++)
        {
            var date = start.PlusDays(day);
            var isAway = day >= holiday && day < holiday + holidayLength && days > 14;
            if ((int)date.DayOfWeek > workdays || closed.Contains(date) || isAway) continue;
            Add(from, lunch);
            Add(lunch + 30, to);

            void Add(int first, int last)
            {
                var begin = Second(date, first);
                var end = Math.Min(Second(date, last), leftAt);
                if (begin < end) stretches.Add((begin, end));
            }
        }
        return new Roster([.. stretches]);

        int Second(LocalDate date, int minute) => (int)
            (date.At(LocalTime.Midnight.PlusMinutes(minute)).InZoneLeniently(zone).ToInstant() - midnight).TotalSeconds;
    }

    /// <summary>The instant after <paramref name="work"/> seconds at work, counted from <paramref name="at"/>; null if never.</summary>
    public int? After(int at, int work)
    {
        var index = Array.BinarySearch(_stretches, (at, int.MaxValue));
        index = Math.Max(0, (index < 0 ? ~index : index) - 1);
        for (; index < _stretches.Length; index++)
        {
            var begin = Math.Max(_stretches[index].From, at);
            var left = _stretches[index].To - begin;
            if (left <= 0) continue;
            if (work < left) return begin + work;
            work -= left;
        }
        return null;
    }

    public bool IsAtWork(int at) => After(at, 0) == at;
}

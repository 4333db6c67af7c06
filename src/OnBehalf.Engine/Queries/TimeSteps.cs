using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace OnBehalf.Engine.Queries;

/// <summary>A unit of time by which rows are told apart.</summary>
enum TimeUnit : byte
{
    Hour, Day, Week, Month, Quarter, Year, Weekday, HourOfWeek,
}

/// <summary>
/// A range cut where a zone's wall clock says that another hour, day, week, month or year begins. A day may have 23 or
/// 25 hours, or 23 and a half; the hour that an autumn night has twice is two steps.
/// </summary>
sealed class TimeSteps
{
    /// <summary>How many steps a range may have: eleven years of hours.</summary>
    public const int Limit = 100_000;

    const int SecondsPerHour = 3600;

    // An hour that comes twice does so within this many steps; in Chatham, 2, 3, 2, 3.
    const int HoursApart = 3;

    readonly DateTimeZone _zone;
    readonly TimeUnit _unit;
    readonly long[] _starts; // one more than there are steps
    readonly int[] _codes;

    /// <summary>Cuts <c>[from, to)</c>, seconds since 1970 UTC.</summary>
    public TimeSteps(TimeUnit unit, long from, long to, DateTimeZone zone)
    {
        (_zone, _unit) = (zone, unit);
        _starts = unit is TimeUnit.Hour or TimeUnit.HourOfWeek ? Hours(from, to) : Dates(from, to);
        _codes = IsCyclic(unit) ? [.. Enumerable.Range(0, Count).Select(Place)] : [.. Enumerable.Range(0, Count)];
    }

    /// <summary>Whether the unit comes round again, as weekdays do.</summary>
    public static bool IsCyclic(TimeUnit unit) => unit is TimeUnit.Weekday or TimeUnit.HourOfWeek;

    /// <summary>How many steps there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>When a local date begins. One that a zone left out begins with the next.</summary>
    public static Instant StartOf(LocalDate date, DateTimeZone zone) =>
        zone.ResolveLocal(date.AtMidnight(), StartOfDay).ToInstant();

    /// <summary>When a step begins, in the range.</summary>
    public long StartOf(int step) => _starts[step];

    /// <summary>When a step ends, in the range.</summary>
    public long EndOf(int step) => _starts[step + 1];

    /// <summary>The step that an instant of the range is in.</summary>
    public int StepOf(long at)
    {
        // Steps are of much the same length, so that one in proportion is the right one, or near it.
        var (first, end) = (_starts[0], _starts[^1]);
        if (at <= first || Count == 1) return 0;
        if (at >= end) return Count - 1;
        var step = (int)((double)(at - first) / (end - first) * Count);
        step = Math.Min(step, Count - 1);
        while (_starts[step] > at) step--;
        while (_starts[step + 1] <= at) step++;
        return step;
    }

    /// <summary>The number of the key of an instant; numbers are in the order of time.</summary>
    public int CodeOf(long at) => _codes[StepOf(at)];

    /// <summary>The step around an instant, and the number of its key; nothing is around what lies outside the range.</summary>
    public (long From, long To, int Code) Around(long at)
    {
        var step = StepOf(at);
        return (_starts[step], _starts[step + 1], _codes[step]);
    }

    /// <summary>The text of a number.</summary>
    public string TextOf(int code) => _unit switch
    {
        TimeUnit.Hour => HourText(code),
        TimeUnit.Day or TimeUnit.Week => Text("yyyy-MM-dd", FirstDate(code)),
        TimeUnit.Month => Text("yyyy-MM", FirstDate(code)),
        TimeUnit.Quarter => Text("yyyy", FirstDate(code)) + "-Q" + (FirstDate(code).Month + 2) / 3,
        TimeUnit.Year => Text("yyyy", FirstDate(code)),
        TimeUnit.Weekday => Day(code),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Day(code / 24)} {code % 24:00}"),
    };

    static string Day(int day) => ((IsoDayOfWeek)(day + 1)).ToString()[..3];

    static string Text(string pattern, LocalDate date) => date.ToString(pattern, CultureInfo.InvariantCulture);

    LocalDateTime Local(long at) => Instant.FromUnixTimeSeconds(at).InZone(_zone).LocalDateTime;

    int Place(int step)
    {
        var local = Local(_starts[step]);
        var day = (int)local.DayOfWeek - 1;
        return _unit == TimeUnit.Weekday ? day : day * 24 + local.Hour;
    }

    string HourText(int step)
    {
        var text = PlainHour(step);
        var last = Math.Min(Count - 1, step + HoursApart);
        for (var other = Math.Max(0, step - HoursApart); other <= last; other++)
            if (other != step && PlainHour(other) == text)
                return text + _zone.GetUtcOffset(Instant.FromUnixTimeSeconds(_starts[step]));
        return text;
    }

    string PlainHour(int step) => Local(_starts[step]).ToString("uuuu-MM-dd'T'HH", CultureInfo.InvariantCulture);

    LocalDate FirstDate(int step) => FirstDate(Local(_starts[step]).Date);

    LocalDate FirstDate(LocalDate date) => _unit switch
    {
        TimeUnit.Week => date.PlusDays(1 - (int)date.DayOfWeek),
        TimeUnit.Month => new(date.Year, date.Month, 1),
        TimeUnit.Quarter => new(date.Year, (date.Month - 1) / 3 * 3 + 1, 1),
        TimeUnit.Year => new(date.Year, 1, 1),
        _ => date,
    };

    LocalDate Next(LocalDate first) => _unit switch
    {
        TimeUnit.Week => first.PlusDays(7),
        TimeUnit.Month => first.PlusMonths(1),
        TimeUnit.Quarter => first.PlusMonths(3),
        TimeUnit.Year => first.PlusYears(1),
        _ => first.PlusDays(1),
    };

    long[] Dates(long from, long to)
    {
        var starts = new List<long> { from };
        for (var date = Next(FirstDate(Local(from).Date)); ; date = Next(date))
        {
            var start = StartOf(date, _zone).ToUnixTimeSeconds();
            if (start >= to) break;
            if (start > starts[^1]) Add(starts, start);
        }
        starts.Add(to);
        return [.. starts];
    }

    static readonly ZoneLocalMappingResolver StartOfDay =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    long[] Hours(long from, long to)
    {
        var starts = new List<long>();
        foreach (var interval in _zone.GetZoneIntervals(Instant.FromUnixTimeSeconds(from), Instant.FromUnixTimeSeconds(to)))
        {
            var offset = interval.WallOffset.Seconds;
            var begins = interval.HasStart ? Math.Max(from, interval.Start.ToUnixTimeSeconds()) : from;
            var ends = interval.HasEnd ? Math.Min(to, interval.End.ToUnixTimeSeconds()) : to;
            Add(starts, begins);
            for (var hour = ((begins + offset) / SecondsPerHour + 1) * SecondsPerHour - offset; hour < ends; hour += SecondsPerHour)
                Add(starts, hour);
        }
        starts.Add(to);
        return Joined(starts);
    }

    /// <summary>An interval may begin, under another name, with the wall clock as it was: that is no new hour.</summary>
    long[] Joined(List<long> starts)
    {
        var kept = new List<long>(starts.Count) { starts[0] };
        for (var i = 1; i < starts.Count - 1; i++)
            if (!IsSameHour(starts[i])) kept.Add(starts[i]);
        kept.Add(starts[^1]);
        return [.. kept];
    }

    bool IsSameHour(long start)
    {
        var (before, after) = (Instant.FromUnixTimeSeconds(start - 1), Instant.FromUnixTimeSeconds(start));
        var offset = _zone.GetUtcOffset(after);
        return _zone.GetUtcOffset(before) == offset && (start + offset.Seconds) % SecondsPerHour != 0;
    }

    static void Add(List<long> starts, long start)
    {
        if (starts.Count >= Limit)
            throw new Mistake("invalid", $"granularity: the range has more than {Limit} steps; ask for longer ones.");
        starts.Add(start);
    }
}

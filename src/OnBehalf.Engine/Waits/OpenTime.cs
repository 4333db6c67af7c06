using NodaTime;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Waits;

/// <summary>
/// A clock that runs only while somebody is at work. Instants are whole seconds since 1970 UTC, from
/// <see cref="First"/> to <see cref="End"/>; durations are whole seconds that really passed.
/// </summary>
/// <remarks>
/// <para>
/// The wall clock decides: an instant is open when the clock on the wall of the schedule's zone shows a time inside one
/// of its periods. So no local time ever has to be resolved. Of 02:30–03:30 on a night when 02:00 becomes 03:00, the
/// half hour from 03:00 is open, because the other half never was. On a night when 03:00 becomes 02:00, 02:00–03:00 is
/// open for two hours, and 01:30–02:30 until the first 02:30 and again from the second 02:00 to the second 02:30.
/// </para>
/// <para>
/// A period belongs to the local date on which it starts, to its end. That date decides whether a holiday's hours apply
/// and which schedule is valid: a night shift that begins on a holiday's eve, or on the last day of a schedule, runs to
/// its end on the next morning. Before the first schedule becomes valid nothing is defined, which is calendar time.
/// Time that two periods share is counted once.
/// </para>
/// <para>
/// Stretches of about a year are worked out when they are first asked for and never change afterwards. Threads may
/// share an instance: at worst two of them work out the same stretch.
/// </para>
/// </remarks>
public sealed class OpenTime
{
    /// <summary>The first instant of the range: the beginning of 1970 UTC.</summary>
    public const long First = 0;

    /// <summary>The end of the range: the end of the year 2100 UTC.</summary>
    public static readonly long End = Instant.FromUtc(2101, 1, 1, 0, 0).ToUnixTimeSeconds();

    /// <summary>Calendar time: always open.</summary>
    public static readonly OpenTime Always = new([]);

    readonly Timetable[] _timetables;
    readonly Stretch?[] _stretches;

    /// <summary>The clock of schedules by date of validity, in any order; without any it is calendar time.</summary>
    public OpenTime(IReadOnlyList<Schedule> schedules)
    {
        _timetables = Timetable.Of(schedules);
        _stretches = _timetables.Length == 0 ? [] : new Stretch?[(int)(End >> Stretch.Bits) + 1];
    }

    /// <summary>Whether this is calendar time because no schedule is defined.</summary>
    public bool IsCalendar => _timetables.Length == 0;

    /// <summary>Whether the instant is open.</summary>
    public bool IsOpen(long at)
    {
        Check(at);
        return IsCalendar || StretchAt(at >> Stretch.Bits).IsOpen(Offset(at));
    }

    /// <summary>Total open seconds in <c>[from, to)</c>; 0 when <paramref name="to"/> is not later.</summary>
    public long Between(long from, long to)
    {
        Check(from);
        Check(to);
        if (to <= from) return 0;
        if (IsCalendar) return to - from;
        var (first, last) = (from >> Stretch.Bits, to >> Stretch.Bits);
        long open = StretchAt(last).OpenBefore(Offset(to)) - StretchAt(first).OpenBefore(Offset(from));
        for (var between = first; between < last; between++) open += StretchAt(between).Total;
        return open;
    }

    /// <summary>
    /// The first instant at which the open time since <paramref name="from"/> reaches the target; for a target of 0
    /// that is <paramref name="from"/>. Null when it is not reached before <see cref="End"/>, as when it never opens.
    /// </summary>
    public long? DueAt(long from, long openSeconds)
    {
        Check(from);
        ArgumentOutOfRangeException.ThrowIfNegative(openSeconds);
        if (openSeconds == 0) return from;
        if (IsCalendar) return openSeconds <= End - from ? from + openSeconds : null;
        var wanted = openSeconds;
        var offset = Offset(from);
        for (var number = from >> Stretch.Bits; number < _stretches.Length; number++, offset = 0)
        {
            var stretch = StretchAt(number);
            var already = stretch.OpenBefore(offset);
            if (wanted <= stretch.Total - already)
                return (number << Stretch.Bits) + stretch.WhenOpenReaches(already + (int)wanted);
            wanted -= stretch.Total - already;
        }
        return null;
    }

    /// <summary>Whether all of <c>[from, to]</c> lies outside the hours: no second of it was open.</summary>
    public bool IsOutOfHours(long from, long to) => !IsOpen(from) && Between(from, to) == 0;

    /// <summary>The open periods within <c>[from, to)</c>, cut to it, in order: the intervals that count.</summary>
    public IReadOnlyList<(long Start, long End)> Periods(long from, long to)
    {
        Check(from);
        Check(to);
        if (to <= from) return [];
        if (IsCalendar) return [(from, to)];
        var spans = new List<(long Start, long End)>();
        foreach (var timetable in _timetables) timetable.AddTo(spans, from, to);
        spans.Sort();
        var periods = new List<(long Start, long End)>();
        foreach (var (start, end) in spans)
            if (periods.Count > 0 && start <= periods[^1].End)
                periods[^1] = (periods[^1].Start, Math.Max(periods[^1].End, end));
            else periods.Add((start, end));
        return periods;
    }

    // A reference is published after the stretch behind it is complete, so no lock is needed (.NET memory model).
    Stretch StretchAt(long number) => _stretches[number] ??= WorkOut(number);

    Stretch WorkOut(long number)
    {
        var start = number << Stretch.Bits;
        var end = Math.Min(start + Stretch.Length, End);
        var spans = new List<(long Start, long End)>();
        foreach (var timetable in _timetables) timetable.AddTo(spans, start, end);
        return Stretch.Of(spans, start);
    }

    static int Offset(long at) => (int)(at & (Stretch.Length - 1));

    static void Check(long at)
    {
        if (at < First || at > End) throw new ArgumentOutOfRangeException(nameof(at), at, "Outside 1970 to 2100.");
    }
}

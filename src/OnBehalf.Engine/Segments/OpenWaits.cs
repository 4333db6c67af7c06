using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Statistics;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// Counts waits that are open at instants, by age. A wait is open at consecutive instants and its age grows from one to the
/// next, so it is enough to note where it enters a band of ages and where it leaves it, however long it is open.
/// </summary>
sealed class OpenWaits(QueryPlan plan)
{
    static readonly int[] Edges = [.. Histogram.AgeBands];
    static readonly int Bands = Edges.Length + 1;

    readonly (long At, int Step)[] _instants = plan.Instants;
    readonly Dictionary<(int Place, GroupKey Key), Changes> _changes = [];
    readonly long[] _open = new long[plan.Instants.Length]; // open seconds from the first instant to each
    OpenTime? _clock;

    /// <summary>The waits that follow are of this segment.</summary>
    public void Open(Segment segment)
    {
        var clock = plan.Viewpoint.Clock == Clock.Calendar ? OpenTime.Always : plan.Viewpoint.ClocksOf(segment.Mailbox).Mailbox;
        if (ReferenceEquals(clock, _clock)) return;
        _clock = clock;
        for (var i = 1; i < _open.Length; i++) _open[i] = _open[i - 1] + clock.Between(_instants[i - 1].At, _instants[i].At);
    }

    /// <summary>Adds a wait. Nobody has answered, so an agent's clock is the mailbox's.</summary>
    /// <param name="place">The metric's place in the question.</param>
    /// <param name="key">Its group; without the step, where steps tell groups apart.</param>
    /// <param name="at">When it began.</param>
    /// <param name="ended">When it ended.</param>
    public void Add(int place, GroupKey key, long at, long ended)
    {
        var (from, last) = (FirstFrom(at), FirstFrom(ended));
        if (from >= last) return;
        if (!_changes.TryGetValue((place, key), out var changes))
            _changes.Add((place, key), changes = new(Bands * (_instants.Length + 1)));
        var begun = _clock!.Between(at, _instants[from].At) - _open[from]; // its age at an instant, less what is open there
        for (var band = 0; from < last; band++)
        {
            var end = band == Edges.Length ? last : FirstOlder(from, last, Edges[band] - begun);
            if (end > from) changes.Add(band * (_instants.Length + 1) + from, band * (_instants.Length + 1) + end);
            from = end;
        }
    }

    /// <summary>Adds the waits of another.</summary>
    public void Add(OpenWaits other)
    {
        foreach (var (key, changes) in other._changes)
            if (!_changes.TryAdd(key, changes)) _changes[key].Add(changes);
    }

    /// <summary>Tells how many waits of each age are open: by metric, group and instant, where any is.</summary>
    public void Tell(Action<int, GroupKey, int, long[]> told)
    {
        foreach (var ((place, key), changes) in _changes)
        {
            var differences = changes.All();
            var ages = new long[Bands];
            for (var i = 0; i < _instants.Length; i++)
            {
                for (var band = 0; band < Bands; band++) ages[band] += differences[band * (_instants.Length + 1) + i];
                if (Array.Exists(ages, age => age > 0)) told(place, key, _instants[i].Step, [.. ages]);
            }
        }
    }

    int FirstFrom(long at)
    {
        var (low, high) = (0, _instants.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_instants[middle].At < at) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    int FirstOlder(int low, int high, long open)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_open[middle] < open) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>How many more there are than one place before: a list of places while there are few.</summary>
    sealed class Changes(int places)
    {
        readonly List<(int Place, int Change)> _few = [];
        int[]? _many;

        public void Add(int from, int end)
        {
            Note(from, 1);
            Note(end, -1);
        }

        public void Add(Changes other)
        {
            foreach (var (place, change) in other._few) Note(place, change);
            if (other._many is null) return;
            for (var i = 0; i < other._many.Length; i++)
                if (other._many[i] != 0) Note(i, other._many[i]);
        }

        public int[] All() => _many ?? Spread();

        void Note(int place, int change)
        {
            if (_many is null && 2 * _few.Count < places)
            {
                _few.Add((place, change));
                return;
            }
            _many ??= Spread();
            _many[place] += change;
        }

        int[] Spread()
        {
            var many = new int[places];
            foreach (var (place, change) in _few) many[place] += change;
            _few.Clear();
            return many;
        }
    }
}

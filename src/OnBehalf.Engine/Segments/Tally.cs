using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Statistics;

namespace OnBehalf.Engine.Segments;

/// <summary>What has been counted for one metric of one group.</summary>
sealed class Tally : IDisposable
{
    Values<int>? _values;
    Values<int>? _open;
    Values<long>? _pairs;
    long[]? _ages;

    /// <summary>Rows; of a rate, those below the line.</summary>
    public long Count { get; private set; }

    long Sum { get; set; }

    long Hits { get; set; }

    long Open { get; set; }

    /// <summary>Adds a row.</summary>
    public void Add(Metric metric, Cursor row)
    {
        switch (metric.Aggregation)
        {
            case Aggregation.Rate:
                if (metric.IsBase(row)) Count++;
                if (metric.Hits(row)) Hits++;
                return;
            case Aggregation.Distribution:
                AddValue((int)ValueOf(metric, row));
                return;
            case Aggregation.CensoredMedian:
                if (metric.Hits(row)) AddValue((int)ValueOf(metric, row));
                else AddOpen((int)ValueOf(metric, row));
                return;
            case Aggregation.Distinct:
                Count++;
                (_pairs ??= new()).Add(ValueOf(metric, row));
                return;
            case Aggregation.DistinctPerDay:
                (_pairs ??= new()).Add((ValueOf(metric, row) << ConversationBits) | metric.Second(row));
                return;
            default:
                Count++;
                var value = ValueOf(metric, row);
                Sum = metric.Aggregation == Aggregation.Largest ? Math.Max(Sum, value) : Sum + value;
                return;
        }
    }

    /// <summary>Adds a duration.</summary>
    public void AddValue(int value, bool isOpen = false)
    {
        Count++;
        if (isOpen) Open++;
        (_values ??= new()).Add(value);
    }

    /// <summary>Adds another tally of the same metric.</summary>
    public void Add(Metric metric, Tally other)
    {
        Count += other.Count;
        Hits += other.Hits;
        Open += other.Open;
        Sum = metric.Aggregation == Aggregation.Largest ? Math.Max(Sum, other.Sum) : Sum + other.Sum;
        if (other._values is not null) (_values ??= new()).Add(other._values.All);
        if (other._open is not null) (_open ??= new()).Add(other._open.All);
        if (other._pairs is not null) (_pairs ??= new()).Add(other._pairs.All);
        if (other._ages is not null) AddAges(other._ages);
    }

    /// <summary>Adds waits that are open, by age.</summary>
    public void AddAges(long[] ages)
    {
        _ages ??= new long[ages.Length];
        for (var i = 0; i < ages.Length; i++) _ages[i] += ages[i];
    }

    /// <summary>The figure.</summary>
    /// <param name="metric">Its metric.</param>
    /// <param name="ofAll">What a share of all is a share of.</param>
    public Figure ToFigure(Metric metric, long ofAll) => metric switch
    {
        { Dating: Dating.State } => 
            (_ages ?? new long[Histogram.AgeBands.Count + 1]) is var ages ? new(ages.Sum(), ages.Sum(), false) { Ages = ages } : default,
        { Aggregation: Aggregation.Sum } => new(Sum, Count, false),
        { Aggregation: Aggregation.Largest } => new(Count == 0 ? null : Sum, Count, false),
        { Aggregation: Aggregation.Rate } => new(Count == 0 ? null : (double)Hits / Count, Count, IsSmall),
        { Aggregation: Aggregation.ShareOfAll } => new(ofAll == 0 ? null : (double)Count / ofAll, ofAll, ofAll < Figure.SmallBelow),
        { Aggregation: Aggregation.CensoredMedian } =>
            new(SurvivalCurve.Median(AllOf(_values), AllOf(_open)), Count, IsSmall) { Open = Open },
        { Aggregation: Aggregation.Distribution } => Distribution.Of(AllOf(_values)) is { } found
            ? new(found.Median, Count, IsSmall) { Distribution = found, Open = Open }
            : new(null, 0, IsSmall),
        { Aggregation: Aggregation.Distinct } => new(_pairs is null ? 0 : Different.Count(_pairs.All), Count, false),
        _ => CountPairs() is { Firsts: > 0 } different
            ? new((double)different.Pairs / different.Firsts, different.Firsts, different.Firsts < Figure.SmallBelow)
            : new(null, 0, true),
    };

    public void Dispose()
    {
        _values?.Dispose();
        _open?.Dispose();
        _pairs?.Dispose();
    }

    // A conversation is the number of a fact, and a store of 2^44 facts is a thousand disks; a range has fewer than 2^19 days.
    const int ConversationBits = 44;

    bool IsSmall => Count < Figure.SmallBelow;

    void AddOpen(int value)
    {
        Count++;
        Open++;
        (_open ??= new()).Add(value);
    }

    static long ValueOf(Metric metric, Cursor row) => metric.Value is { } value ? value(row) : 1;

    static Span<int> AllOf(Values<int>? values) => values is null ? [] : values.All;

    (long Firsts, long Pairs) CountPairs()
    {
        if (_pairs is null) return default;
        var pairs = _pairs.All;
        pairs.Sort();
        var (firsts, different) = (0L, 0L);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (i == 0 || pairs[i] != pairs[i - 1]) different++;
            if (i == 0 || pairs[i] >> ConversationBits != pairs[i - 1] >> ConversationBits) firsts++;
        }
        return (firsts, different);
    }
}

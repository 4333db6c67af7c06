using BenchmarkDotNet.Attributes;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Benchmarks;

/// <summary>
/// How long it takes to ask the mailbox clock. Every wait of history asks it once or twice; a recompute of ten million
/// messages asks tens of millions of times.
/// </summary>
[MemoryDiagnoser]
public class Clocks
{
    const int Waits = 10_000;

    readonly Schedule[] _hours =
    [
        ScheduleText.Parse(
            "Europe/Prague", "Mon-Fri 09:00-12:00, 13:00-17:00; Sat 08:00-12:00", "2026-12-24 09:00-12:00\n2026-12-25"),
    ];
    readonly long[] _from = new long[Waits];
    readonly long[] _to = new long[Waits];
    OpenTime _clock = OpenTime.Always;

    /// <summary>Waits of up to four days in ten years, in no order.</summary>
    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (var i = 0; i < Waits; i++)
        {
            _from[i] = random.NextInt64(1_450_000_000, 1_770_000_000);
            _to[i] = _from[i] + random.Next(4 * 86_400);
        }
        _clock = new(_hours);
        Between();
    }

    [Benchmark(OperationsPerInvoke = Waits)]
    public long Between()
    {
        var open = 0L;
        for (var i = 0; i < Waits; i++) open += _clock.Between(_from[i], _to[i]);
        return open;
    }

    [Benchmark(OperationsPerInvoke = Waits)]
    public long DueAt()
    {
        var last = 0L;
        for (var i = 0; i < Waits; i++) last = Math.Max(last, _clock.DueAt(_from[i], 4 * 3600) ?? 0);
        return last;
    }

    /// <summary>A new clock that is asked about one wait: the price of a year.</summary>
    [Benchmark]
    public long Begin() => new OpenTime(_hours).Between(_from[0], _to[0]);
}

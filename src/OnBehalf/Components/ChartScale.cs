using System.Globalization;
using OnBehalf.Pages;

namespace OnBehalf.Components;

/// <summary>What an axis counts.</summary>
public enum ChartUnit
{
    /// <summary>How many.</summary>
    Count,
    /// <summary>Seconds.</summary>
    Seconds,
    /// <summary>From 0 to 1.</summary>
    Share,
}

/// <summary>An axis from 0 to a round number above the largest value.</summary>
public sealed class ChartScale
{
    /// <summary>Lines across the chart, at most.</summary>
    const int Lines = 4;

    static readonly double[] CountSteps = [1, 2, 5];

    static readonly double[] SecondSteps =
    [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400, 172_800,
        259_200, 432_000, 864_000, 1_728_000, 4_320_000, 8_640_000,
    ];

    readonly ChartUnit _unit;
    readonly double _step;

    /// <summary>The axis for some values.</summary>
    public ChartScale(ChartUnit unit, IEnumerable<double?> values)
    {
        _unit = unit;
        var largest = values.Max() ?? 0;
        _step = unit switch
        {
            ChartUnit.Share => 0.25,
            ChartUnit.Seconds => SecondSteps.FirstOrDefault(step => step * Lines >= largest, SecondSteps[^1]),
            _ => CountStep(largest),
        };
        Top = unit == ChartUnit.Share ? 1 : Math.Max(1, Math.Ceiling(largest / _step)) * _step;
    }

    /// <summary>The value at the top.</summary>
    public double Top { get; }

    /// <summary>The values that have a line, from 0 on.</summary>
    public IEnumerable<double> Ticks()
    {
        for (var i = 0; i * _step <= Top * 1.0001; i++) yield return i * _step;
    }

    /// <summary>How high a value stands, from 0 to 1.</summary>
    public double At(double value) => Math.Clamp(value / Top, 0, 1);

    /// <summary>A value of the axis.</summary>
    public string Tick(double value) => _unit switch
    {
        ChartUnit.Seconds => Shown.Tick(value),
        ChartUnit.Share => (value * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
        _ => value.ToString("#,0.#", CultureInfo.InvariantCulture),
    };

    /// <summary>A value in full.</summary>
    public string Text(double? value) => value is not { } known ? Shown.Nothing : _unit switch
    {
        ChartUnit.Seconds => Shown.Duration(known),
        ChartUnit.Share => Shown.Share(known),
        _ => Shown.Count(known),
    };

    static double CountStep(double largest)
    {
        for (var power = 1.0; ; power *= 10)
            foreach (var step in CountSteps)
                if (step * power * Lines >= largest) return step * power;
    }
}

namespace OnBehalf.Components;

/// <summary>A line, or one layer of stacked bars.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Tone">Its colour, a class of the style sheet.</param>
/// <param name="Values">One a point; null: nothing is known there.</param>
public sealed record ChartSeries(string Name, string Tone, IReadOnlyList<double?> Values);

/// <summary>A point of the axis.</summary>
/// <param name="Label">Short, for the axis.</param>
/// <param name="Name">In full, for tooltips and tables.</param>
/// <param name="Url">What opens behind it.</param>
public sealed record ChartPoint(string Label, string Name, string? Url = null);

using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages;

/// <summary>The part of a long table that is shown: a table of thousands is neither read nor sent at once.</summary>
/// <param name="Rows">What is shown.</param>
/// <param name="Start">How many rows are before it.</param>
/// <param name="All">How many rows there are.</param>
public sealed record TablePart(IReadOnlyList<ResultRow> Rows, int Start, int All)
{
    /// <summary>Rows of a part.</summary>
    public const int Length = 100;

    /// <summary>The part that a screen is asked for by <c>start</c>.</summary>
    /// <exception cref="Mistake">invalid: it is no number.</exception>
    public static TablePart Of(ScreenAsk ask, IReadOnlyList<ResultRow> rows)
    {
        if (ask.Asked.Text("start") is not { } text) return new([.. rows.Take(Length)], 0, rows.Count);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
            throw new Mistake("invalid", "start: it is how many rows are before those that are shown.");
        return new([.. rows.Skip(start).Take(Length)], start, rows.Count);
    }
}

using OnBehalf.Pages;

namespace OnBehalf.Tests.Walks;

/// <summary>What was compared and what differed, so that one walk says everything that is wrong at once.</summary>
sealed class Ledger
{
    const int Listed = 40;

    readonly List<string> _differences = [];

    public int Compared { get; private set; }

    /// <summary>A figure in the answers, and as a person reads it.</summary>
    /// <param name="where">Screen and place.</param>
    /// <param name="metric">How it is shown.</param>
    /// <param name="truth">What truth says.</param>
    /// <param name="told">What JSON, CSV and command line say.</param>
    /// <param name="shown">What stands on the screen; null: nothing is shown of it.</param>
    public void Figure(string where, string metric, double? truth, double? told, string? shown)
    {
        Same($"{where}, answers", Rounded(truth), Rounded(told));
        if (shown is not null) Same($"{where}, screen", Shown.Value(metric, truth), shown);
    }

    /// <summary>Two things that have to be the same.</summary>
    public void Same<T>(string where, T expected, T found)
    {
        Compared++;
        if (!EqualityComparer<T>.Default.Equals(expected, found)) _differences.Add($"{where}: expected {expected}, found {found}");
    }

    /// <summary>Ends the walk.</summary>
    /// <param name="atLeast">How many comparisons it takes at the least: a walk that compares nothing proves nothing.</param>
    public void Close(int atLeast)
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"{Compared:N0} figures compared.");
        Assert.True(_differences.Count == 0, $"{_differences.Count:N0} of {Compared:N0} differ:\n"
            + string.Join('\n', _differences.Take(Listed)));
        Assert.True(Compared >= atLeast, $"Only {Compared} figures were compared.");
    }

    // Interpolation in another order of operations may differ in the last of fifteen digits.
    static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;
}

namespace OnBehalf.Cli;

/// <summary>The room that a column of a table takes, in characters.</summary>
/// <param name="Least">Figures are whole, long words are not.</param>
/// <param name="Legible">Words are whole, too, up to the length of an address.</param>
/// <param name="Full">Nothing goes on in a second line.</param>
readonly record struct Room(int Least, int Legible, int Full);

/// <summary>How wide the columns of a table are where a person sees only so much at once.</summary>
static class Fitting
{
    /// <summary>
    /// The widths of the columns from the left that are shown, at least of the first. All are shown if there is room with
    /// long words broken; else those that can be read well. A figure is never broken.
    /// </summary>
    /// <param name="columns">The columns; at least one.</param>
    /// <param name="width">The room for the whole table, frame included.</param>
    public static int[] Widths(IReadOnlyList<Room> columns, int width)
    {
        if (Needed(columns) <= width) return Spread([.. columns.Select(c => c.Least)], columns, width - Needed(columns));
        var (shown, taken) = (0, Frame(0));
        while (shown < columns.Count && taken + Frame(1) - Frame(0) + columns[shown].Legible <= width)
            taken += Frame(1) - Frame(0) + columns[shown++].Legible;
        // The first column says what the rest is about; with less room than it needs it goes on in a second line.
        if (shown == 0) return [Math.Max(1, width - Frame(1))];
        return Spread([.. columns.Take(shown).Select(c => c.Legible)], columns, width - taken);
    }

    /// <summary>How wide a terminal has to be for all columns.</summary>
    public static int Needed(IReadOnlyList<Room> columns) => Frame(columns.Count) + columns.Sum(c => c.Least);

    /// <summary>Words on as few lines as there is room for. A line ends without a blank, so that it may be put to the right.</summary>
    public static string Lines(string words, int width)
    {
        var lines = new List<string>();
        foreach (var word in words.Split(' '))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= width) lines[^1] += $" {word}";
            else lines.Add(word);
        }
        return string.Join('\n', lines);
    }

    /// <summary>Spare room goes to the narrowest that can use it: short headings and names before sentences.</summary>
    static int[] Spread(int[] widths, IReadOnlyList<Room> columns, int spare)
    {
        for (; spare > 0; spare--)
        {
            var narrowest = -1;
            for (var c = 0; c < widths.Length; c++)
                if (widths[c] < columns[c].Full && (narrowest < 0 || widths[c] < widths[narrowest])) narrowest = c;
            if (narrowest < 0) break;
            widths[narrowest]++;
        }
        return widths;
    }

    /// <summary>A line before each column and one behind the last, and a blank on either side of what it holds.</summary>
    static int Frame(int columns) => 3 * columns + 1;
}

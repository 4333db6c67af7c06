using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Answers;

/// <summary>Where the next page of rows begins, as a text that says nothing to others.</summary>
public static class PageToken
{
    /// <summary>The token after a row.</summary>
    public static string After(FigureRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.At:x}-{row.FactId:x}-{row.Mailbox.Value:x}");

    /// <summary>The row that a token stands after; null without a token.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static FigureRow? Read(string name, string? token)
    {
        if (token is null) return null;
        var parts = token.Split('-');
        return parts.Length == 3 && Hex(parts[0]) is { } at && Hex(parts[1]) is { } fact
            && Hex(parts[2]) is { } mailbox and <= int.MaxValue
            ? new FigureRow(new((int)mailbox), at, fact)
            : throw new Mistake("invalid", $"{name}: this is not a token of ours.");
    }

    static long? Hex(string text) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number : null;
}

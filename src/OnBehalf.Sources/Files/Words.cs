namespace OnBehalf.Sources.Files;

/// <summary>Words and small numbers in bytes.</summary>
static class Words
{
    /// <summary>White space of headers, folds included.</summary>
    public static ReadOnlySpan<byte> Space => " \t\r\n"u8;

    /// <summary>Takes the next word off the front; nothing at the end.</summary>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(Space);
        var end = rest.IndexOfAny(Space);
        var word = end < 0 ? rest : rest[..end];
        rest = rest[word.Length..];
        return word;
    }

    /// <summary>The number that the bytes are, all digits and at most nine; else -1.</summary>
    public static int Number(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is 0 or > 9) return -1;
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    /// <summary>Whether the text contains the ASCII word, whatever its case.</summary>
    /// <param name="text">Where to look.</param>
    /// <param name="word">What to look for, in lower case.</param>
    public static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (var at = 0; at + word.Length <= text.Length; at++)
            if ((text[at] | 0x20) == word[0] && System.Text.Ascii.EqualsIgnoreCase(text.Slice(at, word.Length), word))
                return true;
        return false;
    }

    /// <summary>Whether the text begins with the ASCII word, whatever its case, and the word ends there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="word">The word, in lower case.</param>
    public static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word)
        && (text.Length == word.Length || !char.IsAsciiLetterOrDigit((char)text[word.Length]));
}

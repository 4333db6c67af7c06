namespace OnBehalf.Sources.Files;

/// <summary>
/// The line that starts a message in an mbox: <c>From sender weekday month day time year</c>, as RFC 4155, appendix A,
/// asks for, with a time zone before or after the year where a program wrote one, or with an ISO 8601 date. Only the
/// date tells it from a sentence that begins with the same word.
/// </summary>
static class FromLine
{
    /// <summary>How it begins.</summary>
    public static ReadOnlySpan<byte> Start => "From "u8;

    /// <summary>Whether a line, without its line feed, starts a message.</summary>
    public static bool Is(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Start) || line.Length > MailLimits.FromLine) return false;
        var rest = line[Start.Length..];
        while (!rest.IsEmpty)
        {
            var after = rest;
            var word = Words.Next(ref after);
            if (Calendar.IsWeekday(word) && IsClassic(after)) return true;
            if (IsDay(word) && IsIso(word, after)) return true;
            rest = after;
        }
        return false;
    }

    // month day time [zone] year [zone]
    static bool IsClassic(ReadOnlySpan<byte> rest)
    {
        if (Calendar.MonthOf(Words.Next(ref rest)) == 0) return false;
        if (Words.Number(Words.Next(ref rest)) is < 1 or > 31) return false;
        if (!IsTime(Words.Next(ref rest))) return false;
        var hasYear = false;
        for (var words = 0; words < 4; words++)
        {
            var word = Words.Next(ref rest);
            if (word.IsEmpty) break;
            if (!hasYear && word.Length == 4 && Words.Number(word) is >= 1900 and < 2200) hasYear = true;
            else if (!IsZone(word)) return false;
        }
        return hasYear && Words.Next(ref rest).IsEmpty;
    }

    static bool IsIso(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        if (word.Length > 10)
            return word[10] is (byte)'T' or (byte)'t' && IsTimeWithZone(word[11..]) && EndsWithZone(rest);
        return IsTimeWithZone(Words.Next(ref rest)) && EndsWithZone(rest);
    }

    static bool EndsWithZone(ReadOnlySpan<byte> rest)
    {
        var word = Words.Next(ref rest);
        return (word.IsEmpty || IsZone(word)) && Words.Next(ref rest).IsEmpty;
    }

    static bool IsDay(ReadOnlySpan<byte> word) =>
        word.Length >= 10 && word[4] == '-' && word[7] == '-' && Words.Number(word[..4]) is >= 1900 and < 2200
        && Words.Number(word[5..7]) is >= 1 and <= 12 && Words.Number(word[8..10]) is >= 1 and <= 31;

    static bool IsTimeWithZone(ReadOnlySpan<byte> word)
    {
        var time = word.IndexOfAny("Zz+-."u8) is var end and > 0 ? word[..end] : word;
        return IsTime(time);
    }

    static bool IsTime(ReadOnlySpan<byte> word)
    {
        var colon = word.IndexOf((byte)':');
        if (colon is not (1 or 2) || Words.Number(word[..colon]) is < 0 or > 24) return false;
        var rest = word[(colon + 1)..];
        return rest.Length is 2 or 5 && Words.Number(rest[..2]) is >= 0 and <= 59
            && (rest.Length == 2 || (rest[2] == ':' && Words.Number(rest[3..]) is >= 0 and <= 60));
    }

    static bool IsZone(ReadOnlySpan<byte> word) =>
        word[0] is (byte)'+' or (byte)'-' ? Words.Number(word[1..]) >= 0
        : word.Length <= 6 && !word.ContainsAnyExceptInRange((byte)'A', (byte)'Z');
}

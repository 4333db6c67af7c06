using System.Text;

namespace OnBehalf.Sources.Files;

/// <summary>Names of days and months in mail (RFC 5322, section 3.3), and the seconds of a date.</summary>
static class Calendar
{
    static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];

    /// <summary>Whether the word is a weekday, by its first three letters or whole, with or without a comma.</summary>
    public static bool IsWeekday(ReadOnlySpan<byte> word) => IndexOf(Weekdays, word.TrimEnd(",."u8)) >= 0;

    /// <summary>The month, 1 to 12, by its first three letters or whole; else 0.</summary>
    public static int MonthOf(ReadOnlySpan<byte> word) => IndexOf(Months, word.TrimEnd(",."u8)) + 1;

    /// <summary>Seconds since 1970 of a date and time; null when there is no such day.</summary>
    public static long? Seconds(int year, int month, int day, int seconds)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        return new DateOnly(year, month, day).DayNumber * 86_400L - EpochSeconds + seconds;
    }

    const long EpochSeconds = 719_162L * 86_400;

    static int IndexOf(string[] names, ReadOnlySpan<byte> word)
    {
        if (word.Length < 3) return -1;
        for (var i = 0; i < names.Length; i++)
            if ((word[0] | 0x20) == names[i][0] && Names(names[i], word)) return i;
        return -1;
    }

    // Three letters, or as many more as are right: "Sept" and "Tues" are common.
    static bool Names(string name, ReadOnlySpan<byte> word) =>
        word.Length <= name.Length && Ascii.EqualsIgnoreCase(word, name.AsSpan(0, word.Length));
}

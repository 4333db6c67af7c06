using NodaTime;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Reads the Date header: RFC 5322, sections 3.3 and 4.3, and what mail programs write instead: no seconds, no weekday or
/// a wrong one, two-digit years, <c>24-Apr-2019</c>, named zones, ctime order, ISO 8601, <c>10:30 PM</c>. Parts are
/// told apart by their form, so their order hardly matters.
/// </summary>
static class DateReader
{
    static readonly long Earliest = Instant.FromUtc(1980, 1, 1, 0, 0).ToUnixTimeSeconds();
    static readonly long Latest = Instant.FromUtc(2036, 1, 1, 0, 0).ToUnixTimeSeconds();

    /// <summary>The instant; null when it cannot be read or lies outside the years 1980 to 2035.</summary>
    public static Instant? Read(ReadOnlySpan<byte> value)
    {
        var seconds = ReadAny(value);
        return seconds is { } at && at >= Earliest && at < Latest ? Instant.FromUnixTimeSeconds(at) : null;
    }

    /// <summary>Seconds since 1970 of any date that can be read, however far away.</summary>
    public static long? ReadAny(ReadOnlySpan<byte> value)
    {
        var parts = new DateParts();
        for (var at = 0; at < value.Length;)
        {
            var letter = value[at];
            if (char.IsAsciiDigit((char)letter)) at += parts.TakeNumber(value[at..]);
            else if (char.IsAsciiLetter((char)letter)) at += parts.TakeWord(value[at..]);
            else if (letter is (byte)'+' or (byte)'-') at += parts.TakeSign(value[at..]);
            else if (letter == '(') at += Comments.Length(value[at..]);
            else at++;
        }
        return parts.ToSeconds();
    }
}

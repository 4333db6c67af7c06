namespace OnBehalf.Sources.Files;

/// <summary>The parts of a date, as they turn up from left to right. Each method takes bytes off the front.</summary>
struct DateParts()
{
    const int Unknown = -1;

    int _year = Unknown, _month = Unknown, _day = Unknown, _seconds = Unknown, _zoneSeconds;
    bool _hasZone, _hasNumericZone, _afterMonth;
    int _noon;

    /// <summary>Seconds since 1970 UTC; null when a part is missing or there is no such day.</summary>
    public readonly long? ToSeconds()
    {
        if (_year == Unknown || _month == Unknown || _day == Unknown) return null;
        var seconds = _seconds == Unknown ? 0 : _seconds;
        if (_noon != 0 && seconds is >= 3600 and < 13 * 3600) seconds = seconds % (12 * 3600) + (_noon - 1) * 12 * 3600;
        return Calendar.Seconds(_year, _month, _day, seconds) - _zoneSeconds;
    }

    /// <summary>Takes a number: a day, a year, a time, an ISO date.</summary>
    public int TakeNumber(ReadOnlySpan<byte> text)
    {
        var length = DigitsOf(text);
        var number = Words.Number(text[..length]);
        _afterMonth = false;
        var after = length < text.Length ? text[length] : (byte)0;
        if (after == ':' && _seconds == Unknown && length <= 2) return TakeTime(text, number, length, (byte)':');
        if (after == '.' && _seconds == Unknown && length <= 2 && _day != Unknown)
            return TakeTime(text, number, length, (byte)'.');
        if (length == 4 && after is (byte)'-' or (byte)'/' && _year == Unknown && _month == Unknown)
            return TakeIso(text, number);
        TakePlain(number, length);
        return length;
    }

    /// <summary>Takes a word: a month, a zone, AM or PM; weekdays and all else say nothing.</summary>
    public int TakeWord(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExcept(Letters);
        var word = length < 0 ? text : text[..length];
        _afterMonth = false;
        if (_month == Unknown && Calendar.MonthOf(word) is > 0 and var month)
        {
            _month = month;
            _afterMonth = true;
        }
        else if (Words.Begins(word, "am"u8)) _noon = 1;
        else if (Words.Begins(word, "pm"u8)) _noon = 2;
        else if (!_hasZone && Zones.Minutes(word) is { } minutes) SetZone(minutes, numeric: false);
        return word.Length;
    }

    /// <summary>Takes a sign: of a zone, or the hyphen of <c>24-Apr-2019</c>.</summary>
    public int TakeSign(ReadOnlySpan<byte> text)
    {
        var length = DigitsOf(text[1..]);
        var number = Words.Number(text.Slice(1, length));
        if (length == 0 || (text[0] == '-' && (_afterMonth || _seconds == Unknown)) || _hasNumericZone)
            return length == 0 || _afterMonth || _seconds == Unknown ? 1 : length + 1;
        var taken = length + 1;
        var (hours, minutes) = length >= 3 ? (number / 100, number % 100) : (number, 0);
        if (length <= 2 && text.Length >= taken + 3 && text[taken] == ':' && DigitsOf(text[(taken + 1)..]) == 2)
        {
            minutes = Words.Number(text.Slice(taken + 1, 2));
            taken += 3;
        }
        var known = length <= 4 && hours < 24 && minutes < 60;
        SetZone(known ? (hours * 60 + minutes) * (text[0] == '-' ? -1 : 1) : 0, numeric: true);
        return taken;
    }

    static ReadOnlySpan<byte> Letters => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    static int DigitsOf(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : text.Length;

    void SetZone(int minutes, bool numeric)
    {
        _zoneSeconds = minutes * 60;
        _hasZone = true;
        _hasNumericZone = numeric;
    }

    int TakeTime(ReadOnlySpan<byte> text, int hours, int at, byte separator)
    {
        Span<int> parts = [hours, 0, 0];
        for (var part = 1; part < 3 && at < text.Length && text[at] == separator; part++)
        {
            var length = DigitsOf(text[(at + 1)..]);
            if (length is 0 or > 2) break;
            parts[part] = Words.Number(text.Slice(at + 1, length));
            at += length + 1;
        }
        // A leap second is the second after.
        if (parts is [< 24, < 60, <= 60]) _seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
        else _day = 99;
        return at < text.Length && text[at] is (byte)'.' or (byte)',' ? at + 1 + DigitsOf(text[(at + 1)..]) : at;
    }

    int TakeIso(ReadOnlySpan<byte> text, int year)
    {
        var separator = text[4];
        var month = DigitsOf(text[5..]);
        var rest = text[(5 + month)..];
        if (month is 0 or > 2 || rest.IsEmpty || rest[0] != separator) return 5;
        var day = DigitsOf(rest[1..]);
        if (day is 0 or > 2) return 5;
        (_year, _month, _day) = (year, Words.Number(text.Slice(5, month)), Words.Number(rest.Slice(1, day)));
        return 6 + month + day;
    }

    void TakePlain(int number, int length)
    {
        if (length == 8 && _year == Unknown && _month == Unknown)
            (_year, _month, _day) = (number / 10_000, number / 100 % 100, number % 100);
        else if (length <= 2 && _day == Unknown) _day = number;
        else if (length <= 4 && _year == Unknown) _year = YearOf(number, length);
        else if (length == 4 && _seconds == Unknown && number / 100 < 24 && number % 100 < 60)
            _seconds = number / 100 * 3600 + number % 100 * 60;
    }

    // RFC 5322, section 4.3: 00 to 49 are after 2000, 50 to 999 after 1900.
    static int YearOf(int number, int length) => length switch
    {
        4 => number,
        3 => number + 1900,
        _ => number < 50 ? number + 2000 : number + 1900,
    };
}

using NodaTime;
using NodaTime.Text;

namespace OnBehalf.Engine.Waits;

/// <summary>Reads the words of <see cref="ScheduleText"/> from left to right and says where it stopped.</summary>
sealed class HoursReader
{
    static readonly string[] Days3 = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    static readonly string[] DaysInFull =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    readonly string _what;
    readonly string _text;
    int _at;

    /// <param name="what">What is read, as the first word of an error.</param>
    /// <param name="text">The text.</param>
    /// <param name="limit">The most characters it may have.</param>
    public HoursReader(string what, string text, int limit)
    {
        if (text.Length > limit) throw new Mistake("invalid", $"{what}: more than {limit} characters.");
        _what = what;
        _text = text;
        SkipSpace();
    }

    /// <summary>Whether a digit is followed by what makes it a time: one more digit perhaps, and a colon.</summary>
    public bool AtTime
    {
        get
        {
            var end = _at;
            while (end < _text.Length && end < _at + 2 && char.IsAsciiDigit(_text[end])) end++;
            return end > _at && end < _text.Length && _text[end] == ':';
        }
    }

    /// <summary>Reads the word if it is the next one, in any case.</summary>
    public bool TryWord(string word)
    {
        if (!Word().Equals(word, StringComparison.OrdinalIgnoreCase)) return false;
        Skip(word.Length);
        return true;
    }

    /// <summary>Reads a day or a range of days.</summary>
    public (IsoDayOfWeek First, IsoDayOfWeek Last) Days()
    {
        var first = Day();
        return (first, TryDash() ? Day() : first);
    }

    /// <summary>Reads periods separated by commas.</summary>
    public List<(LocalTime Start, LocalTime End)> Hours()
    {
        var hours = new List<(LocalTime Start, LocalTime End)>();
        do
        {
            var start = Time("a start time such as 09:00", isEnd: false);
            if (!TryDash()) throw Unexpected("a dash between start and end");
            hours.Add((start, Time("an end time such as 17:00", isEnd: true)));
        } while (Try(','));
        return hours;
    }

    /// <summary>Reads a date between 1970 and 2100.</summary>
    public LocalDate Date()
    {
        var end = _at;
        while (end < _text.Length && !char.IsWhiteSpace(_text[end])) end++;
        if (!LocalDatePattern.Iso.Parse(_text[_at..end]).TryGetValue(default, out var date)
            || date.Year is < 1970 or > 2100)
            throw Unexpected("a date between 1970 and 2100 such as 2026-12-24");
        Skip(end - _at);
        return date;
    }

    /// <summary>Reads a semicolon; one at the very end is not there.</summary>
    public bool TrySemicolon() => Try(';') && _at < _text.Length;

    /// <summary>Reads all that is left.</summary>
    public string Rest()
    {
        var rest = _text[_at..].TrimEnd();
        if (rest.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029')) throw Unexpected("a name on one line");
        _at = _text.Length;
        return rest;
    }

    /// <summary>The value, if nothing is left.</summary>
    public T End<T>(T value) => _at == _text.Length ? value : throw Unexpected("a comma, a semicolon or the end");

    LocalTime Time(string expected, bool isEnd)
    {
        var start = _at;
        var (hour, minute, second) = (Number(1), Try(':') ? Number(2) : -1, Try(':') ? Number(2) : 0);
        if (isEnd && (hour, minute, second) == (24, 0, 0)) return LocalTime.Midnight;
        if (hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60)
            return new(hour, minute, second);
        _at = start;
        throw Unexpected(expected);
    }

    // The number of at most two digits; -1 when there are fewer than asked for.
    int Number(int fewest)
    {
        var (value, count) = (0, 0);
        while (count < 2 && _at + count < _text.Length && char.IsAsciiDigit(_text[_at + count]))
            value = value * 10 + (_text[_at + count++] - '0');
        if (count < fewest) return -1;
        Skip(count);
        return value;
    }

    IsoDayOfWeek Day()
    {
        var word = Word().ToLowerInvariant();
        var index = Math.Max(Array.IndexOf(Days3, word), Array.IndexOf(DaysInFull, word));
        if (index < 0) throw Unexpected("a day such as Mon");
        Skip(word.Length);
        return IsoDayOfWeek.Monday + index;
    }

    string Word()
    {
        var end = _at;
        while (end < _text.Length && char.IsAsciiLetter(_text[end])) end++;
        return _text[_at..end];
    }

    // People paste the typographic dash too.
    bool TryDash() => Try('-') || Try('–');

    bool Try(char wanted)
    {
        if (_at == _text.Length || _text[_at] != wanted) return false;
        Skip(1);
        return true;
    }

    void Skip(int length)
    {
        _at += length;
        SkipSpace();
    }

    void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    Mistake Unexpected(string expected)
    {
        var rest = _text[_at..].Split([' ', '\t', '\r', '\n', ',', ';'], 2)[0];
        if (rest.Length == 0 && _at < _text.Length) rest = _text[_at..(_at + 1)];
        if (rest.Length > 20) rest = rest[..20] + "…";
        var found = rest.Length == 0 ? "the end" : $"\"{rest}\"";
        return new("invalid", $"{_what}, character {_at + 1}: expected {expected}, found {found}.");
    }
}

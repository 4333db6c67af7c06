using System.Text;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Unstructured text of headers as people read it: unfolded (RFC 5322, section 2.2.3), with encoded words decoded
/// (RFC 2047; language suffix of RFC 2231, section 5). Adjacent words are one text, even where a character is split
/// between them. A word that cannot be decoded stays as it is written.
/// </summary>
sealed class EncodedWords
{
    readonly StringBuilder _text = new();
    byte[] _line = new byte[1024];
    byte[] _word = new byte[1024];
    int _wordLength;
    Encoding? _wordEncoding;

    /// <summary>The text, at most so many characters of it; control characters are spaces.</summary>
    public string Read(ReadOnlySpan<byte> value, int limit)
    {
        if (IsPlain(value)) return Encoding.ASCII.GetString(value[..Math.Min(limit, value.Length)]);
        var line = Unfold(value);
        if (IsPlain(line)) return Encoding.ASCII.GetString(line[..Math.Min(limit, line.Length)]).Trim(); // Most that are folded.
        _text.Clear();
        Decode(line, limit);
        return Cut(limit);
    }

    static bool IsPlain(ReadOnlySpan<byte> text) =>
        !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && text.IndexOf("=?"u8) < 0;

    ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> value)
    {
        if (_line.Length < value.Length) _line = new byte[value.Length];
        var length = 0;
        foreach (var letter in value)
            if (letter is not ((byte)'\r' or (byte)'\n')) _line[length++] = letter;
        return _line.AsSpan(0, length);
    }

    void Decode(ReadOnlySpan<byte> line, int limit)
    {
        var (plain, at) = (0, 0);
        // Nothing behind the last end is a word.
        var words = line.LastIndexOf("?="u8) is var last and >= 0 ? line[..(last + 2)] : default;
        while (_text.Length <= limit && words[at..].IndexOf("=?"u8) is var hop and >= 0)
        {
            at += hop;
            var word = EncodedWord.At(words[at..]);
            if (word.Length == 0)
            {
                at += 2;
                continue;
            }
            Between(line[plain..at]);
            if (!ReferenceEquals(word.Encoding, _wordEncoding)) EndWord();
            Append(word, word.Encoding);
            at += word.Length;
            plain = at;
        }
        EndWord();
        Plain(line[plain..]);
    }

    // White space between two encoded words belongs to neither (RFC 2047, section 6.2).
    void Between(ReadOnlySpan<byte> gap)
    {
        if (_wordEncoding is not null && gap.Trim(Words.Space).IsEmpty) return;
        EndWord();
        Plain(gap);
    }

    void Append(EncodedWord word, Encoding encoding)
    {
        _wordEncoding = encoding;
        if (_word.Length < _wordLength + word.Text.Length) Array.Resize(ref _word, (_wordLength + word.Text.Length) * 2);
        _wordLength += word.Decode(_word.AsSpan(_wordLength));
    }

    void EndWord()
    {
        if (_wordEncoding is not null) _text.Append(_wordEncoding.GetString(_word, 0, _wordLength));
        (_wordEncoding, _wordLength) = (null, 0);
    }

    void Plain(ReadOnlySpan<byte> raw)
    {
        if (!raw.IsEmpty) _text.Append(Charsets.Guess(raw).GetString(raw));
    }

    string Cut(int limit)
    {
        for (var i = 0; i < Math.Min(_text.Length, limit); i++)
            if (char.IsControl(_text[i])) _text[i] = ' ';
        var length = Math.Min(limit, _text.Length);
        if (length < _text.Length && char.IsHighSurrogate(_text[length - 1])) length--;
        return _text.ToString(0, length).Trim();
    }
}

using System.Text;

namespace OnBehalf.Sources.Files;

/// <summary>One encoded word: <c>=?charset*language?encoding?text?=</c>.</summary>
readonly ref struct EncodedWord
{
    /// <summary>Bytes of the whole word; 0 when there is none, or nobody knows its charset.</summary>
    public int Length { get; init; }

    /// <summary>The encoding that its charset, without the language, names.</summary>
    public Encoding Encoding { get; init; }

    /// <summary>The text as it is written.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    bool IsBase64 { get; init; }

    /// <summary>The word at the start of the text.</summary>
    public static EncodedWord At(ReadOnlySpan<byte> text)
    {
        var charset = text[2..].IndexOf((byte)'?');
        if (charset <= 0 || text.Length < charset + 7 || text[charset + 4] != '?') return default;
        var encoding = text[charset + 3] | 0x20;
        if (encoding is not ('b' or 'q')) return default;
        // The charset comes before the end: seeking the end of each word of an unknown one would take the square in time.
        var name = text.Slice(2, charset);
        if (name.IndexOf((byte)'*') is var star and >= 0) name = name[..star];
        if (Charsets.Find(name) is not { } known) return default;
        var body = text[(charset + 5)..];
        var end = body.IndexOf("?="u8);
        if (end < 0) return default;
        return new()
        {
            Length = charset + 5 + end + 2,
            Encoding = known,
            Text = body[..end],
            IsBase64 = encoding == 'b',
        };
    }

    /// <summary>Writes the bytes that the text stands for, never more than the text has; says how many.</summary>
    public int Decode(Span<byte> into) => IsBase64 ? Base64Text.Decode(Text, into) : DecodeQ(Text, into);

    static int DecodeQ(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '=' && at + 2 < text.Length && Hex(text[at + 1]) is >= 0 and var high
                && Hex(text[at + 2]) is >= 0 and var low)
            {
                letter = (byte)(high << 4 | low);
                at += 2;
            }
            else if (letter == '_') letter = (byte)' ';
            into[length++] = letter;
        }
        return length;
    }

    static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };
}

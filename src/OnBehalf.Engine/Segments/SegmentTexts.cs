using System.Text;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// The texts of a segment, which one of its columns numbers from 1; 0 is none. They lie behind the columns: how many, then
/// the length and the UTF-8 bytes of each.
/// </summary>
sealed class SegmentTexts
{
    /// <summary>Bytes of a text. Graph's categories are names of at most 255 characters, some to a message.</summary>
    const int LengthLimit = 1 << 14;

    readonly string[] _texts;

    SegmentTexts(string[] texts) => _texts = texts;

    /// <summary>The text of a number.</summary>
    /// <exception cref="Mistake">damaged: there is none.</exception>
    public string this[long number] => number == 0 ? ""
        : number > 0 && number <= _texts.Length ? _texts[number - 1] : throw SegmentHead.Damaged("a text is not there");

    /// <summary>Reads them.</summary>
    /// <exception cref="Mistake">damaged.</exception>
    public static SegmentTexts Parse(ReadOnlySpan<byte> bytes, ref int at, int rows)
    {
        var count = Varint.Read(bytes, ref at);
        if (count > (ulong)rows) throw SegmentHead.Damaged("it has more texts than rows");
        var texts = new string[count];
        for (var i = 0; i < texts.Length; i++)
        {
            var length = Varint.Read(bytes, ref at);
            if (length > LengthLimit || at + (int)length > bytes.Length) throw SegmentHead.Damaged("a text is longer than it");
            texts[i] = Encoding.UTF8.GetString(bytes.Slice(at, (int)length));
            at += (int)length;
        }
        return new(texts);
    }

    /// <summary>A text as it is kept: what is longer is cut between two characters.</summary>
    public static byte[] BytesOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var end = Math.Min(bytes.Length, LengthLimit);
        while (end > 0 && end < bytes.Length && (bytes[end] & 0xC0) == 0x80) end--;
        return bytes.Length == end ? bytes : bytes[..end];
    }
}

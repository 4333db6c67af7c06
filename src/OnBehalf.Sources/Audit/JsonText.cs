using System.Globalization;
using System.Text;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// The text of a JSON string, whatever is wrong with it. The reader of the framework refuses half a surrogate pair,
/// which is what a subject cut at 255 characters ends with; here it becomes U+FFFD, as do bytes that are not UTF-8.
/// </summary>
static class JsonText
{
    /// <summary>The text as UTF-8.</summary>
    /// <param name="raw">Between the quotes; escapes are well formed, since the JSON reader has seen them.</param>
    public static byte[] Unescape(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\')) return raw.ToArray();
        var text = new MemoryStream(raw.Length);
        while (true)
        {
            var escape = raw.IndexOf((byte)'\\');
            text.Write(escape < 0 ? raw : raw[..escape]);
            if (escape < 0 || escape + 1 >= raw.Length) return text.ToArray();
            raw = raw[(escape + 1)..];
            raw = raw[0] == 'u' ? WriteCode(raw, text) : WriteShort(raw, text);
        }
    }

    /// <summary>The text.</summary>
    public static string Of(ReadOnlySpan<byte> raw) =>
        Encoding.UTF8.GetString(raw.Contains((byte)'\\') ? Unescape(raw) : raw);

    static ReadOnlySpan<byte> WriteShort(ReadOnlySpan<byte> raw, MemoryStream text)
    {
        text.WriteByte(raw[0] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var other => other,
        });
        return raw[1..];
    }

    static ReadOnlySpan<byte> WriteCode(ReadOnlySpan<byte> raw, MemoryStream text)
    {
        var first = CodeOf(raw);
        raw = raw[Math.Min(5, raw.Length)..];
        var rune = Rune.ReplacementChar;
        if (Rune.TryCreate(first, out var single)) rune = single;
        else if (raw.StartsWith("\\u"u8) && Rune.TryCreate(first, CodeOf(raw[1..]), out var pair))
        {
            rune = pair;
            raw = raw[6..];
        }
        Span<byte> bytes = stackalloc byte[4];
        text.Write(bytes[..rune.EncodeToUtf8(bytes)]);
        return raw;
    }

    // uXXXX; anything else is U+FFFD.
    static char CodeOf(ReadOnlySpan<byte> escape) =>
        escape.Length >= 5
        && ushort.TryParse(escape[1..5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            ? (char)code
            : '\ufffd';
}

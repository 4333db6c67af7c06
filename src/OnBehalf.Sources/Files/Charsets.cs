using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Encodings by the names mail gives them: all that .NET knows, code pages included, and a few wrong names that are
/// common. Raw bytes without a name are UTF-8 (RFC 6532) where they can be, else windows-1252.
/// </summary>
static class Charsets
{
    const int LongestName = 40;

    static readonly Encoding Fallback = CodePagesEncodingProvider.Instance.GetEncoding(1252)!; // It is one of them.

    static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8", ["utf-8mb4"] = "utf-8", ["cp-850"] = "ibm850", ["cp850"] = "ibm850", ["cp437"] = "ibm437",
        ["latin1"] = "iso-8859-1", ["latin-1"] = "iso-8859-1", ["iso8859-1"] = "iso-8859-1",
        ["iso8859-15"] = "iso-8859-15", ["windows1252"] = "windows-1252", ["cp1252"] = "windows-1252",
        ["cp-1252"] = "windows-1252", ["win-1251"] = "windows-1251", ["cp1251"] = "windows-1251",
        ["cp1250"] = "windows-1250", ["cp936"] = "gb18030", ["gbk"] = "gb18030", ["gb2312"] = "gb18030",
        ["x-gbk"] = "gb18030", ["ms949"] = "ks_c_5601-1987", ["cp949"] = "ks_c_5601-1987",
        ["cp932"] = "shift_jis", ["windows-31j"] = "shift_jis", ["cp950"] = "big5", ["ansi_x3.4-1968"] = "us-ascii",
        ["646"] = "us-ascii", ["ascii"] = "us-ascii", ["iso-8859-8-e"] = "iso-8859-8",
    };

    // The encodings that are no code page, by all their names. They are listed here because asking the framework for a
    // name that it does not know throws, and mail could make it throw once in every ten bytes.
    static readonly FrozenDictionary<string, Encoding> Framework = new (Encoding Encoding, string Names)[]
    {
        (Encoding.UTF8, "utf-8 unicode-1-1-utf-8 unicode-2-0-utf-8 x-unicode-1-1-utf-8 x-unicode-2-0-utf-8"),
        (Encoding.Unicode, "utf-16 utf-16le unicode ucs-2 iso-10646-ucs-2"),
        (Encoding.BigEndianUnicode, "utf-16be unicodefffe"),
        (Encoding.UTF32, "utf-32 utf-32le"),
        (new UTF32Encoding(bigEndian: true, byteOrderMark: true), "utf-32be"),
        (Encoding.Latin1, "iso-8859-1 iso8859-1 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 l1 cp819 ibm819 csisolatin1"),
        // ASCII that is not is windows-1252 far more often than damage.
        (Fallback, "us-ascii us ascii ansi_x3.4-1968 ansi_x3.4-1986 cp367 ibm367 csascii iso-ir-6 iso646-us iso_646.irv:1991"),
    }.SelectMany(e => e.Names.Split(' ').Select(name => KeyValuePair.Create(name, e.Encoding)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The encoding; null when nobody knows it.</summary>
    public static Encoding? Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LongestName || !Ascii.IsValid(name)) return null;
        if (Ascii.EqualsIgnoreCase(name, "utf-8"u8)) return Encoding.UTF8;
        var text = Encoding.ASCII.GetString(name);
        text = Aliases.GetValueOrDefault(text, text);
        return Framework.GetValueOrDefault(text) ?? CodePagesEncodingProvider.Instance.GetEncoding(text);
    }

    /// <summary>The encoding of raw bytes that come without a name.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> raw) => Utf8.IsValid(raw) ? Encoding.UTF8 : Fallback;
}

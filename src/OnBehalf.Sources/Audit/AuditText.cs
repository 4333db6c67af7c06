using System.IO.Compression;
using System.Text;

namespace OnBehalf.Sources.Audit;

/// <summary>Turns an input into UTF-8 text, by what its first bytes say: gzip, UTF-16, byte order marks.</summary>
static class AuditText
{
    /// <summary>
    /// The text of an input as UTF-8 without a byte order mark. Gzip is known by its magic bytes (RFC 1952, section
    /// 2.3.1); UTF-16, which Windows PowerShell writes for <c>&gt;</c>, by its mark or by a zero beside the first
    /// character, which in every format read here is ASCII.
    /// </summary>
    public static async ValueTask<Stream> OpenAsync(PeekedStream raw, CancellationToken cancellation)
    {
        var text = raw;
        if (await raw.PeekAsync(2, cancellation) is [0x1F, 0x8B])
            text = new PeekedStream(new GZipStream(raw, CompressionMode.Decompress));
        else
            text = new PeekedStream(raw);

        return await text.PeekAsync(2, cancellation) switch
        {
            [0xFF, 0xFE] or [not 0, 0] => Utf8(text, Encoding.Unicode),
            [0xFE, 0xFF] or [0, not 0] => Utf8(text, Encoding.BigEndianUnicode),
            _ => text,
        };
    }

    // A mark survives as EF BB BF and is skipped as in UTF-8.
    static Stream Utf8(Stream text, Encoding encoding) =>
        Encoding.CreateTranscodingStream(text, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}

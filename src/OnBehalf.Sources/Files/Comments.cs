namespace OnBehalf.Sources.Files;

/// <summary>Comments and quoted strings of structured headers (RFC 5322, sections 3.2.2 and 3.2.4).</summary>
static class Comments
{
    /// <summary>Bytes of the comment at the start, nested ones included; all of them when it never ends.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == '(') depth++;
            else if (text[at] == ')' && --depth == 0) return at + 1;
        }
        return text.Length;
    }

    /// <summary>Bytes of the quoted string at the start; 0 when it never ends.</summary>
    public static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 1; at < text.Length; at++)
        {
            var hop = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (hop < 0) return 0;
            at += hop;
            if (text[at] == '"') return at + 1;
            at++;
        }
        return 0;
    }
}

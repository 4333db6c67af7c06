namespace OnBehalf.Sources.Files;

/// <summary>Base64 as mail has it: with missing padding, white space and worse in between (RFC 2045, section 6.8).</summary>
static class Base64Text
{
    /// <summary>Writes the bytes, never more than there are letters; says how many.</summary>
    public static int Decode(ReadOnlySpan<byte> letters, Span<byte> into)
    {
        var (length, bits, held) = (0, 0, 0);
        foreach (var letter in letters)
        {
            var six = Value(letter);
            if (six < 0) continue;
            bits = (bits << 6 | six) & 0xFFFFFF;
            held += 6;
            if (held < 8) continue;
            held -= 8;
            into[length++] = (byte)(bits >> held & 0xFF);
        }
        return length;
    }

    static int Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}

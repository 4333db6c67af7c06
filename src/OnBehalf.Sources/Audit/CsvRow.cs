namespace OnBehalf.Sources.Audit;

/// <summary>Where a field of a row lies, without its quotes.</summary>
readonly record struct CsvField(int Start, int Length, bool IsQuoted);

/// <summary>Splits the rows of comma-separated values (RFC 4180) where they lie, without copying them.</summary>
static class CsvRow
{
    /// <summary>How many columns are looked at: Splunk's re-export has about 45.</summary>
    public const int ColumnLimit = 1000;

    /// <summary>The row is not complete: a line end, or a closing quote, is missing.</summary>
    public const int Incomplete = -1;

    /// <summary>Splits the first row; gives its length with the line end, or <see cref="Incomplete"/>.</summary>
    /// <param name="bytes">From the beginning of the row.</param>
    /// <param name="delimiter">Comma, semicolon or tab.</param>
    /// <param name="ended">Whether the input ends with these bytes.</param>
    /// <param name="fields">Filled with the row's fields.</param>
    public static int Split(ReadOnlySpan<byte> bytes, byte delimiter, bool ended, List<CsvField> fields)
    {
        fields.Clear();
        var at = 0;
        while (true)
        {
            var field = at < bytes.Length && bytes[at] == '"' ? Quoted(bytes, ref at, ended) : null;
            if (field is null && at < bytes.Length && bytes[at] == '"') return Incomplete;

            // What stands between a closing quote and the delimiter belongs to nothing.
            var length = bytes[at..].IndexOfAny(delimiter, (byte)'\n');
            if (length < 0 && !ended) return Incomplete;
            var end = length < 0 ? bytes.Length : at + length;
            var isLast = length < 0 || bytes[end] == '\n';
            field ??= new(at, bytes[at..end].TrimEnd((byte)'\r').Length, IsQuoted: false);
            if (fields.Count < ColumnLimit) fields.Add(field.Value);
            at = length < 0 ? end : end + 1;
            if (isLast) return at;
        }
    }

    /// <summary>The text of a field: quotes are doubled inside quotes.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> row, CsvField field, ref byte[] scratch)
    {
        var source = row.Slice(field.Start, field.Length);
        if (!field.IsQuoted || !source.Contains((byte)'"')) return source;
        if (scratch.Length < source.Length) scratch = new byte[Math.Max(source.Length, scratch.Length * 2)];
        var written = 0;
        while (true)
        {
            var quote = source.IndexOf((byte)'"');
            var piece = quote < 0 ? source.Length : quote + 1;
            source[..piece].CopyTo(scratch.AsSpan(written));
            written += piece;
            if (quote < 0) return scratch.AsSpan(0, written);
            source = source[Math.Min(piece + 1, source.Length)..];
        }
    }

    // Null, and standing where it stood, when the closing quote is not at hand.
    static CsvField? Quoted(ReadOnlySpan<byte> bytes, ref int at, bool ended)
    {
        var end = at + 1;
        while (true)
        {
            var quote = bytes[end..].IndexOf((byte)'"');
            if (quote < 0) return null;
            end += quote;
            if (end + 1 == bytes.Length && !ended) return null;
            if (end + 1 == bytes.Length || bytes[end + 1] != '"') break;
            end += 2;
        }
        var field = new CsvField(at + 1, end - at - 1, IsQuoted: true);
        at = end + 1;
        return field;
    }
}

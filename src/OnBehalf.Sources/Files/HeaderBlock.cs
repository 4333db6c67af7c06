namespace OnBehalf.Sources.Files;

/// <summary>How the search for the end of a header block went.</summary>
enum BlockEnd
{
    /// <summary>More bytes are needed.</summary>
    Unknown,
    /// <summary>It ends with an empty line, which is part of it.</summary>
    EmptyLine,
    /// <summary>The next message starts without an empty line or a body.</summary>
    FromLine,
    /// <summary>The file ends.</summary>
    EndOfFile,
    /// <summary>It is longer than <see cref="MailLimits.HeaderBlock"/>.</summary>
    TooLong,
}

/// <summary>
/// The header block at the start of some bytes: where the wanted fields lie, found in one pass over its lines
/// (RFC 5322, section 2.2; obsolete forms of section 4.5). Of a repeated header the first one counts.
/// Lines that are no header, as mbox programs leave them, are passed over.
/// </summary>
sealed class HeaderBlock(HeaderNames names)
{
    readonly (int Start, int End)[] _fields = new (int, int)[names.Count];

    /// <summary>Bytes of the block, its empty line included.</summary>
    public int Length { get; private set; }

    /// <summary>Whether a field is longer than <see cref="MailLimits.Field"/>, so that only its start is read.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Looks for the end of the block and for its fields.</summary>
    /// <param name="bytes">Bytes from the start of the block; they may hold more than the block.</param>
    /// <param name="isLast">Whether the file ends with these bytes.</param>
    /// <param name="splits">Whether a dated From line starts the next message.</param>
    public BlockEnd Find(ReadOnlySpan<byte> bytes, bool isLast, bool splits)
    {
        Array.Clear(_fields);
        IsCut = false;
        var tooLong = bytes.Length > MailLimits.HeaderBlock;
        if (tooLong) bytes = bytes[..MailLimits.HeaderBlock];
        var current = -1;
        for (var at = 0; at < bytes.Length;)
        {
            var length = bytes[at..].IndexOf((byte)'\n');
            if (length < 0 && (tooLong || !isLast)) break;
            var line = length < 0 ? bytes[at..] : bytes.Slice(at, length);
            var next = at + line.Length + (length < 0 ? 0 : 1);
            if (line is [] or [(byte)'\r']) return Ends(BlockEnd.EmptyLine, next);
            if (splits && line[0] == 'F' && FromLine.Is(line)) return Ends(BlockEnd.FromLine, at);
            if (line[0] is (byte)' ' or (byte)'\t') Extend(current, at + line.Length);
            else current = Begin(line, at);
            at = next;
        }
        if (tooLong || bytes.Length == MailLimits.HeaderBlock) return BlockEnd.TooLong;
        return isLast ? Ends(BlockEnd.EndOfFile, bytes.Length) : BlockEnd.Unknown;
    }

    /// <summary>The value of a header as it stands, with its folds, or nothing.</summary>
    /// <param name="bytes">The bytes that were searched.</param>
    /// <param name="header">Number of the header.</param>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> bytes, int header)
    {
        var (start, end) = _fields[header];
        return bytes[start..Math.Min(end, start + MailLimits.Field)].Trim(" \t\r\n"u8);
    }

    /// <summary>Forgets all fields, for headers that come one by one rather than as a block.</summary>
    public void Clear()
    {
        Array.Clear(_fields);
        (Length, IsCut) = (0, false);
    }

    /// <summary>Notes where the value of a header lies; the first of a repeated one counts.</summary>
    public void Note(int header, int start, int end)
    {
        if (!Has(header)) _fields[header] = (start, end);
    }

    /// <summary>Whether the header is there.</summary>
    public bool Has(int header) => _fields[header].End > 0;

    BlockEnd Ends(BlockEnd end, int length)
    {
        Length = length;
        return end;
    }

    void Extend(int field, int end)
    {
        if (field < 0) return;
        _fields[field].End = end;
        IsCut |= end - _fields[field].Start > MailLimits.Field;
    }

    int Begin(ReadOnlySpan<byte> line, int at)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0) return -1;
        // White space between the name and the colon: RFC 5322, section 4.5.
        var name = line[..colon].TrimEnd(" \t"u8);
        var number = names.Find(name);
        if (number < 0 || Has(number)) return -1;
        _fields[number] = (at + colon + 1, at + colon + 1);
        Extend(number, at + line.Length);
        return number;
    }
}

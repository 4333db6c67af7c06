using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Finds the messages in the bytes of one file after another, whatever pieces the bytes come in. Bodies pass by and are
/// not kept. A file that begins with a From line is an mbox, any other is one message.
/// </summary>
sealed class MailSplitter(HeaderBlock block, MessageReader reader, MailBatch batch)
{
    // What is kept in view behind a place that may turn out to start a message: an empty line, and half a From line.
    const int LookBehind = 4;
    const int Tail = 8;
    const int NeedsMore = -1;

    State _state;
    string _name = "";
    bool _isSingle, _isMbox, _atBodyStart;
    long _offset, _start;
    int _number;
    MessageFact? _open;

    enum State { FileStart, Headers, Body }

    /// <summary>Begins a file.</summary>
    /// <param name="name">The file as the operator named it.</param>
    /// <param name="isSingle">Whether it holds one message whatever it looks like, as in a Maildir.</param>
    public void Begin(string name, bool isSingle)
    {
        (_name, _isSingle, _isMbox, _state) = (name, isSingle, false, State.FileStart);
        (_offset, _start, _number, _open) = (0, 0, 0, null);
    }

    /// <summary>Reads on; says how many bytes were used. The others must come again, with more behind them.</summary>
    /// <param name="bytes">What was not used before, and what follows it.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <param name="isBroken">Whether the file breaks off here: half a header block says nothing then.</param>
    public int Read(ReadOnlySpan<byte> bytes, bool isLast, bool isBroken = false)
    {
        var used = 0;
        while (used < bytes.Length)
        {
            var rest = bytes[used..];
            var step = _state switch
            {
                State.FileStart => ReadFileStart(rest, isLast),
                State.Headers => ReadHeaders(rest, isLast, isBroken),
                _ => ReadBody(rest, isLast),
            };
            if (step == NeedsMore) break;
            used += step;
            _offset += step;
        }
        if (isLast) EndFile(isBroken);
        return used;
    }

    int ReadFileStart(ReadOnlySpan<byte> rest, bool isLast)
    {
        if (rest.Length < 5 && !isLast) return NeedsMore;
        if (rest.StartsWith("\uFEFF"u8)) return 3;
        if (rest[0] is (byte)'\n' or (byte)'\r') return 1;
        if (!_isSingle && rest.StartsWith(FromLine.Start))
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && !isLast && rest.Length <= MailLimits.FromLine) return NeedsMore;
            _isMbox = end >= 0 && end <= MailLimits.FromLine;
            if (_isMbox) return BeginMessage(end + 1);
        }
        return BeginMessage(0);
    }

    int BeginMessage(int step)
    {
        (_state, _start) = (State.Headers, _offset + step);
        _number++;
        return step;
    }

    int ReadHeaders(ReadOnlySpan<byte> rest, bool isLast, bool isBroken)
    {
        var end = block.Find(rest, isLast, _isMbox);
        if (end == BlockEnd.Unknown) return NeedsMore;
        (_state, _open) = (State.Body, null);
        _atBodyStart = end is BlockEnd.EmptyLine or BlockEnd.FromLine;
        if (end == BlockEnd.TooLong)
        {
            batch.Add(Damaged($"its headers are longer than {MailLimits.HeaderBlock / 1024} KiB"));
            return MailLimits.HeaderBlock;
        }
        if (end == BlockEnd.EndOfFile && isBroken) return block.Length;
        var fields = new Fields(rest, block);
        _open = reader.Read(fields);
        if (_open is null) batch.Add(Damaged("it has none of the headers that mail has"));
        else if (block.IsCut) batch.Add(new(Place, $"Read in part: a header is longer than {MailLimits.Field / 1024} KiB."));
        if (_open is not null && _isMbox) Claim(fields);
        return block.Length;
    }

    void Claim(in Fields fields)
    {
        var length = fields[Header.ContentLength];
        if (Words.Number(length) is > 0 and var bytes) batch.Claim(_offset + block.Length + bytes);
    }

    int ReadBody(ReadOnlySpan<byte> rest, bool isLast)
    {
        if (!_isMbox) return rest.Length;
        if (_atBodyStart && rest.Length < FromLine.Start.Length && !isLast) return NeedsMore;
        for (var at = 0; FindFrom(rest, at) is var from and >= 0; at = from + 1)
        {
            var line = rest[from..];
            var end = line.IndexOf((byte)'\n');
            if (end < 0 && !isLast && line.Length <= MailLimits.FromLine) return Keep(from - LookBehind);
            if (end < 0) end = line.Length;
            if (!FromLine.Is(line[..end])) continue;
            EndMessage(_offset + from, EmptyLineBefore(rest, from));
            return BeginMessage(from + Math.Min(end + 1, line.Length));
        }
        return isLast ? ReadLast(rest) : Keep(rest.Length - Tail);
    }

    int FindFrom(ReadOnlySpan<byte> rest, int at)
    {
        if (at == 0 && _atBodyStart && rest.StartsWith(FromLine.Start)) return 0;
        var found = rest[at..].IndexOf("\nFrom "u8);
        return found < 0 ? -1 : at + found + 1;
    }

    int Keep(int used)
    {
        if (used <= 0) return NeedsMore;
        _atBodyStart = false;
        return used;
    }

    int ReadLast(ReadOnlySpan<byte> rest)
    {
        EndMessage(_offset + rest.Length, EmptyLineBefore(rest, rest.Length));
        return rest.Length;
    }

    // The empty line before a From line belongs to the mbox, not to the message (RFC 4155, appendix A).
    static int EmptyLineBefore(ReadOnlySpan<byte> rest, int at)
    {
        if (at < 1 || rest[at - 1] != '\n') return 0;
        if (at == 1 || rest[at - 2] == '\n') return 1;
        return rest[at - 2] == '\r' && (at == 2 || rest[at - 3] == '\n') ? 2 : 0;
    }

    void EndMessage(long end, int emptyLine)
    {
        if (_open is not null) batch.Add(reader.Finish(_open, end - emptyLine - _start), _start);
        _open = null;
        batch.Settle(end, emptyLine);
    }

    void EndFile(bool isBroken)
    {
        if (_state == State.Headers && !isBroken) batch.Add(Damaged("there is nothing of it"));
        EndMessage(_offset, 0);
        batch.Release();
    }

    Damage Damaged(string reason) => new(Place, $"Not read: {reason}.");

    string Place => _isMbox ? $"{_name}, message {_number} at byte {_start}" : _name;
}

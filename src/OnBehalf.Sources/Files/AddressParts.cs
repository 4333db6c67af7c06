using System.Buffers;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Splits an address list into its mailboxes (RFC 5322, sections 3.4 and 4.4): names, comments, quoted strings, groups
/// and routes are passed over. What is broken is cut at the next comma.
/// </summary>
ref struct AddressParts(ReadOnlySpan<byte> list)
{
    readonly ReadOnlySpan<byte> _list = list;
    int _at;
    bool _noMoreQuotes, _noMoreLiterals;

    /// <summary>What stands in angle brackets, or the bare text where there are none.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Whether <see cref="Current"/> stood in angle brackets.</summary>
    public bool IsAngle { get; private set; }

    static readonly SearchValues<byte> Marks = SearchValues.Create("\"(<,;:["u8);

    /// <summary>Goes to the next mailbox.</summary>
    public bool MoveNext()
    {
        if (_at >= _list.Length) return false;
        var start = _at;
        IsAngle = false;
        while (_list[_at..].IndexOfAny(Marks) is var hop and >= 0)
        {
            _at += hop;
            if (_list[_at] is (byte)',' or (byte)';') return Ends(start, _at++);
            if (_list[_at] == ':') start = ++_at; // The name of a group ends here.
            else Skip();
        }
        _at = _list.Length;
        return Ends(start, _at);
    }

    bool Ends(int start, int end)
    {
        if (!IsAngle) Current = _list[start..end].Trim(Words.Space);
        return true;
    }

    void Skip()
    {
        var rest = _list[_at..];
        switch (rest[0])
        {
            case (byte)'<':
                TakeAngle(rest);
                break;
            case (byte)'(':
                _at += Comments.Length(rest);
                break;
            case (byte)'[':
                var close = _noMoreLiterals ? -1 : rest.IndexOf((byte)']');
                _noMoreLiterals |= close < 0;
                _at += Math.Max(close, 0) + 1;
                break;
            default:
                var length = _noMoreQuotes ? 0 : Comments.QuotedLength(rest);
                _noMoreQuotes |= length == 0; // Else the end of every lone quote would be sought to the end again.
                _at += Math.Max(length, 1);
                break;
        }
    }

    // Of two pairs of brackets the first counts: what follows an address is not part of it.
    void TakeAngle(ReadOnlySpan<byte> rest)
    {
        var open = rest.IndexOfAnyExcept((byte)'<');
        if (open < 0) open = rest.Length;
        var quoted = open < rest.Length && rest[open] == '"' ? Comments.QuotedLength(rest[open..]) : 0;
        var ends = open < rest.Length && rest[open] is (byte)'/' or (byte)'@' ? ">"u8 : "<>,;"u8;
        var end = rest[(open + quoted)..].IndexOfAny(ends);
        end = end < 0 ? rest.Length : open + quoted + end;
        if (!IsAngle) Current = rest[open..end].Trim(Words.Space);
        IsAngle = true;
        _at += end < rest.Length && rest[end] == '>' ? end + 1 : Math.Max(end, 1);
    }
}

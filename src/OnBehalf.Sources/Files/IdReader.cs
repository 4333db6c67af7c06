using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Reads Message-IDs (RFC 5322, section 3.6.4): what stands between angle brackets. Each is hashed once; a reference
/// that the message answers anyway is left out, for joining would ask for it twice.
/// </summary>
sealed class IdReader
{
    readonly (int Start, int Length)[] _last = new (int, int)[MailLimits.References];
    readonly (int Start, int Length)[] _answered = new (int, int)[MailLimits.InReplyTo];

    /// <summary>The id of the message: the first in brackets, else the whole text if it is one word; else nothing.</summary>
    public static ReadOnlySpan<byte> Own(ReadOnlySpan<byte> value)
    {
        var at = 0;
        if (Next(value, ref at, out var id)) return value.Slice(id.Start, Math.Min(id.Length, MailLimits.MessageId));
        return value.ContainsAny(" \t\r\n<>"u8) || value.Length > MailLimits.MessageId ? default : value;
    }

    /// <summary>Keys of In-Reply-To, in order, each once.</summary>
    public static MessageKey[] InReplyTo(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return [];
        var at = 0;
        if (!Next(value, ref at, out var id)) return [];
        var first = Key(value, id);
        if (!Next(value, ref at, out id)) return [first];
        List<MessageKey> keys = [first];
        do
        {
            var key = Key(value, id);
            if (!keys.Contains(key)) keys.Add(key);
        }
        while (keys.Count < MailLimits.InReplyTo && Next(value, ref at, out id));
        return [.. keys];
    }

    /// <summary>Keys of the last References, in order, without those that In-Reply-To has.</summary>
    /// <param name="value">The value of References.</param>
    /// <param name="answered">The value of In-Reply-To.</param>
    public MessageKey[] References(ReadOnlySpan<byte> value, ReadOnlySpan<byte> answered)
    {
        var known = 0;
        for (var from = 0; known < _answered.Length && Next(answered, ref from, out var id); known++) _answered[known] = id;
        var (at, count) = (0, 0);
        while (Next(value, ref at, out var id))
            if (!IsAnswered(answered, value.Slice(id.Start, id.Length), known)) _last[count++ % _last.Length] = id;
        if (count == 0) return [];
        var keys = new MessageKey[Math.Min(count, _last.Length)];
        for (var i = 0; i < keys.Length; i++) keys[i] = Key(value, _last[(count - keys.Length + i) % _last.Length]);
        return keys;
    }

    // The ids are found once, so that many references to many answered messages do not take their product in time.
    bool IsAnswered(ReadOnlySpan<byte> answered, ReadOnlySpan<byte> id, int known)
    {
        foreach (var (start, length) in _answered.AsSpan(0, known))
            if (length == id.Length && answered.Slice(start, length).SequenceEqual(id)) return true;
        return false;
    }

    static MessageKey Key(ReadOnlySpan<byte> value, (int Start, int Length) id)
    {
        var bytes = value.Slice(id.Start, Math.Min(id.Length, MailLimits.MessageId));
        return MessageKey.Of(Unfolded(bytes));
    }

    /// <summary>An id that was folded in the middle, put together.</summary>
    public static ReadOnlySpan<byte> Unfolded(ReadOnlySpan<byte> id)
    {
        if (!id.ContainsAny(Words.Space)) return id;
        var (whole, length) = (new byte[id.Length], 0);
        foreach (var letter in id)
            if (!Words.Space.Contains(letter)) whole[length++] = letter;
        return whole.AsSpan(0, length);
    }

    static bool Next(ReadOnlySpan<byte> value, ref int at, out (int Start, int Length) id)
    {
        id = default;
        while (value[at..].IndexOf((byte)'<') is var open and >= 0)
        {
            var start = at + open + 1;
            var length = value[start..].IndexOfAny((byte)'<', (byte)'>');
            if (length < 0) return false;
            at = start + length;
            if (value[at] == '<' || length == 0) continue;
            id = (start, length);
            return true;
        }
        return false;
    }
}

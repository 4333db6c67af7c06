using System.Buffers;

namespace OnBehalf.Sources.Audit;

/// <summary>The bytes of an input that were read and not yet used. Holds one record at a time.</summary>
sealed class Window(Stream input)
{
    /// <summary>
    /// The longest record, as one JSON object or one row of CSV: 1 MiB. Exchange cuts its records long before that;
    /// what is longer is damaged, and reading goes on after it.
    /// </summary>
    public const int RecordLimit = 1 << 20;

    static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n\ufeff"u8);

    byte[] _bytes = new byte[1 << 16];
    int _start;
    int _end;

    /// <summary>Whether the input holds no more than <see cref="Unread"/>.</summary>
    public bool Ended { get; private set; }

    /// <summary>What has not been consumed.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>The first bytes of <see cref="Unread"/> are done with.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Consumes white space and byte order marks; whether anything else is there.</summary>
    public bool SkipBlank()
    {
        var start = Unread.IndexOfAnyExcept(Blank);
        Consume(start < 0 ? Unread.Length : start);
        return start >= 0;
    }

    /// <summary>Consumes whatever is left: nothing more is wanted of this input.</summary>
    public void Abandon() => (_start, Ended) = (_end, true);

    /// <summary>
    /// Reads on. At least as much is read as is unread, so that a reader which starts over at the beginning of its
    /// record does no more than twice the work, however small the pieces in which the input arrives.
    /// </summary>
    public async ValueTask FillAsync(CancellationToken cancellation)
    {
        var unread = _end - _start;
        var room = unread * 2 > _bytes.Length ? new byte[_bytes.Length * 2] : _bytes;
        Unread.CopyTo(room);
        (_bytes, _start, _end) = (room, 0, unread);

        var wanted = Math.Max(1, unread);
        var read = await input.ReadAtLeastAsync(room.AsMemory(unread), wanted, throwOnEndOfStream: false, cancellation);
        _end += read;
        Ended = read < wanted;
    }
}

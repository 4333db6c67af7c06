namespace OnBehalf.Sources;

/// <summary>A stream whose first bytes can be looked at before it is read, and which counts its bytes.</summary>
sealed class PeekedStream(Stream inner) : Stream
{
    byte[] _head = [];
    int _headRead;

    /// <summary>Bytes taken from the stream below.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The first bytes, fewer where the stream is shorter; they are read again by whoever reads.</summary>
    public async ValueTask<byte[]> PeekAsync(int count, CancellationToken cancellation)
    {
        var head = new byte[count];
        var read = await inner.ReadAtLeastAsync(head, count, throwOnEndOfStream: false, cancellation);
        BytesRead += read;
        return _head = head[..read];
    }

    /// <summary>As <see cref="PeekAsync"/>, for whoever reads on a thread of their own.</summary>
    public byte[] Peek(int count)
    {
        var head = new byte[count];
        var read = inner.ReadAtLeast(head, count, throwOnEndOfStream: false);
        BytesRead += read;
        return _head = head[..read];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_headRead < _head.Length) return ReadHead(buffer.Span);
        var read = await inner.ReadAsync(buffer, cancellationToken);
        BytesRead += read;
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        if (_headRead < _head.Length) return ReadHead(buffer);
        var read = inner.Read(buffer);
        BytesRead += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    int ReadHead(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _head.Length - _headRead);
        _head.AsSpan(_headRead, count).CopyTo(buffer);
        _headRead += count;
        return count;
    }
}

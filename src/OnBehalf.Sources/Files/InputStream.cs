namespace OnBehalf.Sources.Files;

/// <summary>A stream that can be looked into before it is read, and that counts what was read.</summary>
sealed class InputStream(Stream inner) : Stream
{
    readonly byte[] _head = new byte[2];
    int _headLength, _headUsed;

    /// <summary>Bytes read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a gzip member begins here (RFC 1952, section 2.3.1). To be asked before anything is read.</summary>
    public bool IsGzip()
    {
        while (_headLength < _head.Length && inner.Read(_head, _headLength, _head.Length - _headLength) is > 0 and var read)
            _headLength += read;
        return _headLength == 2 && _head[0] == 0x1F && _head[1] == 0x8B;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read;
        if (_headUsed < _headLength)
        {
            read = Math.Min(buffer.Length, _headLength - _headUsed);
            _head.AsSpan(_headUsed, read).CopyTo(buffer);
            _headUsed += read;
        }
        else read = inner.Read(buffer);
        Count += read;
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

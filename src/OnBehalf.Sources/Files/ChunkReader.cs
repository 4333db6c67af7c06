using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>Reads messages out of pieces of files, and keeps what a piece leaves over for the next.</summary>
sealed class ChunkReader
{
    readonly MailBatch _batch;
    readonly MailSplitter _splitter;
    byte[] _leftOver = new byte[4096];
    int _leftOverLength;
    string _file = "";

    public ChunkReader(HeaderNames names, Addresses addresses, MailBatch batch)
    {
        _batch = batch;
        _splitter = new(new(names), new(addresses, names), batch);
    }

    /// <summary>Reads a piece; what was found is in the batch.</summary>
    public void Read(Chunk chunk)
    {
        if (chunk.Begins is { } file)
        {
            _file = file;
            _splitter.Begin(file, chunk.IsSingle);
        }
        var bytes = chunk.After(_leftOver.AsSpan(0, _leftOverLength));
        var used = _splitter.Read(bytes, chunk.IsLast, chunk.Broken is not null);
        Keep(chunk.IsLast ? default : bytes[used..]);
        if (chunk.Broken is { } reason) _batch.Add(new Damage(_file, $"It cannot be read to its end: {reason}"));
    }

    void Keep(ReadOnlySpan<byte> rest)
    {
        if (_leftOver.Length < rest.Length) _leftOver = new byte[Math.Max(rest.Length, _leftOver.Length * 2)];
        rest.CopyTo(_leftOver);
        _leftOverLength = rest.Length;
    }
}

using System.Collections.Concurrent;
using System.IO.Compression;
using System.Threading.Channels;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Reads and unpacks files on a thread of its own, while what it read before is understood on another. A few pieces go
/// round between the two, so memory does not depend on how large files are.
/// </summary>
sealed class FileFeed(IReadOnlyList<string> paths, Stream? standardInput, int chunkSize, CancellationToken cancellation)
{
    const int Chunks = 3;

    readonly BlockingCollection<Chunk> _free = [];
    readonly Channel<Chunk> _full = Channel.CreateUnbounded<Chunk>(new() { SingleReader = true, SingleWriter = true });
    long _bytesBefore;

    /// <summary>Pieces in order; each must be given back by <see cref="Return"/>.</summary>
    public IAsyncEnumerable<Chunk> Pieces => _full.Reader.ReadAllAsync(cancellation);

    /// <summary>Starts the thread. It ends when everything is read, or soon after the cancellation.</summary>
    public void Start()
    {
        for (var i = 0; i < Chunks; i++) _free.Add(new(chunkSize));
        new Thread(ReadAll) { IsBackground = true, Name = "mail files" }.Start();
    }

    /// <summary>Gives back a piece that is understood.</summary>
    public void Return(Chunk chunk) => _free.Add(chunk);

    void ReadAll()
    {
        try
        {
            foreach (var path in paths)
            {
                if (path == FileMailSource.StandardInput) Read(new(path, false, 0), () => standardInput ?? Stream.Null);
                else foreach (var file in FileWalk.Files(path)) Read(file, () => Open(file));
            }
            _full.Writer.Complete();
        }
        catch (Exception failure) // Whatever it is, it belongs to the reader, who waits for more.
        {
            _full.Writer.TryComplete(failure);
        }
    }

    static Stream Open(FoundFile file) => file.Refusal is { } refusal ? throw new IOException(refusal)
        : new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    void Read(FoundFile file, Func<Stream> open)
    {
        var chunk = Take(file);
        PeekedStream? input = null;
        try
        {
            input = new(open());
            // A gzip member begins so (RFC 1952, section 2.3.1).
            using Stream content = input.Peek(2) is [0x1F, 0x8B] ? new GZipStream(input, CompressionMode.Decompress) : input;
            while (!Fill(chunk, content))
            {
                Send(chunk, input.BytesRead);
                chunk = Take(null);
            }
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            chunk.Broken = broken.Message;
        }
        chunk.IsLast = true;
        Send(chunk, input?.BytesRead ?? 0);
        _bytesBefore += input?.BytesRead ?? 0;
    }

    Chunk Take(FoundFile? file)
    {
        var chunk = _free.Take(cancellation);
        (chunk.Begins, chunk.IsSingle) = (file?.Path, file?.IsSingle ?? false);
        (chunk.Length, chunk.IsLast, chunk.Broken) = (0, false, null);
        return chunk;
    }

    // True at the end of the stream.
    bool Fill(Chunk chunk, Stream content)
    {
        while (chunk.Length < chunk.Room.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = content.Read(chunk.Room[chunk.Length..]);
            if (read == 0) return true;
            chunk.Length += read;
        }
        return false;
    }

    void Send(Chunk chunk, long count)
    {
        chunk.BytesRead = _bytesBefore + count;
        _full.Writer.TryWrite(chunk);
    }
}

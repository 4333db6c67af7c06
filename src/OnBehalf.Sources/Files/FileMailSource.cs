using System.Runtime.CompilerServices;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Mail files as a source of messages: single messages (<c>.eml</c>), mbox in all its kinds, Maildir, folders of them,
/// any of them packed with gzip, and standard input. What a file is is found out from its content, not its name.
/// Only headers are kept; files and bodies of any size pass through constant memory.
/// </summary>
/// <param name="paths">Files and folders; <c>-</c> is standard input.</param>
/// <param name="options">What the operator said about them.</param>
/// <param name="addresses">Where addresses get their numbers.</param>
/// <param name="standardInput">Standard input; needed when <c>-</c> is among the paths.</param>
public sealed class FileMailSource(
    IReadOnlyList<string> paths, MailFileOptions options, Addresses addresses, Stream? standardInput) : IMailSource
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    // Large enough that handing a piece over costs nothing, small enough to stay in the cache of a processor.
    const int ChunkSize = 1024 * 1024;

    /// <summary>Bytes of all files as they lie on disk, for progress; 0 when standard input is among them.</summary>
    /// <exception cref="Mistake"><c>not_found</c>: a path does not exist.</exception>
    public long CountBytes()
    {
        Check();
        return paths.Contains(StandardInput) ? 0 : paths.SelectMany(FileWalk.Files).Sum(file => file.Length);
    }

    /// <summary>How many bytes are read at a time; what is read must not depend on it.</summary>
    internal int BytesAtATime { get; init; } = ChunkSize;

    /// <summary>Reads pages of about a thousand messages. What is damaged is listed with its place, and reading goes on.</summary>
    /// <exception cref="Mistake">A path does not exist (not_found), or a header has no possible name (invalid).</exception>
    public async IAsyncEnumerable<MailPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Check();
        var names = new HeaderNames(options.AuthorHeaders);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feed = new FileFeed(paths, standardInput, BytesAtATime, stop.Token);
        var batch = new MailBatch();
        var reader = new ChunkReader(names, addresses, batch);
        var bytesRead = 0L;
        feed.Start();
        try
        {
            await foreach (var chunk in feed.Pieces.ConfigureAwait(false))
            {
                reader.Read(chunk);
                bytesRead = chunk.BytesRead;
                feed.Return(chunk);
                if (batch.IsFull) yield return batch.Take(bytesRead);
            }
            if (!batch.IsEmpty) yield return batch.Take(bytesRead);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    void Check()
    {
        foreach (var path in paths)
        {
            if (path == StandardInput || File.Exists(path) || Directory.Exists(path)) continue;
            throw new Mistake("not_found",
                $"There is no file or folder \"{path}\". Name an mbox, an .eml file, a Maildir, a folder of them, or - for "
                + "standard input.");
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using OnBehalf.Engine;
using OnBehalf.Engine.Conversations;

namespace OnBehalf.Store;

/// <summary>
/// A file beside the database for what joining a mailbox of millions does not hold in memory: some 25 bytes a message. It is
/// nobody else's, and it is gone when it is closed or the process ends, however that ends.
/// </summary>
public sealed class SpillFile : IDisposable
{
    readonly string _path;
    readonly SafeFileHandle _file;

    SpillFile(string path, SafeFileHandle file, int pagesAtHand, int pageBits)
    {
        (_path, _file) = (path, file);
        Pages = new(Put, Take, pagesAtHand, pageBits);
    }

    /// <summary>What joining puts into it. One thread at a time.</summary>
    public Spill Pages { get; }

    /// <summary>Opens one; null where the database's folder takes no file, as for whoever may only read it.</summary>
    /// <param name="store">The store beside which it lies.</param>
    /// <param name="pagesAtHand">See <see cref="Spill"/>.</param>
    /// <param name="pageBits">See <see cref="Spill"/>.</param>
    public static SpillFile? TryOpen(MailStore store, int pagesAtHand = Spill.UsualPages, int pageBits = Spill.UsualBits)
    {
        var path = $"{store.Path}-joining-{Guid.NewGuid():N}";
        try
        {
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
            // Its name goes at once, so that even a killed process leaves nothing; Windows does that by itself.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
            return new(path, file, pagesAtHand, pageBits);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    void Put(long page, ReadOnlySpan<int> numbers)
    {
        var bytes = MemoryMarshal.AsBytes(numbers);
        try
        {
            RandomAccess.Write(_file, bytes, page * bytes.Length);
        }
        catch (Exception refusal) when (refusal is IOException or ArgumentOutOfRangeException) // The latter: larger than files may be.
        {
            throw new Mistake("unavailable",
                $"{_path} cannot be written: {refusal.Message} Joining a large mailbox needs some 25 bytes of disk for each message, "
                + "until it is done; what was imported is stored. Make room and run onbehalf rebuild.");
        }
    }

    void Take(long page, Span<int> numbers)
    {
        var bytes = MemoryMarshal.AsBytes(numbers);
        var at = page * bytes.Length;
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file, bytes, at);
            if (read == 0) throw new EndOfStreamException($"{_path} ends too early.");
            bytes = bytes[read..];
            at += read;
        }
    }
}

using OnBehalf.Engine;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>How to wait for another writer.</summary>
/// <param name="Limit">How long at most.</param>
/// <param name="Say">Told once, when waiting begins, who holds the store.</param>
public sealed record WriterTurn(TimeSpan Limit, Action<string> Say);

/// <summary>
/// The right to write. The operating system's lock on the file <c>-writer</c> beside the store decides, and ends with
/// the process however it ends: a dead holder blocks nobody. Who holds it is noted in the store, where readers see it.
/// </summary>
sealed class WriterLease : IDisposable
{
    /// <summary>How often a waiting writer looks again: quick for a person, and nothing for the machine.</summary>
    static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);

    readonly FileStream _lock;
    readonly long _since;

    WriterLease(FileStream @lock, long since) => (_lock, _since) = (@lock, since);

    /// <summary>Takes the right, or waits for it.</summary>
    /// <exception cref="Mistake">
    /// busy: somebody else has it, and is named. unavailable: no folder, no permission.
    /// </exception>
    public static WriterLease Take(string path, TimeProvider time, WriterTurn? turn)
    {
        MakeFolder(path);
        var started = time.GetTimestamp();
        for (var isFirst = true; ; isFirst = false)
        {
            if (TryLock(path) is { } held) return new(held, time.GetUtcNow().ToUnixTimeSeconds());
            var holder = Holder(path);
            if (turn is null || time.GetElapsedTime(started) >= turn.Limit)
                throw new Mistake("busy", $"{path} is being written by {holder}. "
                    + "Reading works meanwhile; to write, wait until it has ended, or end it.");
            if (isFirst) turn.Say($"Waiting for {holder} to finish writing {path}.");
            Task.Delay(LookAgain, time).GetAwaiter().GetResult();
        }
    }

    /// <summary>Notes in the store who writes.</summary>
    public void Sign(Sqlite database) => Note(database, Environment.ProcessId, Command(), _since);

    /// <summary>Notes in the store that nobody writes. A disk too full for that is no reason to fail.</summary>
    public void Release(Sqlite database)
    {
        try
        {
            database.Undo(); // Else the note would be undone with a transaction that was left open.
            Note(database, null, null, null);
        }
        catch (Mistake)
        {
            // The lock ends all the same, and the note is looked at only while somebody holds the lock.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    static void Note(Sqlite database, long? process, string? command, long? since)
    {
        using var statement = database.Prepare("WriterLease.Note.sql");
        statement.Bind(1, process).Bind(2, command).Bind(3, since).Execute();
    }

    static FileStream? TryLock(string path)
    {
        try
        {
            return new(path + "-writer", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (UnauthorizedAccessException refusal)
        {
            throw Unavailable(path, refusal);
        }
        catch (IOException refusal) when (!IsSharing(refusal))
        {
            throw Unavailable(path, refusal);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // EWOULDBLOCK of flock on Linux (11) and macOS (35); ERROR_SHARING_VIOLATION on Windows.
    static bool IsSharing(IOException refusal) =>
        refusal.HResult is 11 or 35 or unchecked((int)0x80070020);

    static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // A full path of a file has a folder.
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(path, refusal);
        }
    }

    static Mistake Unavailable(string path, Exception refusal) => new("unavailable",
        $"{path} cannot be written: {refusal.Message} Check its folder and permissions, or name another path.");

    static string Holder(string path)
    {
        try
        {
            using var database = Sqlite.Open(path, writes: false);
            using var statement = database.Prepare("WriterLease.Holder.sql");
            if (statement.Step() && !statement.IsNull(0))
                return $"process {statement.Long(0)} ({statement.Text(1)}) since {statement.Text(2)} UTC";
        }
        catch (Exception fault) when (fault is Mistake or InvalidOperationException)
        {
            // The holder is just creating the store.
        }
        return "another process";
    }

    // Arguments may hold addresses; the program and its verbs are enough to recognise it.
    static string Command() => string.Join(' ', Environment.GetCommandLineArgs().Skip(1)
        .TakeWhile(argument => argument.Length > 0 && argument.All(char.IsAsciiLetter))
        .Prepend(Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "a program"));
}

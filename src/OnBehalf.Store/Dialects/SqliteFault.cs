using OnBehalf.Engine;
using SQLitePCL;

namespace OnBehalf.Store.Dialects;

/// <summary>Says in words what SQLite's result codes say in numbers (sqlite.org/rescode.html).</summary>
static class SqliteFault
{
    /// <summary>
    /// The exception for a result code: a <see cref="Mistake"/> where a person can do something, else a defect.
    /// </summary>
    /// <param name="code">Extended result code.</param>
    /// <param name="detail">SQLite's own words.</param>
    /// <param name="path">The file.</param>
    public static Exception Of(int code, string detail, string path) => (code & 0xff) switch
    {
        raw.SQLITE_NOTADB => new Mistake("damaged",
            $"{path} is not a database: it is some other file, or its beginning is destroyed. Nothing was changed. "
            + "Name another path, or put a backup in its place."),
        raw.SQLITE_CORRUPT => new Mistake("damaged",
            $"{path} is damaged ({detail}). Nothing was changed. Put a backup in its place, or begin a new store and "
            + "import the same files again."),
        raw.SQLITE_FULL => new Mistake("unavailable",
            $"There is no room left for {path} ({detail}). The store is as it was before this step; what was reported "
            + "as imported is in it. Free some space and repeat the command: what is known is not added twice."),
        raw.SQLITE_IOERR => new Mistake("unavailable",
            $"Reading or writing {path} failed ({detail}, SQLite {code}). The store is as it was before this step. "
            + "Check the disk, its free space and its limits, and repeat the command."),
        raw.SQLITE_CANTOPEN => new Mistake("unavailable",
            $"{path} cannot be opened ({detail}). Check that its folder exists and may be written to: SQLite keeps a "
            + "-wal and a -shm file beside it."),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => new Mistake("unavailable",
            $"{path} cannot be written to ({detail}). Check the permissions of the file and of its folder."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new Mistake("busy",
            $"{path} is in use by another program ({detail}). Try again when that one has ended."),
        raw.SQLITE_NOMEM => new OutOfMemoryException($"SQLite: {detail}"),
        _ => new InvalidOperationException($"SQLite {code}: {detail} ({path})"),
    };
}

using SQLitePCL;

namespace OnBehalf.Store.Dialects;

/// <summary>
/// One connection to one SQLite file. For one thread at a time: every thread that reads opens its own.
/// </summary>
sealed class Sqlite : IDisposable
{
    /// <summary>
    /// How long SQLite itself waits for a lock: only for the short ones of recovery and checkpoints, since the
    /// writers' own turns are kept by <see cref="WriterLease"/>.
    /// </summary>
    const int BusyMilliseconds = 10_000;

    readonly sqlite3 _handle;

    Sqlite(sqlite3 handle, string path) => (_handle, Path) = (handle, path);

    static Sqlite() => Batteries_V2.Init();

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Makes what is being executed fail with SQLITE_INTERRUPT; any thread may say so (sqlite.org/c3ref/interrupt.html).</summary>
    public void Interrupt()
    {
        if (!_handle.IsClosed) raw.sqlite3_interrupt(_handle);
    }

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file; created when absent and <paramref name="writes"/>.</param>
    /// <param name="writes">Whether the connection may write.</param>
    /// <param name="immutable">
    /// Read without locks and without -wal and -shm: for a file at rest in a folder that may not be written to.
    /// </param>
    public static Sqlite Open(string path, bool writes, bool immutable = false)
    {
        var flags = (writes ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY)
            | raw.SQLITE_OPEN_NOMUTEX | (immutable ? raw.SQLITE_OPEN_URI : 0);
        var name = immutable ? $"file:{Uri.EscapeDataString(path)}?immutable=1" : path;
        var code = raw.sqlite3_open_v2(name, out var handle, flags, null);
        var database = new Sqlite(handle, path);
        try
        {
            database.Check(code);
            database.Check(raw.sqlite3_extended_result_codes(handle, 1));
            database.Check(raw.sqlite3_busy_timeout(handle, BusyMilliseconds));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Prepares the statement of an embedded file.</summary>
    public Statement Prepare(string name) => PrepareText(SqlText.Of(name));

    /// <summary>Prepares a statement by its text.</summary>
    public Statement PrepareText(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return new(this, statement);
    }

    /// <summary>Executes one or several statements, discarding rows.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    /// <summary>The number that a pragma answers.</summary>
    public long Pragma(string name)
    {
        using var statement = PrepareText($"pragma {name}");
        return statement.Step() ? statement.Long(0) : 0;
    }

    /// <summary>Begins a writing transaction; it is undone unless it is committed.</summary>
    public Transaction Begin()
    {
        Execute("begin immediate");
        return new(this);
    }

    /// <summary>The same where none is open, else that one.</summary>
    public Transaction BeginOrGoOn() => InTransaction ? new(this) : Begin();

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Undoes the transaction that is open, if any. SQLite itself may have undone it after a fault.</summary>
    public void Undo()
    {
        if (InTransaction) Execute("rollback");
    }

    /// <summary>Throws what a result code means.</summary>
    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)) throw Fault(code);
    }

    /// <summary>What a result code means.</summary>
    public Exception Fault(int code) => SqliteFault.Of(
        raw.sqlite3_extended_errcode(_handle) is var extended && (extended & 0xff) == (code & 0xff) ? extended : code,
        raw.sqlite3_errmsg(_handle).utf8_to_string(), Path);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}

/// <summary>A writing transaction.</summary>
readonly ref struct Transaction(Sqlite database)
{
    /// <summary>Makes it durable: when this returns, the transaction survives loss of power.</summary>
    public void Commit() => database.Execute("commit");

    /// <summary>Undoes it unless it is committed.</summary>
    public void Dispose() => database.Undo();
}

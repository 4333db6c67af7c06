using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Store;

/// <summary>Whether a store is opened to be read, or to be changed.</summary>
public enum StoreAccess
{
    /// <summary>Reads, whatever others do. Sees what was committed when each question is asked.</summary>
    Read,
    /// <summary>Writes: one program at a time, and one store at a time within it.</summary>
    Write,
}

/// <summary>
/// One file with everything OnBehalf knows: facts (ground, append-only), findings (derived, replaced), settings.
/// For one thread at a time; every thread that reads opens its own.
/// </summary>
public sealed class MailStore : IDisposable
{
    readonly Sqlite _database;
    readonly WriterLease? _lease;
    readonly AddressBook _addresses;
    bool _isChanging;

    MailStore(Sqlite database, WriterLease? lease, TimeProvider time, AddressBook? addresses = null)
    {
        (_database, _lease, Time) = (database, lease, time);
        _addresses = new(database, addresses);
        Facts = new(this);
        Findings = new(this);
        Subscriptions = new(this);
        Settings = new(this);
        Setup = new(this);
        Accounts = new(this);
        Readings = new(this);
        Pictures = new(this);
    }

    /// <summary>The file.</summary>
    public string Path => _database.Path;

    /// <summary>
    /// Every address met. A writer may intern new ones: they are stored with the next thing that is. A reader looks
    /// up with <see cref="Addresses.Find"/> and never interns, since its numbers would be others than the writer's.
    /// </summary>
    public Addresses Addresses => _addresses.All;

    /// <summary>What was observed.</summary>
    public FactStore Facts { get; }

    /// <summary>What was found out.</summary>
    public FindingStore Findings { get; }

    /// <summary>Which mailboxes Graph tells us about.</summary>
    public SubscriptionStore Subscriptions { get; }

    /// <summary>What the administrator wants.</summary>
    public SettingsStore Settings { get; }

    /// <summary>What the set-up check found.</summary>
    public SetupStore Setup { get; }

    /// <summary>Which mailboxes of which tenants are read, and how far.</summary>
    public AccountStore Accounts { get; }

    /// <summary>How far the audit log was read.</summary>
    public ReadingStore Readings { get; }

    /// <summary>What the tenant looked like when somebody last looked.</summary>
    public PictureStore Pictures { get; }

    /// <summary>
    /// A number that changes when another store changes the file; it costs nothing to ask. It means nothing to others.
    /// </summary>
    public long ChangesByOthers => _database.Pragma("data_version");

    internal Sqlite Database => _database;

    internal TimeProvider Time { get; }

    internal long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>
    /// Opens a store. A writer creates the file and its folder where they are absent; whoever opens an older file
    /// brings it up to date.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="access">To read or to write.</param>
    /// <param name="time">The clock of what is noted about imports.</param>
    /// <param name="turn">How to wait for another writer; null: not at all.</param>
    /// <exception cref="Mistake">
    /// not_found: no such file to read. busy: another program writes, and is named. conflict: another program's file,
    /// or one of a newer OnBehalf. damaged. unavailable: folder, permissions, room on the disk.
    /// </exception>
    public static MailStore Open(string path, StoreAccess access, TimeProvider time, WriterTurn? turn = null)
    {
        path = Resolve(path);
        return access == StoreAccess.Write ? OpenToWrite(path, time, turn) : OpenToRead(path, time, turn);
    }

    /// <summary>
    /// Looks at every page of the file; the answer is empty when all is well. Takes about a second per gigabyte.
    /// </summary>
    public IReadOnlyList<string> Check()
    {
        var problems = new List<string>();
        try
        {
            using var statement = _database.PrepareText("pragma quick_check(20)");
            while (statement.Step())
                if (statement.Text(0) is not "ok" and var problem) problems.Add(problem);
        }
        catch (Mistake mistake) when (mistake.Code == "damaged")
        {
            problems.Add(mistake.Message);
        }
        return problems;
    }

    /// <summary>
    /// Another reader of the same file, for another thread. Both have the same addresses, which threads may look up while
    /// either learns more.
    /// </summary>
    public MailStore Another()
    {
        if (_lease is not null) throw new InvalidOperationException("The store was opened to be changed.");
        return new(OpenBeside(), null, Time, _addresses);
    }

    /// <summary>Makes whatever is being read or changed here fail at once; any thread may say so.</summary>
    public void Interrupt() => _database.Interrupt();

    /// <summary>Reads several things as they are at one instant, whatever others write meanwhile.</summary>
    public T AtOnce<T>(Func<T> read)
    {
        using var snapshot = FactReader.HoldSnapshot(_database);
        return read();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _lease?.Release(_database);
        }
        finally
        {
            _database.Dispose();
            _lease?.Dispose();
        }
    }

    /// <summary>
    /// Does something in one durable transaction, together with the addresses that are new. When it fails, the file
    /// is as it was, and addresses stay pending for the next transaction, so that their numbers remain right.
    /// </summary>
    /// <param name="change">What to do.</param>
    /// <param name="ends">Whether the transaction ends with it; else with the next change that ends one, or fails.</param>
    internal T Write<T>(Func<T> change, bool ends = true)
    {
        if (_lease is null) throw new InvalidOperationException("The store was opened to be read.");
        if (_isChanging) throw new InvalidOperationException("A change is being made already.");
        var transaction = _database.BeginOrGoOn();
        _isChanging = true;
        try
        {
            var result = change();
            if (!ends) return result;
            var stored = _addresses.Append();
            transaction.Commit();
            _addresses.Confirm(stored);
            return result;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
        finally
        {
            _isChanging = false;
        }
    }

    /// <summary>
    /// Learns addresses that a writer stored since: a reader calls it once its rows are read, or its snapshot is held.
    /// </summary>
    internal void Refresh()
    {
        if (_lease is null) _addresses.Load();
    }

    /// <summary>Another connection to the same file, to read.</summary>
    internal Sqlite OpenBeside() => OpenAtRest(Path);

    static MailStore OpenToWrite(string path, TimeProvider time, WriterTurn? turn)
    {
        if (File.Exists(path)) // Before the lock: nothing is put beside another program's file.
            using (var existing = OpenAtRest(path)) Schema.Recognise(existing);
        var lease = WriterLease.Take(path, time, turn);
        Sqlite? database = null;
        try
        {
            database = Sqlite.Open(path, writes: true);
            Schema.Recognise(database);
            Schema.Prepare(database);
            Schema.Migrate(database, Schema.Newest);
            lease.Sign(database);
            return new(database, lease, time);
        }
        catch
        {
            database?.Dispose();
            lease.Dispose();
            throw;
        }
    }

    static MailStore OpenToRead(string path, TimeProvider time, WriterTurn? turn)
    {
        if (!File.Exists(path))
            throw new Mistake("not_found",
                $"There is no store at {path}. Import something first, or name another path.");
        var database = OpenAtRest(path);
        try
        {
            if (Schema.Recognise(database) == Schema.Newest) return new(database, null, time);
        }
        catch
        {
            database.Dispose();
            throw;
        }
        database.Dispose();
        OpenToWrite(path, time, turn).Dispose();
        return new(OpenAtRest(path), null, time);
    }

    // A reader needs the -shm file beside the store. Where the folder may not be written to and no writer left a -wal
    // behind, the file is at rest and can be read as it lies.
    static Sqlite OpenAtRest(string path)
    {
        var database = Sqlite.Open(path, writes: false);
        try
        {
            Schema.Version(database);
            return database;
        }
        catch (Mistake mistake) when (mistake.Code == "unavailable" && !File.Exists(path + "-wal"))
        {
            database.Dispose();
            return Sqlite.Open(path, writes: false, immutable: true);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // Two names of one file must meet at one lock.
    static string Resolve(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new Mistake("unavailable", $"{full} is a folder, not a file.");
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }
}

using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>Recognises our files and brings older ones up to date, forwards only.</summary>
static class Schema
{
    /// <summary>SQLite's application_id of our files: "OnBh" (sqlite.org/pragma.html#pragma_application_id).</summary>
    public const int ApplicationId = 0x4F6E4268;

    /// <summary>
    /// Bytes of a page. Measured with 90,500 messages: 4,096 costs a quarter more time, 16,384 writes twice the log.
    /// </summary>
    const int PageSize = 8192;

    /// <summary>
    /// Pages of log after which a writer copies it into the file: 32 MiB, some eight pages of an import.
    /// </summary>
    const int CheckpointPages = 4096;

    // 0001_ground.sql, 0002_derived.sql …: the number is that of the schema it leads to.
    static readonly string[] Migrations = [.. typeof(Schema).Assembly.GetManifestResourceNames()
        .Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal)];

    /// <summary>The schema this program writes.</summary>
    public static int Newest { get; } = Migrations.Length;

    /// <summary>The file's schema; 0 for a new file.</summary>
    /// <exception cref="Mistake">conflict: another program's file, or one of a newer OnBehalf.</exception>
    public static int Recognise(Sqlite database)
    {
        var version = Version(database);
        var application = database.Pragma("application_id");
        if (application != ApplicationId && (application != 0 || version != 0 || HasTables(database)))
            throw new Mistake("conflict",
                $"{database.Path} is a database of another program. Nothing was changed. Name another path.");
        if (version > Newest)
            throw new Mistake("conflict",
                $"{database.Path} was written by a newer OnBehalf (schema {version}; this one knows {Newest}). "
                + "Nothing was changed. Upgrade this program.");
        return version;
    }

    /// <summary>The file's schema number, whoever's file it is. The first real read of the file.</summary>
    public static int Version(Sqlite database) => checked((int)database.Pragma("user_version"));

    /// <summary>
    /// Sets a connection up for writing. With a write-ahead log readers never wait; with synchronous = full a commit
    /// has reached the disk when it returns (sqlite.org/pragma.html#pragma_synchronous).
    /// </summary>
    public static void Prepare(Sqlite database)
    {
        if (database.Pragma("page_count") == 0) database.Execute($"pragma page_size = {PageSize}");
        database.Execute($"""
            pragma journal_mode = wal;
            pragma synchronous = full;
            pragma cache_size = -16384;
            pragma wal_autocheckpoint = {CheckpointPages};
            pragma journal_size_limit = 67108864;
            pragma temp_store = memory;
            """);
    }

    /// <summary>Executes the migrations that the file lacks, with their numbers, in one transaction.</summary>
    /// <param name="database">The file.</param>
    /// <param name="target">The last one to execute: tests make older files with it.</param>
    public static void Migrate(Sqlite database, int target)
    {
        var version = Version(database);
        if (version >= target) return;
        using var transaction = database.Begin();
        while (version < target) database.Execute(SqlText.Of(Migrations[version++]));
        database.Execute(string.Create(CultureInfo.InvariantCulture,
            $"pragma application_id = {ApplicationId}; pragma user_version = {target}"));
        transaction.Commit();
    }

    static bool HasTables(Sqlite database)
    {
        using var statement = database.PrepareText("select 1 from sqlite_master limit 1");
        return statement.Step();
    }
}

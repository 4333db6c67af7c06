using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>
/// Reads facts over a connection of its own, from one snapshot: for a thread beside the one that has the store.
/// </summary>
public sealed class FactReader : IDisposable
{
    /// <summary>Rows that are stepped over faster than the next one is looked up: measured on files of 30 MB to 3 GB.</summary>
    const int Near = 16;

    readonly Sqlite _database;
    readonly Statement _snapshot;

    FactReader(Sqlite database)
    {
        _database = database;
        _snapshot = HoldSnapshot(database);
    }

    /// <summary>Opens a connection to the same file, and learns the addresses of what it will read.</summary>
    internal static FactReader Open(MailStore store)
    {
        var reader = new FactReader(store.OpenBeside());
        store.Refresh();
        return reader;
    }

    /// <summary>
    /// The facts of the given numbers, in the order given; fast where numbers ascend. Numbers that the mailbox does
    /// not have are left out.
    /// </summary>
    public IEnumerable<MessageFact> ReadFacts(AddressId mailbox, IReadOnlyList<long> factIds) =>
        ReadFacts(_database, mailbox, factIds);

    /// <inheritdoc/>
    public void Dispose()
    {
        _snapshot.Dispose();
        _database.Dispose();
    }

    internal static IEnumerable<MessageFact> ReadFacts(Sqlite database, AddressId mailbox, IReadOnlyList<long> factIds)
    {
        using var rows = database.Prepare("FactReader.ReadFacts.sql").Bind(1, mailbox.Value);
        long? at = null; // The fact of the row that is looked at.
        foreach (var id in factIds)
        {
            if (at is not { } here || id < here || id - here > Near)
            {
                rows.Reset();
                at = Next(rows.Bind(2, id));
            }
            while (at < id) at = Next(rows);
            if (at == id) yield return FactColumns.Read(rows);
        }
    }

    /// <summary>While a row is being looked at, SQLite keeps its snapshot for every statement of the connection.</summary>
    internal static Statement HoldSnapshot(Sqlite database)
    {
        var snapshot = database.Prepare("FactReader.Snapshot.sql");
        try
        {
            snapshot.Step();
            return snapshot;
        }
        catch
        {
            snapshot.Dispose(); // Not left to the finalizer's thread, beside whoever uses the connection by then.
            throw;
        }
    }

    static long? Next(Statement rows) => rows.Step() ? rows.Long(0) : null;
}

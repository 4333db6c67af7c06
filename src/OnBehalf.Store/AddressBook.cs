using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Store;

/// <summary>
/// The addresses in memory and in the file, under the same numbers. Only what was committed counts as stored: after a
/// failed transaction the same addresses are appended again.
/// </summary>
sealed class AddressBook
{
    readonly Sqlite _database;
    readonly Addresses _all;
    readonly Lock _loading;
    int _stored = 1;
    bool _isLoaded;

    /// <param name="database">The file.</param>
    /// <param name="like">Another reader of the same file, whose addresses these are; null: none.</param>
    public AddressBook(Sqlite database, AddressBook? like = null)
    {
        _database = database;
        (_all, _loading) = (like?._all ?? new(), like?._loading ?? new());
    }

    /// <summary>Every address met. They are read when somebody first asks: there may be hundreds of thousands.</summary>
    public Addresses All
    {
        get
        {
            if (!_isLoaded) Load();
            return _all;
        }
    }

    /// <summary>Reads addresses that are stored and not known yet.</summary>
    public void Load()
    {
        lock (_loading)
        {
            _stored = _all.Count;
            using var statement = _database.Prepare("AddressBook.Load.sql").Bind(1, _stored);
            while (statement.Step())
            {
                _all.MakeRoom(checked((int)statement.Long(2) + 1));
                if (_all.Intern(statement.Text(1)).Value != statement.Long(0) || statement.Long(0) != _stored)
                    throw new Mistake("damaged", $"{_database.Path}: address {statement.Long(0)} is out of its order.");
                _stored++;
            }
            _isLoaded = true;
        }
    }

    /// <summary>Stores what is new, within the caller's transaction. What another thread meets meanwhile is new the next time.</summary>
    /// <returns>To be confirmed once the transaction is committed.</returns>
    public int Append()
    {
        var count = _all.Count;
        if (!_isLoaded || _stored == count) return _stored;
        using var statement = _database.Prepare("AddressBook.Append.sql");
        for (var number = _stored; number < count; number++)
            statement.Bind(1, number).Bind(2, _all[new(number)]).Execute();
        return count;
    }

    /// <summary>The transaction is committed.</summary>
    public void Confirm(int stored) => _stored = stored;
}

using System.Collections.Concurrent;
using OnBehalf.Store;

namespace OnBehalf.Answers;

/// <summary>Lends stores that are open to be read: each is for one thread at a time, and opening one costs time.</summary>
public sealed class FactDesk(string path, TimeProvider time) : IDisposable
{
    readonly ConcurrentBag<MailStore> _idle = [];

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Reads something.</summary>
    public T Read<T>(Func<MailStore, T> read)
    {
        if (!_idle.TryTake(out var store)) store = MailStore.Open(path, StoreAccess.Read, time);
        try
        {
            var result = read(store);
            _idle.Add(store);
            return result;
        }
        catch
        {
            store.Dispose(); // What failed is not lent again.
            throw;
        }
    }

    /// <summary>Changes something, in our turn.</summary>
    public T Write<T>(Func<MailStore, T> change)
    {
        using var store = MailStore.Open(path, StoreAccess.Write, time, new WriterTurn(Patience, _ => { }));
        return change(store);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var store)) store.Dispose();
    }

    /// <summary>A person who waits for a page gives up after about as long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
}

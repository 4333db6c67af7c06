using System.Collections.Concurrent;
using OnBehalf.Store;

namespace OnBehalf.Answers;

/// <summary>
/// Lends stores that are open to be read: each is for one thread at a time, and opening one costs time. All of them share
/// the addresses, which are most of what an open store holds.
/// </summary>
public sealed class FactDesk(string path, TimeProvider time) : IDisposable
{
    readonly ConcurrentBag<MailStore> _idle = [];
    readonly Lock _gate = new();
    MailStore? _first;
    int _forgotten;

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Reads something. When nobody waits for it any longer, it is interrupted wherever it is.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits.</exception>
    public T Read<T>(Func<MailStore, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var forgotten = Volatile.Read(ref _forgotten);
        if (!_idle.TryTake(out var store)) store = Open();
        try
        {
            T result;
            using (cancellation.UnsafeRegister(static open => ((MailStore)open!).Interrupt(), store)) result = read(store);
            TakeBack(store, forgotten);
            return result;
        }
        catch (Exception fault)
        {
            store.Dispose(); // What failed is not lent again.
            if (fault is not OperationCanceledException && cancellation.IsCancellationRequested)
                throw new OperationCanceledException("Nobody waits for it.", fault, cancellation);
            throw;
        }
    }

    /// <summary>Changes something, in our turn.</summary>
    public T Write<T>(Func<MailStore, T> change)
    {
        using var store = MailStore.Open(path, StoreAccess.Write, time, new WriterTurn(Patience, _ => { }));
        return change(store);
    }

    /// <summary>Opens a store to read, to be kept by whoever asks.</summary>
    public MailStore Open()
    {
        lock (_gate)
        {
            _first ??= MailStore.Open(path, StoreAccess.Read, time);
            return _first.Another();
        }
    }

    /// <summary>Forgets what is open, and what is lent once it comes back: the file may be another than it was.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _forgotten++;
            while (_idle.TryTake(out var store)) store.Dispose();
            _first?.Dispose();
            _first = null;
        }
    }

    // Numbers of addresses are those of the file that it was lent for.
    void TakeBack(MailStore store, int forgotten)
    {
        lock (_gate)
        {
            if (forgotten == _forgotten) _idle.Add(store);
            else store.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    /// <summary>A person who waits for a page gives up after about as long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
}

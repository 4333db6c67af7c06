using System.Collections.Concurrent;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>
/// Joins a new mailbox on a thread of its own while its mail is read and stored, so that nothing of it has to be read again for
/// that. A mailbox that had facts before, or that turns out to be large, is joined afterwards, like any other.
/// </summary>
sealed class JoinAlongside : IDisposable
{
    /// <summary>Messages up to which a mailbox is joined so: joining takes some 8 MB then, beside what reading takes.</summary>
    public const int UsualLimit = 1 << 17;

    const int PagesReady = 1;

    /// <summary>Room that is there at once, some 5 MB: what grows leaves behind what it grew out of.</summary>
    const int Expected = 100_000;

    readonly MailStore _store;
    readonly AddressId _mailbox;
    readonly int _large;
    readonly BlockingCollection<List<JoinKeys>> _pages = new(PagesReady);
    readonly CancellationTokenSource _stop = new();
    readonly Task<Threads> _joining;
    bool _isReadOnce;
    int _count;

    JoinAlongside(MailStore store, AddressId mailbox, int large)
    {
        (_store, _mailbox, _large) = (store, mailbox, large);
        _joining = Task.Factory.StartNew(Join, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Begins it; null where the mailbox has facts already.</summary>
    /// <param name="store">The store.</param>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="large">Of more sightings it is joined afterwards.</param>
    public static JoinAlongside? TryBegin(MailStore store, AddressId mailbox, int large = UsualLimit) =>
        store.Facts.HasAny(mailbox) ? null : new(store, mailbox, large);

    /// <summary>Whether it still wants to be told what is new.</summary>
    public bool GoesOn => !_stop.IsCancellationRequested;

    /// <summary>What is new in the mailbox, in the order of the store.</summary>
    public void Add(List<JoinKeys> page)
    {
        _count += page.Count;
        if (_count > _large) _stop.Cancel();
        try
        {
            _pages.Add(page, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody joins any longer: it is too large, or joining failed, which is told at the end.
        }
    }

    /// <summary>How all that was added belongs together; null where it has to be joined afterwards.</summary>
    public Threads? Finish()
    {
        _pages.CompleteAdding();
        if (_count > _large) return null;
        return _joining.GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        ((IAsyncResult)_joining).AsyncWaitHandle.WaitOne();
        _stop.Dispose();
        _pages.Dispose();
    }

    Threads Join()
    {
        try
        {
            return ConversationBuilder.Build(Sightings(), Math.Min(Expected, _large), _large);
        }
        finally
        {
            _stop.Cancel();
        }
    }

    IEnumerable<JoinKeys> Sightings()
    {
        if (_isReadOnce)
        {
            // Whoever added them waits by now, so the store is nobody else's.
            foreach (var read in _store.Facts.ReadJoins(_mailbox)) yield return read;
            yield break;
        }
        _isReadOnce = true;
        foreach (var page in _pages.GetConsumingEnumerable(_stop.Token))
            foreach (var read in page) yield return read;
        _stop.Token.ThrowIfCancellationRequested(); // The last page may have been one too many: then this is not all of the mailbox.
    }
}

using System.Runtime.CompilerServices;

namespace OnBehalf.Answers;

/// <summary>
/// Lets only as many answers be worked out at a time as there are processors; others wait in a row, and cost nothing
/// meanwhile. Two hundred people who look at the same moment are then answered one after another, most of them from what was
/// worked out for the first.
/// </summary>
sealed class Turns
{
    /// <summary>So many pages go before a piece of a long answer that waits; then it is its turn, lest it wait for ever.</summary>
    public const int PagesBeforePiece = 50;

    readonly Lock _gate = new();
    readonly SemaphoreSlim _stream = new(1);
    readonly Queue<TaskCompletionSource> _pages = new();
    int _free = Math.Max(2, Environment.ProcessorCount);
    TaskCompletionSource? _piece;
    int _passed; // Pages that went before it.

    /// <summary>
    /// Lets the process have, at once, more threads than answers occupy. They occupy every thread that the pool starts with, and
    /// it adds to them twice a second at most: meanwhile nobody would be let in, and nobody who goes away be noticed.
    /// </summary>
    public static void KeepThreadsFree()
    {
        ThreadPool.GetMinThreads(out var workers, out var others);
        ThreadPool.SetMinThreads(Math.Max(workers, ThreadsFree + 2 * Environment.ProcessorCount), others);
    }

    const int ThreadsFree = 12;

    /// <summary>Works something out when it is one's turn.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has gone.</exception>
    public Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellation) => TakeAsync(work, isPiece: false, cancellation);

    /// <summary>The same, on a thread of the pool.</summary>
    public Task<T> TakeAsync<T>(Func<T> work, CancellationToken cancellation) =>
        TakeAsync(() => Task.Run(work, cancellation), cancellation);

    /// <summary>
    /// The pieces of a long answer, each in its turn. Of all such answers only one at a time stands in the row, and those who
    /// look at a page go before it, up to <see cref="PagesBeforePiece"/> of them: however many millions of rows are fetched, a page
    /// waits for one piece at most.
    /// </summary>
    public async IAsyncEnumerable<T> PiecesAsync<T>(
        IEnumerable<T> pieces, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var next = pieces.GetEnumerator();
        while (await NextAsync(next, cancellation)) yield return next.Current;
    }

    async Task<bool> NextAsync<T>(IEnumerator<T> pieces, CancellationToken cancellation)
    {
        await _stream.WaitAsync(cancellation);
        try
        {
            return await TakeAsync(() => Task.Run(pieces.MoveNext, cancellation), isPiece: true, cancellation);
        }
        finally
        {
            _stream.Release();
        }
    }

    async Task<T> TakeAsync<T>(Func<Task<T>> work, bool isPiece, CancellationToken cancellation)
    {
        var place = Ask(isPiece);
        await using (cancellation.UnsafeRegister(_ => place.TrySetCanceled(cancellation), null)) await place.Task;
        try
        {
            return await work();
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>A place, now or when it is one's turn.</summary>
    TaskCompletionSource Ask(bool isPiece)
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                place.SetResult();
            }
            else if (isPiece) (_piece, _passed) = (place, 0);
            else _pages.Enqueue(place);
        }
        return place;
    }

    /// <summary>Gives the place to whoever is next and still there.</summary>
    void Leave()
    {
        lock (_gate)
        {
            while (Next() is { } next)
                if (next.TrySetResult()) return;
            _free++;
        }
    }

    TaskCompletionSource? Next()
    {
        if (_piece is not null && (_pages.Count == 0 || _passed >= PagesBeforePiece))
        {
            var piece = _piece;
            _piece = null;
            return piece;
        }
        _passed++;
        return _pages.TryDequeue(out var page) ? page : null;
    }
}

using System.Runtime.CompilerServices;

namespace OnBehalf.Answers;

/// <summary>
/// Lets only as many answers be worked out at a time as there are processors; others wait in a row, and cost nothing
/// meanwhile. Two hundred people who look at the same moment are then answered one after another, most of them from what was
/// worked out for the first.
/// </summary>
sealed class Turns
{
    readonly SemaphoreSlim _places = new(Math.Max(2, Environment.ProcessorCount));
    readonly SemaphoreSlim _stream = new(1);

    /// <summary>Works something out when it is one's turn.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has gone.</exception>
    public Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellation) => TakeAsync(_places, work, cancellation);

    /// <summary>
    /// The pieces of a long answer, each in its turn. Of all such answers only one at a time stands in the row with those who
    /// look at a page: however many millions of rows are fetched, everybody who waits for a page is passed by one piece.
    /// </summary>
    public async IAsyncEnumerable<T> PiecesAsync<T>(
        IEnumerable<T> pieces, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var next = pieces.GetEnumerator();
        while (await TakeAsync(_stream, () => TakeAsync(next.MoveNext, cancellation), cancellation)) yield return next.Current;
    }

    static async Task<T> TakeAsync<T>(SemaphoreSlim places, Func<Task<T>> work, CancellationToken cancellation)
    {
        await places.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>The same, on a thread of the pool.</summary>
    public Task<T> TakeAsync<T>(Func<T> work, CancellationToken cancellation) =>
        TakeAsync(() => Task.Run(work, cancellation), cancellation);
}

namespace OnBehalf.Answers;

/// <summary>
/// Lets only as many answers be worked out at a time as there are processors; others wait in a row, and cost nothing
/// meanwhile. Two hundred people who look at the same moment are then answered one after another, most of them from what was
/// worked out for the first.
/// </summary>
sealed class Turns : IDisposable
{
    readonly SemaphoreSlim _places = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Works something out when it is one's turn.</summary>
    /// <exception cref="OperationCanceledException">Whoever asked has gone.</exception>
    public async Task<T> TakeAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>The same, on a thread of the pool.</summary>
    public Task<T> TakeAsync<T>(Func<T> work, CancellationToken cancellation) =>
        TakeAsync(() => Task.Run(work, cancellation), cancellation);

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}

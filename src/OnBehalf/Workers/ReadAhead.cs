using System.Collections.Concurrent;
using System.Threading.Channels;

namespace OnBehalf.Workers;

/// <summary>
/// Lets reading run on a thread of its own, a little ahead of whoever works on what was read. What is read comes in the
/// same order, a failure comes where it would have come, and memory is bounded by how far ahead reading may be.
/// </summary>
static class ReadAhead
{
    /// <summary>Begins to read the pages of a source; at most one is ready while another is worked on.</summary>
    public static AheadPages<T> Begin<T>(IAsyncEnumerable<T> source, CancellationToken cancellation) => new(source, cancellation);

    /// <summary>Elements of an enumeration that blocks while it reads; at most so many are ready.</summary>
    public static IEnumerable<T> Elements<T>(IEnumerable<T> source, int ready)
    {
        using var elements = new BlockingCollection<T>(ready);
        using var stop = new CancellationTokenSource();
        var reading = Task.Factory.StartNew(
            () => Read(source, elements, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var element in elements.GetConsumingEnumerable()) yield return element;
            reading.GetAwaiter().GetResult(); // Throws what the reading threw.
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)reading).AsyncWaitHandle.WaitOne();
        }
    }

    static void Read<T>(IEnumerable<T> source, BlockingCollection<T> elements, CancellationToken stop)
    {
        try
        {
            foreach (var element in source) elements.Add(element, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits any longer.
        }
        finally
        {
            elements.CompleteAdding();
        }
    }
}

/// <summary>Pages that are being read, from the moment that there is one of these. Disposing of it ends the reading.</summary>
sealed class AheadPages<T> : IAsyncDisposable
{
    readonly Channel<T> _ready = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    readonly CancellationTokenSource _stop;
    readonly Task _reading;

    public AheadPages(IAsyncEnumerable<T> source, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _reading = Task.Run(() => ReadAsync(source), CancellationToken.None);
    }

    /// <summary>The pages in their order, once; a failure comes where it would have come.</summary>
    public IAsyncEnumerable<T> All => _ready.Reader.ReadAllAsync(_stop.Token);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _stop.Dispose();
    }

    async Task ReadAsync(IAsyncEnumerable<T> source)
    {
        try
        {
            await foreach (var page in source.WithCancellation(_stop.Token)) await _ready.Writer.WriteAsync(page, _stop.Token);
            _ready.Writer.Complete();
        }
        catch (Exception failure) // It belongs to whoever waits for the next page.
        {
            _ready.Writer.Complete(failure);
        }
    }
}

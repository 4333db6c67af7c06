using System.Threading.Channels;

namespace OnBehalf.Workers;

/// <summary>Pages that are being read, from the moment that there is one of these. Disposing of it ends the reading.</summary>
sealed class AheadPages<T> : IAsyncDisposable
{
    /// <summary>
    /// Pages after which what they left behind is cleared away. They are in use while the runtime clears its youngest generation, so each
    /// time some of them pass into the middle one, which the runtime lets grow to 200 MB unless it clears memory on a thread of its own.
    /// </summary>
    const int PagesUntilTidied = 32;

    const int MiddleGeneration = 1;

    readonly Channel<T> _ready = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
    readonly CancellationTokenSource _stop;
    readonly Task _reading;

    /// <summary>Begins to read the pages of a source; at most one is ready while another is worked on.</summary>
    public AheadPages(IAsyncEnumerable<T> source, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _reading = Task.Run(() => ReadAsync(source), CancellationToken.None);
    }

    /// <summary>The pages in their order, once; a failure comes where it would have come.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync()
    {
        var passed = 0;
        await foreach (var page in _ready.Reader.ReadAllAsync(_stop.Token))
        {
            yield return page;
            if (++passed % PagesUntilTidied == 0) GC.Collect(MiddleGeneration);
        }
    }

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

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OnBehalf.Workers;

/// <summary>
/// Lets reading run on a thread of its own, a little ahead of whoever works on what was read. What is read comes in the
/// same order, a failure comes where it would have come, and memory is bounded by how far ahead reading may be.
/// </summary>
static class ReadAhead
{
    /// <summary>The pages of a source; at most one is ready while another is worked on.</summary>
    public static async IAsyncEnumerable<T> Pages<T>(
        IAsyncEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ready = Channel.CreateBounded<T>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAsync(source, ready.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var page in ready.Reader.ReadAllAsync(cancellation)) yield return page;
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

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

    static async Task ReadAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> ready, CancellationToken stop)
    {
        try
        {
            await foreach (var page in source.WithCancellation(stop)) await ready.WriteAsync(page, stop);
            ready.Complete();
        }
        catch (Exception failure) // It belongs to whoever waits for the next page.
        {
            ready.Complete(failure);
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

using System.Collections.Concurrent;

namespace OnBehalf.Workers;

/// <summary>
/// Lets reading run on a thread of its own, a little ahead of whoever works on what was read. What is read comes in the
/// same order, a failure comes where it would have come, and memory is bounded by how far ahead reading may be.
/// <see cref="AheadPages{T}"/> does so for pages of a source.
/// </summary>
static class ReadAhead
{
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

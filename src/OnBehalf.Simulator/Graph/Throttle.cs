using System.Collections.Concurrent;

namespace OnBehalf.Simulator.Graph;

/// <summary>
/// The limits of Outlook's part of Graph for one application and one mailbox (Graph throttling limits, Outlook): 4 requests at
/// a time and 10,000 in ten minutes. Refused requests count as well.
/// </summary>
sealed class Throttle(TimeProvider time)
{
    public const int MostConcurrent = 4;
    public const int MostInWindow = 10_000;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<(string App, Guid Mailbox), Counter> _counters = new();

    /// <summary>Asks for a place; the answer says why there is none.</summary>
    public Pass Enter(string app, Guid mailbox)
    {
        var counter = _counters.GetOrAdd((app, mailbox), _ => new Counter());
        var now = time.GetUtcNow();
        lock (counter)
        {
            if (now - counter.WindowBegan >= Window) (counter.WindowBegan, counter.InWindow) = (now, 0);
            counter.InWindow++;
            if (counter.InWindow > MostInWindow) return new Pass(null, "MailboxRequests", counter.WindowBegan + Window - now);
            if (counter.Running >= MostConcurrent) return new Pass(null, "MailboxConcurrency", TimeSpan.FromSeconds(1));
            counter.Running++;
        }
        return new Pass(counter, null, TimeSpan.Zero);
    }

    internal sealed class Counter
    {
        public DateTimeOffset WindowBegan;
        public int InWindow;
        public int Running;
    }
}

/// <summary>A place among the running requests, given back when disposed; or a refusal and how long to wait.</summary>
sealed class Pass(Throttle.Counter? counter, string? refusal, TimeSpan wait) : IDisposable
{
    Throttle.Counter? _counter = counter;

    public string? Refusal => refusal;
    public TimeSpan Wait => wait;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _counter, null) is not { } counter) return;
        lock (counter) counter.Running--;
    }
}

namespace OnBehalf.Sources.Graph;

/// <summary>Lets in as many requests to one mailbox as are allowed at once and in a minute.</summary>
sealed class MailboxGate(TimeProvider time)
{
    /// <summary>Requests at the same time.</summary>
    public const int AtOnce = 3;

    /// <summary>Requests within any minute.</summary>
    public const int AMinute = 900;

    readonly SemaphoreSlim _places = new(AtOnce);
    readonly Lock _lock = new();
    readonly Queue<long> _recent = new();
    long _closedUntil = long.MinValue;

    /// <summary>Waits for a turn; disposing it lets the next one in.</summary>
    public async Task<Turn> EnterAsync(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        try
        {
            while (Wait() is { Ticks: > 0 } wait) await Task.Delay(wait, time, cancellation);
            return new(_places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Lets nobody in for so long.</summary>
    public void Pause(TimeSpan wait)
    {
        lock (_lock)
            _closedUntil = Math.Max(_closedUntil, time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency));
    }

    // How long still to wait; zero: the turn is taken, and noted.
    TimeSpan Wait()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var minute = 60 * time.TimestampFrequency;
            while (_recent.TryPeek(out var oldest) && now - oldest >= minute) _recent.Dequeue();
            var free = _recent.Count < AMinute ? now : _recent.Peek() + minute;
            var from = Math.Max(free, _closedUntil);
            if (from <= now)
            {
                _recent.Enqueue(now);
                return TimeSpan.Zero;
            }
            // Rounded up: a timer that fires a tick early would only come back for that tick.
            return TimeSpan.FromMilliseconds(Math.Ceiling((from - now) * 1000.0 / time.TimestampFrequency));
        }
    }

    /// <summary>A turn that was taken.</summary>
    public readonly struct Turn(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnBehalf.Engine;
using OnBehalf.Store;

namespace OnBehalf.Answers;

/// <summary>
/// Keeps the newest edition of the store at hand. One look at the file serves every open page, however many there are.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when the file cannot be read for a while.</param>
sealed partial class StoreWatch(string path, TimeProvider time, ILogger<StoreWatch> log) : BackgroundService
{
    /// <summary>How often the file is looked at: a change reaches an open page within five seconds.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    readonly Lock _gate = new();
    volatile StoreView? _current;
    volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The newest edition that was read.</summary>
    public StoreView Current
    {
        get
        {
            if (_current is { } view) return view;
            lock (_gate) return _current ??= StoreView.Read(path, time);
        }
    }

    /// <summary>Waits until there is another edition than the one that is known.</summary>
    public async Task<StoreView> NextAsync(string edition, CancellationToken cancellation)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (Current is { } view && view.Edition != edition) return view;
            await changed.WaitAsync(cancellation);
        }
    }

    /// <summary>Reads the file now, after a change of our own.</summary>
    public StoreView Renew()
    {
        StoreView view;
        lock (_gate) _current = view = StoreView.Read(path, time);
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
        return view;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        MailStore? probe = null;
        var seen = -1L;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    probe ??= MailStore.Open(path, StoreAccess.Read, time);
                    var changes = probe.ChangesByOthers;
                    if (changes == seen) continue;
                    seen = changes;
                    if (_current is { } view && probe.Findings.Edition() != view.Edition) Renew();
                }
                catch (Mistake mistake)
                {
                    LogUnreadable(mistake.Message);
                    probe?.Dispose();
                    (probe, seen) = (null, -1);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site is being stopped.
        }
        finally
        {
            probe?.Dispose();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be looked at, and is tried again: {Reason}")]
    private partial void LogUnreadable(string reason);
}

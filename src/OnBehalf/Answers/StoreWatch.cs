using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OnBehalf.Engine;
using OnBehalf.Store;

namespace OnBehalf.Answers;

/// <summary>
/// Keeps the newest edition of the store at hand. One look at the file serves every open page, however many there are, and
/// only what changed is read again.
/// </summary>
/// <param name="desk">Opens the file.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when the file cannot be read for a while.</param>
sealed partial class StoreWatch(FactDesk desk, TimeProvider time, ILogger<StoreWatch> log) : BackgroundService
{
    /// <summary>How often the file is looked at: a change reaches an open page within five seconds.</summary>
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    readonly Lock _gate = new();
    MailStore? _store; // Only under the gate; its addresses are those of every view.
    volatile StoreView? _current;
    volatile TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _seen = -1;

    /// <summary>The newest edition that was read.</summary>
    public StoreView Current
    {
        get
        {
            if (_current is { } view) return view;
            lock (_gate) return _current ??= Read();
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
        lock (_gate) _current = view = Read();
        Tell();
        return view;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_gate) Close();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                if (IsOther()) Tell();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site is being stopped.
        }
    }

    /// <summary>Looks whether somebody changed the file, and reads what is new.</summary>
    bool IsOther()
    {
        lock (_gate)
            try
            {
                if (_current is not { } view) return false; // Nobody has asked for anything yet.
                _store ??= desk.Open();
                var changes = _store.ChangesByOthers;
                if (changes == _seen) return false;
                _seen = changes;
                if (_store.Findings.Edition() == view.Edition) return false;
                _current = Read();
                return true;
            }
            catch (Mistake mistake)
            {
                LogUnreadable(mistake.Message);
                Close();
                desk.Forget();
                return false;
            }
    }

    StoreView Read()
    {
        // Numbers of addresses are those of one open store: without it nothing of the view before can be taken.
        var before = _store is null ? null : _current;
        _store ??= desk.Open();
        return StoreView.Read(_store, before);
    }

    void Close()
    {
        _store?.Dispose();
        (_store, _seen) = (null, -1);
    }

    // Two may tell at the same time: whoever takes a task out tells those who wait for it.
    void Tell() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store cannot be looked at, and is tried again: {Reason}")]
    private partial void LogUnreadable(string reason);
}

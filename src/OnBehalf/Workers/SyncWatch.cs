using OnBehalf.Engine;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>
/// Goes on from round to round. Between two rounds, mailboxes that Graph told of are read at once; whatever was not told, or
/// told by a stranger, the rounds find or not find all the same.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="every">The time from round to round.</param>
/// <param name="time">The clock.</param>
/// <param name="connect">Signs in to a tenant.</param>
/// <param name="say">Told what went wrong between rounds.</param>
sealed class SyncWatch(
    MailStore store, TimeSpan every, TimeProvider time, Func<TenantRecord, TenantConnection> connect, Action<string> say)
{
    /// <summary>How long notices are gathered before mailboxes are read: they come in bursts.</summary>
    static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    /// <summary>Rounds without end.</summary>
    /// <param name="round">A whole round.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Func<Task> round, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(every, time);
        do await round();
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>The same with notices between.</summary>
    /// <param name="round">A whole round.</param>
    /// <param name="desk">Where notices are handed in.</param>
    /// <param name="keeper">Keeps subscriptions alive.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Func<Task> round, NoticeDesk desk, SubscriptionKeeper keeper, CancellationToken cancellation)
    {
        keeper.Tell();
        while (true)
        {
            var began = time.GetTimestamp();
            await round();
            await KeepAsync(keeper, cancellation);
            while (every - time.GetElapsedTime(began) is { Ticks: > 0 } left && await HasArrivedAsync(desk, left, cancellation))
            {
                await Task.Delay(Gathering, time, cancellation);
                await ReadToldAsync(desk, cancellation);
                await KeepAsync(keeper, cancellation);
            }
        }
    }

    /// <summary>Reads the mailboxes that were told of, and computes; says how many there were.</summary>
    public async Task<int> ReadToldAsync(NoticeDesk desk, CancellationToken cancellation)
    {
        var told = desk.TakeDirty();
        foreach (var tenant in store.Accounts.Tenants())
        {
            var accounts = store.Accounts.All().Where(account => account.Tenant == tenant.Id && told.Contains(account.Mailbox)).ToList();
            if (accounts.Count == 0) continue;
            using var connection = connect(tenant);
            var round = new SyncRound(store, connection, time, _ => { });
            await round.ReadMailAsync(accounts, cancellation);
            Recompute.Run(store, cancellation);
            Say(round.Outcome().Troubles);
        }
        return told.Count;
    }

    /// <summary>Asks for subscriptions that are missing, and renews those that need it.</summary>
    public async Task KeepAsync(SubscriptionKeeper keeper, CancellationToken cancellation)
    {
        foreach (var tenant in store.Accounts.Tenants())
        {
            using var connection = connect(tenant);
            Say(await keeper.KeepAsync(
                connection, [.. store.Accounts.All().Where(a => a.Tenant == tenant.Id && a.Problem is null)], cancellation));
        }
    }

    async Task<bool> HasArrivedAsync(NoticeDesk desk, TimeSpan left, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var arrival = desk.ArrivalAsync(end.Token);
        var isFirst = await Task.WhenAny(arrival, Task.Delay(left, time, end.Token)) == arrival;
        await end.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return isFirst;
    }

    void Say(IReadOnlyList<(string Where, Mistake Mistake)> troubles)
    {
        foreach (var trouble in troubles.GroupBy(trouble => trouble.Mistake.Message))
            say($"{string.Join(", ", trouble.Select(one => one.Where))}: {trouble.Key}");
    }
}

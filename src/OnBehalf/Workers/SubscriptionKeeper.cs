using System.Buffers.Text;
using System.Security.Cryptography;
using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>
/// Keeps a subscription alive for every mailbox that is read, from round to round: asks for those that are missing, and
/// renews in time. Where that fails the mailbox is polled as ever, and it is tried again in the next round.
/// </summary>
/// <param name="store">Where subscriptions are kept over a restart. Used under the lock of its addresses.</param>
/// <param name="desk">Told which there are; knows which Graph has ended or wants renewed.</param>
/// <param name="notices">Where notices go.</param>
/// <param name="time">The clock.</param>
sealed class SubscriptionKeeper(MailStore store, NoticeDesk desk, Uri notices, TimeProvider time)
{
    /// <summary>What is left of a life when it is renewed: a weekend with the program down is got over.</summary>
    static readonly Duration Reserve = Duration.FromDays(3);

    /// <summary>Requests at the same time: each makes Graph knock at our door before it answers.</summary>
    const int AtOnce = 4;

    /// <summary>Bytes of the word that only Graph and we know.</summary>
    const int StateBytes = 32;

    /// <summary>Asks and renews where it is time.</summary>
    /// <returns>What went wrong, by mailbox.</returns>
    public async Task<IReadOnlyList<(string Where, Mistake Mistake)>> KeepAsync(
        TenantConnection connection, IReadOnlyList<AccountRecord> accounts, CancellationToken cancellation)
    {
        var subscriptions = new MailSubscriptions(connection, notices);
        var kept = store.Subscriptions.All().ToDictionary(subscription => subscription.Account);
        var left = accounts.Select(account => account.Mailbox).ToHashSet();
        var (removed, tired) = desk.TakeTroubled(left);
        var now = time.GetCurrentInstant();
        var troubles = new List<(string, Mistake)>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var due = accounts.Where(account => IsDue(account, kept.GetValueOrDefault(account.Mailbox))).ToList();
        try
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (account, _) =>
            {
                if (stop.IsCancellationRequested) return;
                try
                {
                    var old = removed.Contains(account.Mailbox) ? null : kept.GetValueOrDefault(account.Mailbox);
                    await KeepAsync(subscriptions, account, old, now, stop.Token);
                    lock (left) left.Remove(account.Mailbox);
                }
                catch (Mistake mistake)
                {
                    lock (troubles) troubles.Add((AccountOf(account).Address, mistake));
                    // Where Graph does not reach us for one mailbox it does not for the others.
                    if (mistake.Message.Contains(notices.ToString(), StringComparison.Ordinal)) await stop.CancelAsync();
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // One of the others has failed for all, or the program is ending.
                }
            });
        }
        finally
        {
            desk.PutBack(removed.Where(left.Contains), tired.Where(left.Contains));
        }
        cancellation.ThrowIfCancellationRequested();
        if (due.Count > 0 || removed.Count > 0) Tell();
        return troubles;

        bool IsDue(AccountRecord account, SubscriptionRecord? subscription) => subscription is null
            || subscription.Address != notices.AbsoluteUri || subscription.ExpiresAt - now < Reserve
            || removed.Contains(account.Mailbox) || tired.Contains(account.Mailbox);
    }

    /// <summary>Tells the desk which subscriptions there are.</summary>
    public void Tell()
    {
        lock (store.Addresses) desk.Know(store.Subscriptions.All());
    }

    async Task KeepAsync(
        MailSubscriptions subscriptions, AccountRecord account, SubscriptionRecord? old, Instant now, CancellationToken cancellation)
    {
        var mailbox = AccountOf(account);
        if (old?.Address == notices.AbsoluteUri && old.ExpiresAt > now
            && await subscriptions.RenewAsync(mailbox, old.Id, now, cancellation) is { } end)
        {
            Save(old with { ExpiresAt = end });
            return;
        }
        var state = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(StateBytes));
        var (id, expires) = await subscriptions.CreateAsync(mailbox, state, now, cancellation);
        Save(new(account.Mailbox, id, state, notices.AbsoluteUri, expires));
    }

    MailAccount AccountOf(AccountRecord account)
    {
        lock (store.Addresses)
            return new(account.Mailbox, store.Addresses[account.Mailbox], account.GraphId, account.Horizon, account.IsAgent);
    }

    void Save(SubscriptionRecord subscription)
    {
        lock (store.Addresses) store.Subscriptions.Save(subscription);
    }
}

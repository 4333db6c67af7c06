using System.Security.Cryptography;
using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Workers;

/// <summary>
/// Where notices are handed in, and where the worker asks which mailboxes to look into. A notice does nothing else: whatever
/// a stranger sends costs memory of known mailboxes at most, and figures follow from what is read. Thread-safe.
/// </summary>
sealed class NoticeDesk
{
    readonly Lock _lock = new();
    readonly Dictionary<string, SubscriptionRecord> _known = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<AddressId> _dirty = [], _removed = [], _tired = [];
    TaskCompletionSource _arrived = NewArrival();

    /// <summary>Learns which subscriptions there are.</summary>
    public void Know(IEnumerable<SubscriptionRecord> subscriptions)
    {
        lock (_lock)
        {
            _known.Clear();
            foreach (var subscription in subscriptions) _known[subscription.Id] = subscription;
        }
    }

    /// <summary>Takes a notice; says whether it is one of ours.</summary>
    public bool Take(Notice notice)
    {
        lock (_lock)
        {
            var subscription = _known.GetValueOrDefault(notice.Subscription);
            // As long for a stranger's as for ours, so that nobody can feel a way to the word.
            var isRight = CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(notice.State), Encoding.UTF8.GetBytes(subscription?.State ?? new string('-', notice.State.Length)));
            if (subscription is null || !isRight) return false;
            if (notice.Kind == NoticeKind.Tired) _tired.Add(subscription.Account);
            else
            {
                _dirty.Add(subscription.Account);
                if (notice.Kind == NoticeKind.Removed) _removed.Add(subscription.Account);
            }
            _arrived.TrySetResult();
            return true;
        }
    }

    /// <summary>Waits for a notice, if none is there.</summary>
    public Task ArrivalAsync(CancellationToken cancellation)
    {
        lock (_lock) return _arrived.Task.WaitAsync(cancellation);
    }

    /// <summary>The mailboxes to look into, once.</summary>
    public IReadOnlyCollection<AddressId> TakeDirty()
    {
        lock (_lock)
        {
            if (_arrived.Task.IsCompleted) _arrived = NewArrival();
            HashSet<AddressId> taken = [.. _dirty];
            _dirty.Clear();
            return taken;
        }
    }

    /// <summary>Of these mailboxes those whose subscription Graph has ended, and those whose it wants renewed; once.</summary>
    public (IReadOnlyCollection<AddressId> Removed, IReadOnlyCollection<AddressId> Tired) TakeTroubled(IReadOnlySet<AddressId> mailboxes)
    {
        lock (_lock) return (Taken(_removed, mailboxes), Taken(_tired, mailboxes));
    }

    /// <summary>Notes again what was taken and could not be mended.</summary>
    public void PutBack(IEnumerable<AddressId> removed, IEnumerable<AddressId> tired)
    {
        lock (_lock)
        {
            _removed.UnionWith(removed);
            _tired.UnionWith(tired);
        }
    }

    static HashSet<AddressId> Taken(HashSet<AddressId> set, IReadOnlySet<AddressId> mailboxes)
    {
        HashSet<AddressId> taken = [.. set.Where(mailboxes.Contains)];
        set.ExceptWith(taken);
        return taken;
    }

    static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>
/// The mailboxes in memory: one is made when it is asked for and forgotten when others need the room, so that a tenant of
/// any size fits. What is made again is the same, because it follows from the seed.
/// </summary>
sealed class Shelf(Company company)
{
    readonly Lock _gate = new();
    readonly LinkedList<(Guid Key, Correspondence Content)> _byUse = new();
    readonly Dictionary<Guid, LinkedListNode<(Guid Key, Correspondence Content)>> _byKey = [];
    readonly Dictionary<Guid, Lock> _making = [];
    int _held;

    /// <summary>How many messages are in memory now.</summary>
    public int Held { get { lock (_gate) return _held; } }

    public Correspondence Open(Mailbox mailbox)
    {
        Lock making;
        lock (_gate)
        {
            if (Find(mailbox.ObjectId) is { } found) return found;
            if (!_making.TryGetValue(mailbox.ObjectId, out making!)) _making[mailbox.ObjectId] = making = new Lock();
        }
        // Two readers of one mailbox make it once; readers of different mailboxes do not wait for each other.
        lock (making)
        {
            lock (_gate) if (Find(mailbox.ObjectId) is { } found) return found;
            var content = Make(mailbox);
            lock (_gate) Keep(mailbox.ObjectId, content);
            return content;
        }
    }

    Correspondence Make(Mailbox mailbox) => mailbox switch
    {
        SharedMailbox shared => Correspondence.Of(company, shared),
        OwnMailbox own => Correspondence.Of(company, own, shared => Open(shared)),
        _ => throw new ArgumentException("A mailbox is shared or somebody's own.", nameof(mailbox)),
    };

    Correspondence? Find(Guid key)
    {
        if (!_byKey.TryGetValue(key, out var node)) return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Content;
    }

    void Keep(Guid key, Correspondence content)
    {
        _byKey[key] = _byUse.AddFirst((key, content));
        _making.Remove(key);
        _held += content.Letters.Count;
        while (_held > company.Options.MessagesInMemory && _byUse.Count > 1)
        {
            var last = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _byKey.Remove(last.Key);
            _held -= last.Content.Letters.Count;
        }
    }
}

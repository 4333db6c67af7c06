using OnBehalf.Engine.Findings;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// Sums the waits of each cycle of one mailbox. A wait belongs to the last cycle that its conversation had begun by
/// then, which may lie in another segment, so rows are gathered first and put in order afterwards.
/// </summary>
sealed class CycleWaits
{
    readonly record struct Piece(long Conversation, long At, bool IsWait, long FactId, int Waited, bool IsOpen);

    readonly List<Piece> _pieces = [];
    readonly Dictionary<long, GroupKey> _wanted = [];

    /// <summary>Asks for the cycle that began with a fact.</summary>
    public void Want(long factId, GroupKey key) => _wanted[factId] = key;

    /// <summary>Gathers the cycles and waits of a segment that began in a time.</summary>
    public void Gather(Cursor row, long from, long end)
    {
        foreach (var index in RowScan.Between(row, Group.Cycle, from, end))
        {
            row.Index = index;
            _pieces.Add(new(row.Conversation, row.At, false, row.FactId, 0, false));
        }
        foreach (var index in RowScan.Between(row, Group.Wait, from, end))
        {
            row.Index = index;
            _pieces.Add(new(row.Conversation, row.At, true, row.FactId, (int)row.WaitSoFar, row.WaitEnd == WaitEnd.Open));
        }
    }

    /// <summary>Tells the sum of each cycle that was asked for, and begins anew.</summary>
    public void Tell(Action<GroupKey, int, bool> told)
    {
        _pieces.Sort(static (a, b) =>
            a.Conversation != b.Conversation ? a.Conversation.CompareTo(b.Conversation)
            : a.At != b.At ? a.At.CompareTo(b.At)
            : a.IsWait != b.IsWait ? a.IsWait.CompareTo(b.IsWait)
            : a.FactId.CompareTo(b.FactId));
        for (var i = 0; i < _pieces.Count;)
        {
            var cycle = _pieces[i++];
            var (sum, isOpen) = (0L, false);
            for (; i < _pieces.Count && _pieces[i].IsWait && _pieces[i].Conversation == cycle.Conversation; i++)
            {
                sum += _pieces[i].Waited;
                isOpen |= _pieces[i].IsOpen;
            }
            if (!cycle.IsWait && _wanted.TryGetValue(cycle.FactId, out var key))
                told(key, (int)Math.Clamp(sum, int.MinValue, int.MaxValue), isOpen);
        }
        _pieces.Clear();
        _wanted.Clear();
    }
}

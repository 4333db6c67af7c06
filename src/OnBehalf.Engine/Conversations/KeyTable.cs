using System.Numerics;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Numbers messages by key in order of first sight: 16 bytes a key and 4 to 8 a slot, a third of what a dictionary
/// takes, which decides how large a mailbox fits. The seed differs in every run, so nobody can send mail that
/// collides.
/// </summary>
sealed class KeyTable
{
    // The system's own source of chance (Guid.NewGuid, documented under Remarks), without the cryptography library, which takes longer
    // to load than a small mailbox takes to join.
    static readonly ulong Seed = Fingerprint.Of(Guid.NewGuid().ToByteArray());

    MessageKey[] _keys;
    int[] _slots; // ordinal + 1; 0 is free
    int _shift;

    public KeyTable(int expected)
    {
        _keys = new MessageKey[Math.Max(expected, 16)];
        _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(expected + expected / 3, 32))];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
    }

    public int Count { get; private set; }

    public MessageKey this[int ordinal] => _keys[ordinal];

    /// <summary>Forgets all keys, and keeps the room.</summary>
    public void Clear()
    {
        if (Count > 0) Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>The number of the key, and whether it is new.</summary>
    public int Add(MessageKey key, out bool isNew)
    {
        if (Count * 4L >= _slots.Length * 3L) Grow();
        var slot = SlotOf(key);
        isNew = _slots[slot] == 0;
        if (!isNew) return _slots[slot] - 1;
        if (Count == _keys.Length) Array.Resize(ref _keys, Count * 2);
        _keys[Count] = key;
        _slots[slot] = ++Count;
        return Count - 1;
    }

    /// <summary>The number of the key, or -1.</summary>
    public int Find(MessageKey key) => _slots[SlotOf(key)] - 1;

    int SlotOf(MessageKey key)
    {
        var mask = _slots.Length - 1;
        var slot = (int)(unchecked((key.Low ^ Seed) * 0x9E3779B97F4A7C15UL) >> _shift);
        while (_slots[slot] is var used && used != 0 && _keys[used - 1] != key) slot = (slot + 1) & mask;
        return slot;
    }

    void Grow()
    {
        _slots = new int[checked(_slots.Length * 2)];
        _shift--;
        for (var ordinal = 0; ordinal < Count; ordinal++) _slots[SlotOf(_keys[ordinal])] = ordinal + 1;
    }
}

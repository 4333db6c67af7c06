using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>Messages by key: the first sighting of each, and the digest of the one that stands for it.</summary>
/// <param name="expected">How many there may be.</param>
sealed class NumberedKeys(int expected)
{
    readonly KeyTable _keys = new(expected);
    int[] _first = new int[Math.Max(expected, 16)];
    ulong[] _digests = new ulong[Math.Max(expected, 16)];

    /// <summary>The key of a number: they are given in the order of first sightings.</summary>
    public MessageKey this[int number] => _keys[number];

    /// <summary>Forgets all keys.</summary>
    public void Clear() => _keys.Clear();

    /// <summary>Adds a key that was not met before; else says by which sighting it was.</summary>
    /// <returns>The first sighting of a known key, or -1.</returns>
    public int Add(MessageKey key, int sighting, ulong digest)
    {
        var number = _keys.Add(key, out var isNew);
        if (!isNew) return _first[number];
        if (number == _first.Length)
        {
            Array.Resize(ref _first, checked(number * 2));
            Array.Resize(ref _digests, checked(number * 2));
        }
        (_first[number], _digests[number]) = (sighting, digest);
        return -1;
    }

    /// <summary>The first sighting of a key, or -1.</summary>
    public int Find(MessageKey key) => _keys.Find(key) is var number and >= 0 ? _first[number] : -1;

    /// <summary>The digest of the sighting that stands for a known key.</summary>
    public ulong DigestOf(MessageKey key) => _digests[_keys.Find(key)];

    /// <summary>Another sighting stands for a known key.</summary>
    public void SetDigest(MessageKey key, ulong digest) => _digests[_keys.Find(key)] = digest;
}

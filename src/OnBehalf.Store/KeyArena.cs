using OnBehalf.Engine.Facts;

namespace OnBehalf.Store;

/// <summary>
/// Lists of keys, and conversationIndexes, of one sighting after another in the same two arrays: ten million messages would else make
/// twenty million small ones.
/// </summary>
sealed class KeyArena
{
    const int UsualKeys = 256;
    const int UsualBytes = 1024;

    MessageKey[] _keys = [];
    byte[] _bytes = [];
    int _keysUsed;
    int _bytesUsed;

    /// <summary>Keys stored one after the other.</summary>
    public ReadOnlyMemory<MessageKey> Read(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length / 16;
        if (count == 0) return default;
        if (_keysUsed + count > _keys.Length) (_keys, _keysUsed) = (new MessageKey[Math.Max(UsualKeys, count)], 0);
        var keys = _keys.AsMemory(_keysUsed, count);
        _keysUsed += count;
        for (var i = 0; i < count; i++) keys.Span[i] = MessageKey.Read(bytes[(i * 16)..]);
        return keys;
    }

    /// <summary>The same bytes, which stay until <see cref="Rewind"/>.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return default;
        if (_bytesUsed + bytes.Length > _bytes.Length) (_bytes, _bytesUsed) = (new byte[Math.Max(UsualBytes, bytes.Length)], 0);
        var copy = _bytes.AsMemory(_bytesUsed, bytes.Length);
        _bytesUsed += bytes.Length;
        bytes.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>What was cut so far is needed no longer.</summary>
    public void Rewind() => (_keysUsed, _bytesUsed) = (0, 0);
}

using OnBehalf.Engine.Facts;

namespace OnBehalf.Store;

/// <summary>
/// Lists of keys cut from large arrays: ten million messages would else make twenty million small ones.
/// </summary>
sealed class KeyArena
{
    const int ChunkKeys = 2048;

    MessageKey[] _chunk = [];
    int _used;

    /// <summary>Keys stored one after the other.</summary>
    public ReadOnlyMemory<MessageKey> Read(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length / 16;
        if (count == 0) return default;
        if (_used + count > _chunk.Length) (_chunk, _used) = (new MessageKey[Math.Max(ChunkKeys, count)], 0);
        var keys = _chunk.AsMemory(_used, count);
        _used += count;
        for (var i = 0; i < count; i++) keys.Span[i] = MessageKey.Read(bytes[(i * 16)..]);
        return keys;
    }
}

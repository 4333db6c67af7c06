using System.Buffers;

namespace OnBehalf.Simulator.Graph;

/// <summary>
/// Room for one page, borrowed and given back: pages are large enough that the collector would have to look after each one.
/// </summary>
sealed class PageBuffer : IBufferWriter<byte>, IDisposable
{
    const int FirstSize = 16 * 1_024;

    byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    int _written;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _written);

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_written);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _written = 0;
    }

    void MakeRoom(int size)
    {
        if (_bytes.Length - _written >= size) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _written + size));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

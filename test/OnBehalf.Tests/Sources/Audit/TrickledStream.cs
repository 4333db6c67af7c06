namespace OnBehalf.Tests.Sources.Audit;

/// <summary>A stream that gives its bytes in pieces no longer than it is told, as a slow pipe does.</summary>
sealed class TrickledStream(byte[] content, int atMost) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(atMost, buffer.Length)], cancellationToken);
}

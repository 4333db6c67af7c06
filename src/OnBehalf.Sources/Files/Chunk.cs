namespace OnBehalf.Sources.Files;

/// <summary>
/// A piece of a file on its way from the reading thread. There is room before the bytes for what the piece before left
/// over, so that headers always lie in one stretch of memory without being copied.
/// </summary>
sealed class Chunk(int size)
{
    const int Front = MailLimits.HeaderBlock;

    readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Front + size);

    /// <summary>Where the reading thread puts bytes.</summary>
    public Span<byte> Room => _bytes.AsSpan(Front);

    /// <summary>How many bytes of <see cref="Room"/> are filled.</summary>
    public int Length { get; set; }

    /// <summary>The file that begins with this piece, as the operator named it; null in the middle of a file.</summary>
    public string? Begins { get; set; }

    /// <summary>Whether the file holds one message whatever it looks like.</summary>
    public bool IsSingle { get; set; }

    /// <summary>Whether the file ends with this piece.</summary>
    public bool IsLast { get; set; }

    /// <summary>Why the file cannot be read further, in words.</summary>
    public string? Broken { get; set; }

    /// <summary>Bytes of all input used up to the end of this piece; compressed bytes where it is.</summary>
    public long BytesRead { get; set; }

    /// <summary>The bytes, with what was left over before them.</summary>
    public ReadOnlySpan<byte> After(ReadOnlySpan<byte> leftOver)
    {
        leftOver.CopyTo(_bytes.AsSpan(Front - leftOver.Length));
        return _bytes.AsSpan(Front - leftOver.Length, leftOver.Length + Length);
    }
}

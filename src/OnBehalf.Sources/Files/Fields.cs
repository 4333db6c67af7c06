namespace OnBehalf.Sources.Files;

/// <summary>The fields of one header block.</summary>
readonly ref struct Fields(ReadOnlySpan<byte> bytes, HeaderBlock block)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;
    readonly HeaderBlock _block = block;

    /// <summary>The value of a header as it stands, with its folds, or nothing.</summary>
    public ReadOnlySpan<byte> this[Header header] => _block.Value(_bytes, (int)header);

    /// <summary>The value of a header by its number.</summary>
    public ReadOnlySpan<byte> this[int header] => _block.Value(_bytes, header);

    /// <summary>The whole block.</summary>
    public ReadOnlySpan<byte> All => _bytes[.._block.Length];

    /// <summary>Whether the header is there.</summary>
    public bool Has(Header header) => _block.Has((int)header);
}

namespace OnBehalf.Engine.Facts;

/// <summary>Lists of addresses as they are walked for every message.</summary>
static class AddressLists
{
    static readonly AddressId[] None = [];

    /// <summary>The addresses; nearly always the very array, which is walked without an enumerator of its own.</summary>
    public static ReadOnlySpan<AddressId> AsSpan(this IReadOnlyList<AddressId> addresses) =>
        addresses as AddressId[] ?? (addresses.Count == 0 ? None : [.. addresses]);
}

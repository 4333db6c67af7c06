using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// Address lists by their bytes: those met most recently are not read again. Answers repeat the To and Cc of what they answer, and
/// everybody writes their own From the same way: of a list archive of 90,500 messages nine From in ten, eight To and six Cc.
/// </summary>
sealed class RecentLists(AddressReader reader)
{
    const int Slots = 1024;

    /// <summary>Bytes of the longest list that is kept: all of them together are a few megabytes at most.</summary>
    const int Longest = 4096;

    readonly (byte[] Bytes, int Length, AddressId[]? Ids)[] _slots = new (byte[], int, AddressId[]?)[Slots];
    readonly AddressId[] _found = new AddressId[MailLimits.Addresses];

    /// <summary>The addresses of a list, at most so many; nobody may change the array, which messages share.</summary>
    public AddressId[] Read(ReadOnlySpan<byte> list, int most = MailLimits.Addresses)
    {
        if (list.IsEmpty || most <= 0) return [];
        if (list.Length > Longest) return Fresh(list, most);
        ref var slot = ref _slots[Fingerprint.Of(list) % Slots];
        if (slot.Ids is { } known && known.Length <= most && list.SequenceEqual(slot.Bytes.AsSpan(0, slot.Length))) return known;
        var ids = Fresh(list, most);
        if (ids.Length < most) Keep(ref slot, list, ids); // Else there may be more.
        return ids;
    }

    /// <summary>The first address of a list.</summary>
    public AddressId First(ReadOnlySpan<byte> list)
    {
        if (list.Length > Longest) return reader.ReadFirst(list);
        return Read(list) is [var first, ..] ? first : AddressId.None;
    }

    AddressId[] Fresh(ReadOnlySpan<byte> list, int most) => _found[..reader.Read(list, _found.AsSpan(0, most))];

    static void Keep(ref (byte[] Bytes, int Length, AddressId[]? Ids) slot, ReadOnlySpan<byte> list, AddressId[] ids)
    {
        if (slot.Bytes is null || slot.Bytes.Length < list.Length) slot.Bytes = new byte[Math.Min(list.Length * 2, Longest)];
        list.CopyTo(slot.Bytes);
        (slot.Length, slot.Ids) = (list.Length, ids);
    }
}

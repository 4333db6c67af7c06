using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>Which tracked mailbox an address belongs to: its primary address and its aliases, plus-tags folded.</summary>
public sealed class OwnNames
{
    readonly Addresses _addresses;
    readonly Dictionary<string, AddressId> _mailboxes = new(StringComparer.Ordinal);
    readonly Dictionary<AddressId, AddressId> _judged = [];

    /// <param name="addresses">Every address met.</param>
    /// <param name="mailboxes">Each tracked mailbox with its addresses, the primary one first.</param>
    public OwnNames(Addresses addresses, IEnumerable<IReadOnlyList<string>> mailboxes)
    {
        _addresses = addresses;
        foreach (var names in mailboxes)
            foreach (var name in names) _mailboxes[name.Trim().ToLowerInvariant()] = addresses.Intern((ReadOnlySpan<char>)names[0]);
    }

    /// <summary>The mailbox whose address it is; none where it is nobody's.</summary>
    public AddressId MailboxOf(AddressId address)
    {
        if (_judged.TryGetValue(address, out var known)) return known;
        return _judged[address] = _mailboxes.GetValueOrDefault(Addresses.WithoutTag(_addresses[address]));
    }
}

using OnBehalf.Engine.Setups;

namespace OnBehalf.Sources.Exchange;

/// <summary>From rows of permissions to the people who hold a right: what grants nothing is left out.</summary>
sealed class RightTranslation(RecipientBook book, IReadOnlyDictionary<string, IReadOnlyList<string>> members)
{
    /// <summary>Accounts of the service and role groups: they are in every list and are nobody.</summary>
    static readonly string[] Nobodies =
    [
        "NT AUTHORITY\\", "S-1-5-10", "S-1-5-18", "S-1-5-20", "Discovery Management", "Organization Management", "Exchange Servers",
        "Exchange Trusted Subsystem", "Managed Availability Servers", "Public Folder Management", "Delegated Setup",
    ];

    /// <summary>Those whom the rows allow and no row of theirs denies, in order of their names.</summary>
    /// <param name="rows">Rows of one mailbox.</param>
    /// <param name="right">FullAccess or SendAs.</param>
    public IReadOnlyList<Trustee> Holders(IEnumerable<ExchangeRow> rows, string right)
    {
        var (allowed, denied) = (new Dictionary<string, Trustee>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            if (row.Flag("IsInherited") == true || !row.Grants(right)) continue;
            if (ToTrustee(row) is not { } trustee) continue;
            if (IsDenied(row)) denied.Add(trustee.Name);
            else allowed.TryAdd(trustee.Name, trustee);
        }
        return [.. allowed.Values.Where(one => !denied.Contains(one.Name)).OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>Those whom a list of names means, as GrantSendOnBehalfTo has them.</summary>
    public IReadOnlyList<Trustee> Named(IEnumerable<string> names) =>
    [
        .. names.Select(name => Named(name, null)).OfType<Trustee>().DistinctBy(one => one.Name)
            .OrderBy(one => one.Name, StringComparer.Ordinal),
    ];

    /// <summary>What a row of rights calls its holder: the address where there is one.</summary>
    public static string? NameOf(ExchangeRow row) =>
        AddressIn(row.Text("TrusteeWithPrimarySmtpAddress", "PrimarySmtpAddress")) ?? row.Text("User", "Trustee");

    /// <summary>Whether a name may be somebody's: no account of the service, no deleted one, none of another forest.</summary>
    public static bool MayBeSomebody(string name) =>
        !Nobodies.Any(nobody => name.StartsWith(nobody, StringComparison.OrdinalIgnoreCase))
        && !name.StartsWith("S-1-5-", StringComparison.OrdinalIgnoreCase) && !name.Contains('\\', StringComparison.Ordinal);

    Trustee? ToTrustee(ExchangeRow row) => row.Text("User", "Trustee") is { } name
        ? Named(name, row.Text("TrusteeWithPrimarySmtpAddress", "PrimarySmtpAddress")) : null;

    Trustee? Named(string name, string? address)
    {
        if (Nobodies.Any(nobody => name.StartsWith(nobody, StringComparison.OrdinalIgnoreCase))) return null;
        if ((book.Find(address) ?? book.Find(name)) is { } known) return Of(known);
        if (AddressIn(address) is { } given) return new(given, TrusteeKind.Person);
        if (name.StartsWith("S-1-5-21-", StringComparison.OrdinalIgnoreCase)) return new(name, TrusteeKind.Deleted);
        if (AddressIn(name) is { } typed) return new(typed, TrusteeKind.Person);
        // An account of Microsoft's own forest, as NAMPR01A001\Administrator.
        return name.Contains('\\', StringComparison.Ordinal) ? null : new(name, TrusteeKind.Unknown);
    }

    Trustee Of(Recipient known) => known.Kind is RecipientKind.Group or RecipientKind.List
        ? new(known.Address, TrusteeKind.Group, members.GetValueOrDefault(known.Address))
        : new(known.Address, TrusteeKind.Person);

    // -IncludeTrusteeWithPrimarySmtpAddress may write "Maria Lopez <maria.lopez@acme.example>".
    static string? AddressIn(string? text)
    {
        if (text is null || !text.Contains('@', StringComparison.Ordinal)) return null;
        var (open, close) = (text.LastIndexOfAny(['<', '(']), text.LastIndexOfAny(['>', ')']));
        var address = open >= 0 && close > open ? text[(open + 1)..close] : text;
        return address.Contains(' ', StringComparison.Ordinal) ? null : address.Trim().ToLowerInvariant();
    }

    static bool IsDenied(ExchangeRow row) =>
        row.Flag("Deny") == true || row.Text("AccessControlType")?.ToUpperInvariant() is "DENY" or "1";
}

using OnBehalf.Engine.Setups;

namespace OnBehalf.Sources.Exchange;

/// <summary>
/// Who is meant by a name. Cmdlets name people by address, UPN, object id, GUID, distinguished name, legacy name, SID,
/// alias, name or display name; the last ones may be shared by two people, and then name nobody.
/// </summary>
sealed class RecipientBook
{
    /// <summary>What names one recipient and no other.</summary>
    static readonly string[] Sure =
    [
        "PrimarySmtpAddress", "WindowsEmailAddress", "UserPrincipalName", "mail", "ExternalDirectoryObjectId", "Guid",
        "ExchangeGuid", "ObjectId", "DistinguishedName", "LegacyExchangeDN", "Sid", "MasterAccountSid", "TrusteeSidString",
    ];

    /// <summary>What may name several.</summary>
    static readonly string[] Loose = ["Identity", "Id", "Alias", "Name", "DisplayName", "SamAccountName"];

    readonly Dictionary<string, Recipient> _sure = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Recipient?> _loose = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Learns a recipient under all its names.</summary>
    public void Add(ExchangeRow row)
    {
        if (AddressOf(row) is not { } address) return;
        var recipient = new Recipient(address, KindOf(row.Text("RecipientTypeDetails", "userPurpose")));
        foreach (var name in Sure)
            if (row.Text(name) is { } text) _sure[text] = recipient;
        foreach (var text in AddressesOf(row)) _sure[text] = recipient;
        foreach (var name in Loose)
            if (row.Text(name) is { } text) AddLoose(text, recipient);
    }

    /// <summary>The recipient of a name; null where there is none, or more than one.</summary>
    public Recipient? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        name = name.Trim();
        if (_sure.TryGetValue(name, out var sure)) return sure;
        if (_loose.TryGetValue(name, out var loose)) return loose;
        // A canonical name ends in the name: forest/…/tenant.onmicrosoft.com/Maria Lopez.
        return name.LastIndexOf('/') is > 0 and var slash && !name.StartsWith('/') ? Find(name[(slash + 1)..]) : null;
    }

    /// <summary>The primary address of a recipient row, in lower case.</summary>
    public static string? AddressOf(ExchangeRow row)
    {
        var address = row.Text("PrimarySmtpAddress", "WindowsEmailAddress", "mail")
            ?? row.Names("EmailAddresses").FirstOrDefault(text => text.StartsWith("SMTP:", StringComparison.Ordinal))?[5..]
            ?? row.Text("UserPrincipalName");
        return address is not null && address.Contains('@', StringComparison.Ordinal) ? address.ToLowerInvariant() : null;
    }

    /// <summary>Every other address of a recipient row in lower case: SMTP aliases and X500 names.</summary>
    public static IEnumerable<string> AddressesOf(ExchangeRow row)
    {
        foreach (var list in new[] { "EmailAddresses", "proxyAddresses" })
            foreach (var text in row.Names(list))
            {
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                var kind = colon < 0 ? "" : text[..colon].ToUpperInvariant();
                if (kind is "SMTP" or "X500") yield return text[(colon + 1)..].ToLowerInvariant();
                else if (kind == "" && text.Contains('@', StringComparison.Ordinal)) yield return text.ToLowerInvariant();
            }
        if (row.Text("LegacyExchangeDN") is { } legacy) yield return legacy.ToLowerInvariant();
    }

    /// <summary>
    /// What kind of recipient it is, by name or by the number of the enumeration (msExchRecipientTypeDetails).
    /// </summary>
    public static RecipientKind KindOf(string? details) => details?.ToUpperInvariant() switch
    {
        null => RecipientKind.Unknown,
        "SHAREDMAILBOX" or "REMOTESHAREDMAILBOX" or "SHARED" or "4" or "34359738368" => RecipientKind.Shared,
        "USERMAILBOX" or "LINKEDMAILBOX" or "LEGACYMAILBOX" or "REMOTEUSERMAILBOX" or "USER" or "LINKED" or "1" or "2" or "8"
            or "2147483648" => RecipientKind.Personal,
        "GROUPMAILBOX" or "1099511627776" => RecipientKind.Group,
        "MAILUNIVERSALDISTRIBUTIONGROUP" or "MAILNONUNIVERSALGROUP" or "MAILUNIVERSALSECURITYGROUP" or "DYNAMICDISTRIBUTIONGROUP"
            or "ROOMLIST" or "UNIVERSALDISTRIBUTIONGROUP" or "UNIVERSALSECURITYGROUP" or "256" or "512" or "1024" or "2048"
            => RecipientKind.List,
        var other when other.EndsWith("MAILBOX", StringComparison.Ordinal) || other is "ROOM" or "EQUIPMENT" or "16" or "32"
            => RecipientKind.Resource,
        _ => RecipientKind.Unknown,
    };

    void AddLoose(string text, Recipient recipient)
    {
        if (_loose.TryGetValue(text, out var other) && other?.Address != recipient.Address) _loose[text] = null;
        else _loose[text] = recipient;
    }
}

/// <summary>A recipient: its primary address in lower case, and what it is.</summary>
sealed record Recipient(string Address, RecipientKind Kind);

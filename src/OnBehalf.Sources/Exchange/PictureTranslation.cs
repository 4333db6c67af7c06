using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Sources.Exchange;

/// <summary>The one door from what Exchange answers into the house: rows become a picture of the set-up.</summary>
static class PictureTranslation
{
    /// <summary>The picture that rows give.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="now">When it was taken, where the rows do not say.</param>
    /// <param name="known">Recipients known from elsewhere, as the directory; may be empty.</param>
    public static ExchangePicture ToPicture(ExchangeRows rows, Instant now, IEnumerable<ExchangeRow>? known = null)
    {
        var book = new RecipientBook();
        foreach (var row in known ?? []) book.Add(row);
        foreach (var row in rows[RowKind.Recipient]) book.Add(row);
        var rights = new RightTranslation(book, MembersOf(rows, book));
        return new()
        {
            TakenAt = TakenAt(rows) ?? now,
            IsUnifiedAuditOn = rows[RowKind.AuditLog] is [var log, ..] ? log.Flag("UnifiedAuditLogIngestionEnabled") : null,
            IsMailboxAuditDisabled = rows[RowKind.Organisation] is [var organisation, ..] ? organisation.Flag("AuditDisabled") : null,
            Mailboxes = Mailboxes(rows, book, rights),
            People = People(rows, book),
        };
    }

    /// <summary>Names that hold rights and that no recipient among the rows answers to, in order.</summary>
    public static IReadOnlyList<string> Strangers(ExchangeRows rows)
    {
        var book = new RecipientBook();
        foreach (var row in rows[RowKind.Recipient]) book.Add(row);
        var strangers = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in rows[RowKind.FullAccess].Concat(rows[RowKind.SendAs]))
            if (row.Flag("IsInherited") != true && RightTranslation.NameOf(row) is { } name) strangers.Add(name);
        foreach (var row in rows[RowKind.Recipient])
            if (row.Flag("OnBehalfWanted") != false) strangers.UnionWith(row.Names("GrantSendOnBehalfTo"));
        return [.. strangers.Where(name => RightTranslation.MayBeSomebody(name) && book.Find(name) is null)];
    }

    static List<MailboxSetup> Mailboxes(ExchangeRows rows, RecipientBook book, RightTranslation rights)
    {
        var fullAccess = rows[RowKind.FullAccess].ToLookup(row => AboutOf(row, book), StringComparer.Ordinal);
        var sendAs = rows[RowKind.SendAs].ToLookup(row => AboutOf(row, book), StringComparer.Ordinal);
        var mailboxes = new Dictionary<string, MailboxSetup>(StringComparer.Ordinal);
        foreach (var row in rows[RowKind.Recipient])
        {
            if (row.Flag("OnBehalfWanted") == false) continue; // Listed to say who is who, and for nothing else.
            if (RecipientBook.AddressOf(row) is not { } address || !IsMailbox(row, address, fullAccess, sendAs)) continue;
            mailboxes[address] = ToMailbox(row, address, rights);
        }
        foreach (var address in fullAccess.Select(group => group.Key).Concat(sendAs.Select(group => group.Key)))
            if (address.Length > 0) mailboxes.TryAdd(address, new() { Address = address });
        return
        [
            .. mailboxes.Values.Select(mailbox => mailbox with
            {
                FullAccess = HoldersOf(fullAccess, mailbox.Address, rights, "FullAccess"),
                SendAs = HoldersOf(sendAs, mailbox.Address, rights, "SendAs"),
            }).OrderBy(mailbox => mailbox.Address, StringComparer.Ordinal),
        ];
    }

    // Everything has rows: at least SELF is in each list. None at all means that nobody asked, and a lost one that nobody knows.
    static IReadOnlyList<Trustee>? HoldersOf(
        ILookup<string, ExchangeRow> rows, string mailbox, RightTranslation rights, string right) =>
        rows.Contains(mailbox) && !rows[mailbox].Any(row => row.IsLost("AccessRights")) ? rights.Holders(rows[mailbox], right) : null;

    // People's mailboxes are listed to say who is who; they are of interest themselves where others have rights on them.
    static bool IsMailbox(
        ExchangeRow row, string address, ILookup<string, ExchangeRow> fullAccess, ILookup<string, ExchangeRow> sendAs) =>
        RecipientBook.KindOf(row.Text("RecipientTypeDetails")) switch
        {
            RecipientKind.Shared => true,
            RecipientKind.Personal or RecipientKind.Resource or RecipientKind.Unknown =>
                fullAccess.Contains(address) || sendAs.Contains(address) || row.Names("GrantSendOnBehalfTo").Count > 0,
            _ => row.Flag("OnBehalfWanted") == true,
        };

    static MailboxSetup ToMailbox(ExchangeRow row, string address, RightTranslation rights) => new()
    {
        Address = address,
        Kind = RecipientBook.KindOf(row.Text("RecipientTypeDetails")),
        Aliases = [.. RecipientBook.AddressesOf(row).Where(one => one != address).Distinct().Order(StringComparer.Ordinal)],
        Region = row.Text("MailboxRegion"),
        OnBehalf = !row.Has("GrantSendOnBehalfTo") || row.IsLost("GrantSendOnBehalfTo") ? null
            : rights.Named(row.Names("GrantSendOnBehalfTo")),
        CopiesSentAs = row.Flag("MessageCopyForSentAsEnabled"),
        CopiesOnBehalf = row.Flag("MessageCopyForSendOnBehalfEnabled"),
        IsAudited = row.Flag("AuditEnabled"),
        AuditedActions = row.Texts("AuditDelegate") is { Count: > 0 } actions ? actions : null,
        IsLicensed = row.Flag("SKUAssigned"),
        IsHidden = row.Flag("HiddenFromAddressListsEnabled"),
    };

    static Dictionary<string, PersonSetup> People(ExchangeRows rows, RecipientBook book)
    {
        var people = new Dictionary<string, PersonSetup>(StringComparer.Ordinal);
        foreach (var row in rows[RowKind.Recipient])
            if (RecipientBook.AddressOf(row) is { } address && row.Text("MailboxRegion") is { } region
                && RecipientBook.KindOf(row.Text("RecipientTypeDetails")) == RecipientKind.Personal)
                people[address] = new() { Region = region };
        foreach (var row in rows[RowKind.Bypass])
            if (row.Flag("AuditBypassEnabled") is { } bypassed && Whose(row, book) is { } person)
                people[person] = (people.GetValueOrDefault(person) ?? new()) with { IsAuditBypassed = bypassed };
        return people;
    }

    static string? Whose(ExchangeRow row, RecipientBook book)
    {
        string?[] names = [row.Text(ExchangeRows.About), row.Text("ObjectId"), row.Text("Guid"), row.Text("Identity"), row.Text("Name")];
        return names.Select(book.Find).FirstOrDefault(found => found is not null)?.Address
            ?? names.FirstOrDefault(name => name?.Contains('@', StringComparison.Ordinal) == true)?.ToLowerInvariant();
    }

    static Dictionary<string, IReadOnlyList<string>> MembersOf(ExchangeRows rows, RecipientBook book)
    {
        var members = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var row in rows[RowKind.Members])
            if (book.Find(row.Text("OnBehalfGroup")) is { } group)
                members[group.Address] =
                [
                    .. row.Names("Members").Select(name => book.Find(name)?.Address
                        ?? (name.Contains('@', StringComparison.Ordinal) ? name.ToLowerInvariant() : null)).OfType<string>(),
                ];
        return members;
    }

    // Empty where it cannot be told which mailbox a row is about.
    static string AboutOf(ExchangeRow row, RecipientBook book)
    {
        if (row.Text(ExchangeRows.About) is { } about) return about.ToLowerInvariant();
        var identity = row.Text("Identity", "MailboxIdentity");
        return book.Find(identity)?.Address
            ?? (identity?.Contains('@', StringComparison.Ordinal) == true ? identity.ToLowerInvariant() : "");
    }

    static Instant? TakenAt(ExchangeRows rows) =>
        rows[RowKind.Taken] is [var first, ..] && first.Text("OnBehalfTakenAt") is { } text
            && InstantPattern.ExtendedIso.Parse(text) is { Success: true } taken ? taken.Value : null;
}

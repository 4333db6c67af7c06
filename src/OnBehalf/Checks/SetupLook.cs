using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Audit;
using OnBehalf.Sources.Directories;
using OnBehalf.Sources.Exchange;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Checks;

/// <summary>Brings together what Exchange, the application and the mail say of the set-up, checks it, and keeps what is found.</summary>
static class SetupLook
{
    /// <summary>What Exchange says of the mailboxes that are read, which is kept; null without leave to ask it.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="connection">The tenant.</param>
    /// <param name="now">The present.</param>
    /// <param name="age">How old the last picture may be to be taken again: it costs two questions a mailbox.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ExchangePicture?> PictureAsync(
        MailStore store, TenantConnection connection, Instant now, Duration age, CancellationToken cancellation)
    {
        if (age > Duration.Zero && store.Pictures.Exchange() is { } last && now - last.TakenAt < age) return last;
        if (!(await connection.ExchangeRolesAsync(cancellation)).Contains(ExchangeAdmin.Role)) return null;
        var addresses = Accounts(store).Select(account => store.Addresses[account.Mailbox]).ToList();
        if (addresses.Count == 0) return null;
        var picture = await new ExchangeAdmin(connection).ReadAsync(addresses, now, cancellation);
        store.Pictures.Keep(picture);
        return picture;
    }

    /// <summary>What was last seen, be it by a file that somebody made; nothing but a time when nobody ever looked.</summary>
    public static ExchangePicture LastPicture(MailStore store, Instant now) =>
        store.Pictures.Exchange() ?? new() { TakenAt = now };

    /// <summary>Whoever holds a right on one of the mailboxes, by address; people of a group, too.</summary>
    public static IReadOnlyCollection<string> Holders(ExchangePicture picture) =>
    [
        .. picture.Mailboxes
            .SelectMany(mailbox => (mailbox.FullAccess ?? []).Concat(mailbox.SendAs ?? []).Concat(mailbox.OnBehalf ?? []))
            .SelectMany(trustee => trustee.Members ?? [trustee.Name]).Distinct(),
    ];

    /// <summary>Looks at a connected tenant.</summary>
    public static async Task<IReadOnlyList<SetupFinding>> TenantAsync(
        MailStore store, TenantConnection connection, TenantRecord tenant, ExchangePicture picture, Instant now,
        CancellationToken cancellation)
    {
        var reach = await ReachAsync(store, connection, cancellation);
        var setup = Of(store, await WithStrangersAsync(picture, reach, connection, cancellation), now, cancellation);
        return Keep(store, setup with
        {
            HasAuditSource = setup.HasAuditSource == true || await RemoteAudit.ChooseAsync(connection, cancellation) is not null,
            App = await AppAsync(connection, tenant, cancellation),
            ClockAhead = connection.ClockAhead,
            Reach = reach,
        });
    }

    /// <summary>What the application may do, as its tokens say.</summary>
    public static async Task<AppSetup> AppAsync(
        TenantConnection connection, TenantRecord tenant, CancellationToken cancellation)
    {
        var roles = (await connection.GraphRolesAsync(cancellation)).Concat(await connection.ExchangeRolesAsync(cancellation));
        if (connection.HasActivity) roles = roles.Concat(await connection.ActivityRolesAsync(cancellation));
        return new()
        {
            ClientId = connection.Client,
            Roles = [.. roles.Distinct()],
            CredentialExpiresAt =
                connection.CredentialExpires is { } expires ? Instant.FromDateTimeOffset(expires) : tenant.SecretEndsAt,
            HasCertificate = connection.CredentialExpires is not null,
        };
    }

    /// <summary>Looks at permissions that came as a file, and keeps them for the rounds to come.</summary>
    public static IReadOnlyList<SetupFinding> File(
        MailStore store, ExchangePicture picture, Instant now, CancellationToken cancellation)
    {
        store.Pictures.Keep(picture);
        return Keep(store, Of(store, picture, now, cancellation));
    }

    /// <summary>What the audit log's reading gives cause to say now; nothing where it is known to be off, or of a demo.</summary>
    public static IReadOnlyList<SetupFinding> Alarms(MailStore store, Instant now) =>
        store.Accounts.Tenants() is [{ IsDemo: true }]
        || store.Setup.Load().Findings.Any(finding => finding.Fault == SetupFault.UnifiedAuditOff) ? []
            : AuditAlarm.Find(store.Readings.All(), store.Readings.Windows(), now);

    static IEnumerable<AccountRecord> Accounts(MailStore store) => store.Accounts.All().Where(account => !account.IsAgent);

    // Only what met a problem is asked once more, with one small question: the others were just read.
    static async Task<Dictionary<string, Reach>> ReachAsync(
        MailStore store, TenantConnection connection, CancellationToken cancellation)
    {
        var reach = new Dictionary<string, Reach>(StringComparer.Ordinal);
        foreach (var account in Accounts(store).ToList())
            reach[store.Addresses[account.Mailbox]] = account switch
            {
                { Problem: not null } => await ProbeAsync(connection, account.GraphId, cancellation),
                { SyncedAt: not null } => Reach.Readable,
                _ => Reach.Unknown,
            };
        return reach;
    }

    static async Task<Reach> ProbeAsync(TenantConnection connection, string mailbox, CancellationToken cancellation)
    {
        try
        {
            return await new MailboxProbe(connection).ReadAsync(mailbox, cancellation);
        }
        catch (Mistake)
        {
            return Reach.Unknown; // Something passing: the mailbox's own problem says what.
        }
    }

    // Mailboxes that are read and that Exchange was not asked about, or does not know.
    static async Task<ExchangePicture> WithStrangersAsync(
        ExchangePicture picture, Dictionary<string, Reach> reach, TenantConnection connection, CancellationToken cancellation)
    {
        var known = picture.Mailboxes.Select(mailbox => mailbox.Address).ToHashSet(StringComparer.Ordinal);
        var strangers = new List<MailboxSetup>();
        var mayAsk = (await connection.GraphRolesAsync(cancellation)).Contains(DirectorySource.GroupRole);
        foreach (var (address, reached) in reach.Where(pair => !known.Contains(pair.Key)))
            strangers.Add(new()
            {
                Address = address,
                Kind = reached == Reach.Missing && mayAsk
                    ? await new DirectorySource(connection).FindGroupAsync(address, cancellation) ?? RecipientKind.Unknown
                    : RecipientKind.Unknown,
            });
        return strangers.Count == 0 ? picture : picture with { Mailboxes = [.. picture.Mailboxes, .. strangers] };
    }

    static TenantSetup Of(MailStore store, ExchangePicture picture, Instant now, CancellationToken cancellation) => new()
    {
        SeenAt = now,
        Exchange = picture,
        HasAuditSource = store.Facts.SendNames().Count > 0 ? true : null,
        Use = SendingLook.Of(store, now, cancellation),
    };

    static IReadOnlyList<SetupFinding> Keep(MailStore store, TenantSetup tenant)
    {
        var findings = SetupCheck.Find(tenant);
        store.Setup.Replace(findings, tenant.SeenAt);
        return findings;
    }
}

using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Setups;
using OnBehalf.Sources.Audit;
using OnBehalf.Sources.Exchange;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;

namespace OnBehalf.Checks;

/// <summary>Brings together what Exchange, the application and the mail say of the set-up, checks it, and keeps what is found.</summary>
static class SetupLook
{
    /// <summary>How far back the mail is looked at.</summary>
    static readonly Duration Span = Duration.FromDays(30);

    /// <summary>What Exchange says of the mailboxes that are read; null without leave to ask it.</summary>
    public static async Task<ExchangePicture?> PictureAsync(
        MailStore store, TenantConnection connection, Instant now, CancellationToken cancellation)
    {
        if (!(await connection.ExchangeRolesAsync(cancellation)).Contains(ExchangeAdmin.Role)) return null;
        var addresses = store.Accounts.All().Where(account => !account.IsAgent)
            .Select(account => store.Addresses[account.Mailbox]).ToList();
        return await new ExchangeAdmin(connection).ReadAsync(addresses, now, cancellation);
    }

    /// <summary>Whoever holds a right on one of the mailboxes, by address; people of a group, too.</summary>
    public static IReadOnlyCollection<string> Holders(ExchangePicture picture) =>
    [
        .. picture.Mailboxes
            .SelectMany(mailbox => (mailbox.FullAccess ?? []).Concat(mailbox.SendAs ?? []).Concat(mailbox.OnBehalf ?? []))
            .SelectMany(trustee => trustee.Members ?? [trustee.Name]).Distinct(),
    ];

    /// <summary>Looks at a connected tenant.</summary>
    public static async Task<IReadOnlyList<SetupFinding>> TenantAsync(
        MailStore store, TenantConnection connection, ExchangePicture picture, Instant now, CancellationToken cancellation)
    {
        var accounts = store.Accounts.All().Where(account => !account.IsAgent).ToList();
        var exchangeRoles = await connection.ExchangeRolesAsync(cancellation);
        var graphRoles = await connection.GraphRolesAsync(cancellation);
        var hasAudit = await RemoteAudit.ChooseAsync(connection, cancellation) is not null;
        var activityRoles = hasAudit && connection.Cloud.Name != "china" ? await connection.ActivityRolesAsync(cancellation) : [];
        return Keep(store, Of(store, picture, now, cancellation) with
        {
            HasAuditSource = hasAudit,
            App = new()
            {
                ClientId = connection.Client,
                Roles = [.. graphRoles.Concat(exchangeRoles).Concat(activityRoles).Distinct()],
                CredentialExpiresAt = connection.CredentialExpires is { } expires ? Instant.FromDateTimeOffset(expires) : null,
                HasCertificate = connection.CredentialExpires is not null,
            },
            Reach = accounts.ToDictionary(
                account => store.Addresses[account.Mailbox],
                account => account.SyncedAt is null ? Reach.Unknown : account.Problem is null ? Reach.Readable : Reach.Refused),
        });
    }

    /// <summary>Looks at permissions that came as a file.</summary>
    public static IReadOnlyList<SetupFinding> File(
        MailStore store, ExchangePicture picture, Instant now, CancellationToken cancellation) =>
        Keep(store, Of(store, picture, now, cancellation));

    static TenantSetup Of(MailStore store, ExchangePicture picture, Instant now, CancellationToken cancellation) => new()
    {
        SeenAt = now,
        Exchange = picture,
        HasAuditSource = store.Facts.SendNames().Count > 0 ? true : null,
        Use = UseOf(store, now, cancellation),
    };

    static IReadOnlyList<SetupFinding> Keep(MailStore store, TenantSetup tenant)
    {
        var findings = SetupCheck.Find(tenant);
        store.Setup.Replace(findings, tenant.SeenAt);
        return findings;
    }

    static Dictionary<string, SendingUse> UseOf(MailStore store, Instant now, CancellationToken cancellation)
    {
        var reader = new MetricReader(store, store.Settings.Rules());
        var query = new MetricQuery { Metrics = ["known"], Dimensions = ["mailbox", "evidence"], From = now - Span, To = now, AsOf = now };
        var known = Counts(reader.Answer(query, cancellation));
        var unknown = Counts(reader.Answer(query with { Metrics = ["unattributed"], Dimensions = ["mailbox", "reason"] }, cancellation));
        var pending = Counts(reader.Answer(query with { Metrics = ["pending"], Dimensions = ["mailbox"] }, cancellation));
        var sends = store.Facts.CountSends().ToDictionary(count => store.Addresses[count.Name]);
        return reader.Extents().Select(extent => store.Addresses[extent.Mailbox]).ToDictionary(mailbox => mailbox, mailbox =>
        {
            int By(params IReadOnlyList<Evidence> evidence) => evidence.Sum(e => known.GetValueOrDefault((mailbox, e.ToString())));
            int For(params IReadOnlyList<UnattributedReason> reasons) =>
                reasons.Sum(reason => unknown.GetValueOrDefault((mailbox, reason.ToString())));
            return new SendingUse
            {
                OnBehalf = By(Evidence.OnBehalf, Evidence.AuditSendOnBehalf),
                As = By(Evidence.AuditSendAs, Evidence.AuditBySubjectAndTime),
                OwnName = By(Evidence.OwnName),
                Otherwise = By(Evidence.AgentSentCopy, Evidence.AuthorHeader),
                Unnamed = For(
                    UnattributedReason.SendAsNoAuditSource, UnattributedReason.AuditRecordMissing, UnattributedReason.AuditBypassed,
                    UnattributedReason.CrossGeo) + pending.GetValueOrDefault((mailbox, "")),
                Unknown = For(
                    UnattributedReason.SystemSender, UnattributedReason.ApplicationSender, UnattributedReason.SenderUnknown),
                AuditedSends = (int)(sends.GetValueOrDefault(mailbox)?.Records ?? 0),
                WithoutCopy = (int)(sends.GetValueOrDefault(mailbox)?.Unmatched ?? 0),
            };
        });
    }

    // By mailbox and, where there is one, the other dimension.
    static Dictionary<(string Mailbox, string Key), int> Counts(MetricResult result)
    {
        var mailboxAt = result.Query.Dimensions[0] == "mailbox" ? 0 : 1;
        return result.Rows.ToDictionary(
            row => (row.Keys[mailboxAt] ?? "", row.Keys.Count > 1 ? row.Keys[1 - mailboxAt] ?? "" : ""),
            row => (int)(row.Figures[0].Value ?? 0));
    }
}

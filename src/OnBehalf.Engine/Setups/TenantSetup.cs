using NodaTime;

namespace OnBehalf.Engine.Setups;

/// <summary>
/// How a tenant is set up, as far as anybody looked: permissions, copies, auditing, and the application that reads it.
/// What nobody looked at is null and gives no finding.
/// </summary>
public sealed record TenantSetup
{
    /// <summary>The instant the findings are about.</summary>
    public required Instant SeenAt { get; init; }

    /// <summary>What Exchange says.</summary>
    public required ExchangePicture Exchange { get; init; }

    /// <summary>Whether audit records reach this program: by permission, or because some were imported.</summary>
    public bool? HasAuditSource { get; init; }

    /// <summary>The registered application; null where nothing is connected.</summary>
    public AppSetup? App { get; init; }

    /// <summary>By how much this machine's clock is ahead of the server's.</summary>
    public Duration? ClockAhead { get; init; }

    /// <summary>Whether this program can read a mailbox, by primary address; a mailbox nobody tried is missing.</summary>
    public IReadOnlyDictionary<string, Reach> Reach { get; init; } = new Dictionary<string, Reach>();

    /// <summary>What the mail of the last 30 days says, by primary address.</summary>
    public IReadOnlyDictionary<string, SendingUse> Use { get; init; } = new Dictionary<string, SendingUse>();
}

/// <summary>Permissions, copies and auditing as Exchange has them: the three lists of rights, and what decides beside them.</summary>
public sealed record ExchangePicture
{
    /// <summary>When it was taken.</summary>
    public required Instant TakenAt { get; init; }

    /// <summary>Whether the unified audit log takes records in (Get-AdminAuditLogConfig, UnifiedAuditLogIngestionEnabled).</summary>
    public bool? IsUnifiedAuditOn { get; init; }

    /// <summary>Whether mailbox auditing is switched off for the whole organisation (Get-OrganizationConfig, AuditDisabled).</summary>
    public bool? IsMailboxAuditDisabled { get; init; }

    /// <summary>The mailboxes, and what else was named as one, by address.</summary>
    public IReadOnlyList<MailboxSetup> Mailboxes { get; init; } = [];

    /// <summary>People by primary address, lower case: whoever holds a right or answers.</summary>
    public IReadOnlyDictionary<string, PersonSetup> People { get; init; } = new Dictionary<string, PersonSetup>();
}

/// <summary>The application that was registered for this program.</summary>
public sealed record AppSetup
{
    /// <summary>Its application (client) id.</summary>
    public required string ClientId { get; init; }

    /// <summary>
    /// The application permissions that its tokens carry, over all resources. Rights given by RBAC for Applications are
    /// not among them: they live in Exchange.
    /// </summary>
    public required IReadOnlyCollection<string> Roles { get; init; }

    /// <summary>When its secret or certificate expires.</summary>
    public Instant? CredentialExpiresAt { get; init; }

    /// <summary>Whether it signs in by certificate; else by secret.</summary>
    public bool HasCertificate { get; init; }
}

/// <summary>A person who holds a right, as far as auditing is concerned.</summary>
public sealed record PersonSetup
{
    /// <summary>The region of the person's own mailbox (MailboxRegion), such as EUR.</summary>
    public string? Region { get; init; }

    /// <summary>Whether what the person does is not audited (Get-MailboxAuditBypassAssociation, AuditBypassEnabled).</summary>
    public bool? IsAuditBypassed { get; init; }
}

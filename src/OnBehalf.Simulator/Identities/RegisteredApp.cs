using System.Security.Cryptography.X509Certificates;

namespace OnBehalf.Simulator.Identities;

/// <summary>An application registered in the tenant: how it signs in and what it was allowed.</summary>
public sealed record RegisteredApp
{
    /// <summary>The application everybody uses who asks for nothing else: allowed all that the product asks for, and no more.</summary>
    public static RegisteredApp Default { get; } = new()
    {
        ClientId = "5f0c1a7e-0b6d-4c52-9c1e-2a64c0de0001",
        Secret = "simulated-secret-value",
        Roles =
        [
            "Mail.ReadBasic.All", "MailboxSettings.Read", "User.Read.All", "GroupMember.Read.All", "Domain.Read.All",
            "AuditLogsQuery-Exchange.Read.All", "ActivityFeed.Read", "Exchange.ManageAsApp",
        ],
    };

    /// <summary>The application id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret's value; null when it signs in by certificate only.</summary>
    public string? Secret { get; init; }

    /// <summary>When the secret expires.</summary>
    public DateTimeOffset SecretExpires { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>The certificates whose assertions are accepted.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>The application permissions an administrator consented to, over all resources.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>
    /// Mail roles granted by RBAC for Applications, as in "Mail.ReadBasic"; they reach the mailboxes of <see cref="Scope"/>
    /// and never appear in a token.
    /// </summary>
    public IReadOnlyList<string> ScopedRoles { get; init; } = [];

    /// <summary>The addresses the scoped roles reach; empty means every shared mailbox.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>The addresses a legacy application access policy restricts the application to; empty means no policy.</summary>
    public IReadOnlyList<string> AccessPolicy { get; init; } = [];

    /// <summary>False when the application is known elsewhere but nobody consented in this tenant.</summary>
    public bool IsConsented { get; init; } = true;

    /// <summary>An administrator switched the application off.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>How long a token lasts.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(3_599);
}

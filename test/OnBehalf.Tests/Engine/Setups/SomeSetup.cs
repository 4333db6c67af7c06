using NodaTime;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Tests.Engine.Setups;

/// <summary>An invented tenant that is set up as it should be, and small changes to it.</summary>
static class SomeSetup
{
    public const string Desk = "support@acme.example";
    public const string Anna = "anna@acme.example";
    public const string Ben = "ben@acme.example";

    public static Instant Now { get; } = Instant.FromUtc(2026, 3, 2, 9, 0);

    /// <summary>Two agents, Full Access and Send on Behalf, copies on, audited, rights no wider than needed.</summary>
    public static MailboxSetup Mailbox { get; } = new()
    {
        Address = Desk, Kind = RecipientKind.Shared, Region = "EUR",
        FullAccess = People(Anna, Ben), SendAs = [], OnBehalf = People(Anna, Ben),
        CopiesSentAs = true, CopiesOnBehalf = true, IsAudited = true, IsLicensed = false, IsHidden = false,
        AuditedActions = ["Update", "SendAs", "SendOnBehalf"],
    };

    public static TenantSetup Clean { get; } = new()
    {
        SeenAt = Now,
        Exchange = new()
        {
            TakenAt = Now, IsUnifiedAuditOn = true, IsMailboxAuditDisabled = false, Mailboxes = [Mailbox],
            People = new Dictionary<string, PersonSetup>
            {
                [Anna] = new() { Region = "EUR", IsAuditBypassed = false },
                [Ben] = new() { Region = "EUR", IsAuditBypassed = false },
            },
        },
        HasAuditSource = true,
        App = new()
        {
            ClientId = "5f0c1a7e-0b6d-4c52-9c1e-2a64c0de0001",
            Roles = ["User.Read.All", "MailboxSettings.Read", "AuditLogsQuery-Exchange.Read.All"],
            CredentialExpiresAt = Now + Duration.FromDays(200),
        },
        ClockAhead = Duration.FromSeconds(2),
        Reach = new Dictionary<string, Reach> { [Desk] = Reach.Readable },
        Use = new Dictionary<string, SendingUse> { [Desk] = new() { OnBehalf = 95, OwnName = 5, AuditedSends = 95 } },
    };

    public static IReadOnlyList<Trustee> People(params string[] names) =>
        [.. names.Select(name => new Trustee(name, TrusteeKind.Person))];

    /// <summary>The clean tenant with another mailbox in the place of its own.</summary>
    public static TenantSetup With(Func<MailboxSetup, MailboxSetup> change) =>
        Clean with { Exchange = Clean.Exchange with { Mailboxes = [change(Mailbox)] } };

    /// <summary>The clean tenant where the application holds other permissions.</summary>
    public static TenantSetup With(params string[] roles) => Clean with { App = Clean.App! with { Roles = roles } };

    /// <summary>The clean tenant where Ben is other than he was.</summary>
    public static TenantSetup WithBen(TenantSetup tenant, PersonSetup ben) => tenant with
    {
        Exchange = tenant.Exchange with
        {
            People = new Dictionary<string, PersonSetup>(tenant.Exchange.People) { [Ben] = ben },
        },
    };
}

namespace OnBehalf.Engine.Setups;

/// <summary>An application permission that this program can use, and what for.</summary>
/// <param name="Api">The API it belongs to, as Entra lists it.</param>
/// <param name="Role">Its name.</param>
/// <param name="Gives">What it gives.</param>
/// <param name="IsNeeded">Whether nothing works without it.</param>
public sealed record AppPermission(string Api, string Role, string Gives, bool IsNeeded = false)
{
    /// <summary>
    /// All of them; whatever else is granted is more than is needed. Mail rights are better given in Exchange (RBAC for
    /// Applications), where they reach shared mailboxes only and appear in no token. Source: Microsoft Graph permissions
    /// reference.
    /// </summary>
    public static IReadOnlyList<AppPermission> All { get; } =
    [
        new("Microsoft Graph", "User.Read.All", "who agents are, under all their addresses", IsNeeded: true),
        new("Microsoft Graph", "Mail.ReadBasic.All", "mail without bodies, of every mailbox; better given in Exchange"),
        new("Microsoft Graph", "MailboxSettings.Read", "which mailboxes are shared, where Exchange may not be asked"),
        new("Microsoft Graph", "GroupMember.Read.All", "who is in groups that hold rights"),
        new("Microsoft Graph", "Domain.Read.All", "which addresses are the company's own"),
        new("Microsoft Graph", "AuditLogsQuery-Exchange.Read.All", "who sent as a mailbox, back for half a year"),
        new("Office 365 Management APIs", "ActivityFeed.Read", "the same for seven days; all there is in national clouds"),
        new("Office 365 Exchange Online", "Exchange.ManageAsApp", "rights, copies and auditing, with the role Global Reader"),
        new("Office 365 Exchange Online", "Exchange.ManageAsAppV2", "the same by Exchange's newer API"),
    ];

    /// <summary>The portal's own words for granting it.</summary>
    internal string ToAdd => $"add {Api} > Application > {Role}";
}

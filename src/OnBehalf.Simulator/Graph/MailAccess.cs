using OnBehalf.Simulator.Identities;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>
/// Who may read which mailbox. Consent in Entra reaches every mailbox; roles of RBAC for Applications add the mailboxes of
/// their scope; a legacy application access policy takes away what is not in its group.
/// </summary>
static class MailAccess
{
    static readonly string[] Basic = ["Mail.ReadBasic", "Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite"];
    static readonly string[] Full = ["Mail.Read", "Mail.ReadWrite"];

    /// <summary>Whether the bearer may read bodies and extended properties too.</summary>
    /// <exception cref="GraphError">The bearer may not read the mailbox at all.</exception>
    public static bool ReadsBodies(AccessToken token, Mailbox mailbox)
    {
        if (token.App.AccessPolicy is { Count: > 0 } policy && !Contains(policy, mailbox.Address)) throw GraphError.PolicyDenied();
        if (Reaches(token, mailbox, Full)) return true;
        return Reaches(token, mailbox, Basic) ? false : throw GraphError.AccessDenied();
    }

    /// <summary>Refuses what Mail.ReadBasic leaves out.</summary>
    public static void DemandBodies(AccessToken token, Mailbox mailbox)
    {
        if (!ReadsBodies(token, mailbox)) throw GraphError.AccessDenied();
    }

    /// <summary>Refuses whoever may not read mailbox settings.</summary>
    public static void DemandSettings(AccessToken token, Mailbox mailbox)
    {
        if (!Reaches(token, mailbox, ["MailboxSettings.Read", "MailboxSettings.ReadWrite"])) throw GraphError.AccessDenied();
    }

    /// <summary>Refuses a bearer without any of these roles.</summary>
    public static void Demand(AccessToken token, params ReadOnlySpan<string> anyOf)
    {
        if (!token.Holds(anyOf)) throw GraphError.InsufficientPrivileges();
    }

    static bool Reaches(AccessToken token, Mailbox mailbox, string[] roles) =>
        token.Holds(roles) || (token.App.ScopedRoles.Any(roles.Contains) && IsInScope(token.App, mailbox));

    static bool IsInScope(RegisteredApp app, Mailbox mailbox) =>
        app.Scope.Count == 0 ? mailbox is SharedMailbox { Setup.Shape: RecipientShape.Shared } : Contains(app.Scope, mailbox.Address);

    static bool Contains(IReadOnlyList<string> addresses, string address) =>
        addresses.Contains(address, StringComparer.OrdinalIgnoreCase);
}

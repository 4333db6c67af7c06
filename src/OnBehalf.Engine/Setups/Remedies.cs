using System.Globalization;
using System.Text;

namespace OnBehalf.Engine.Setups;

/// <summary>
/// The commands that mend a set-up. They are made to be pasted into PowerShell, and names come from outside, so every
/// name stands in single quotes and cannot end them.
/// </summary>
static class Remedies
{
    /// <summary>How many commands for single people are written out; beyond it one says how to go on.</summary>
    const int Spelled = 20;

    public const string ScopeName = "OnBehalf shared mailboxes";

    /// <summary>A text as PowerShell takes it literally. It ends at typographic single quotes too.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var letter in text)
        {
            if (char.IsControl(letter)) continue;
            if (letter is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b') quoted.Append(letter);
            quoted.Append(letter);
        }
        return quoted.Append('\'').ToString();
    }

    public static string GrantOnBehalf(string mailbox, IEnumerable<string> agents) =>
        $"Set-Mailbox {Quote(mailbox)} -GrantSendOnBehalfTo @{{Add={string.Join(',', agents.Select(Quote))}}}";

    public static IEnumerable<string> RevokeSendAs(string mailbox, IReadOnlyCollection<string> agents) =>
        ForEach(agents, agent =>
            $"Remove-RecipientPermission {Quote(mailbox)} -Trustee {Quote(agent)} -AccessRights SendAs -Confirm:$false");

    public static IEnumerable<string> GrantFullAccess(string mailbox, IReadOnlyCollection<string> agents) =>
        ForEach(agents, agent =>
            $"Add-MailboxPermission {Quote(mailbox)} -User {Quote(agent)} -AccessRights FullAccess -InheritanceType All");

    public static IEnumerable<string> RevokeFullAccess(string mailbox, IReadOnlyCollection<string> holders) =>
        ForEach(holders, holder =>
            $"Remove-MailboxPermission {Quote(mailbox)} -User {Quote(holder)} -AccessRights FullAccess -Confirm:$false");

    public static string CopySent(string mailbox) =>
        $"Set-Mailbox {Quote(mailbox)} -MessageCopyForSentAsEnabled $true -MessageCopyForSendOnBehalfEnabled $true";

    /// <summary>Where the switches are on and copies do not come: whether they come at all, or are taken away.</summary>
    public static string LookForCopies(string mailbox) =>
        $"Get-MailboxFolderStatistics {Quote(mailbox)} -FolderScope SentItems -IncludeOldestAndNewestItems: whether copies come at all, "
            + "or somebody moves or deletes them";

    public static string RevokeOnBehalf(string mailbox, IEnumerable<string> names) =>
        $"Set-Mailbox {Quote(mailbox)} -GrantSendOnBehalfTo @{{Remove={string.Join(',', names.Select(Quote))}}}";

    public static string UnifiedAudit() => "Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true";

    public static string OrganisationAudit() => "Set-OrganizationConfig -AuditDisabled $false";

    /// <summary>Off and on again: only a change made by hand sends an unlicensed mailbox's records to the unified log.</summary>
    public static IReadOnlyList<string> ToggleMailboxAudit(string mailbox) =>
    [
        $"Set-Mailbox {Quote(mailbox)} -AuditEnabled $false",
        $"Set-Mailbox {Quote(mailbox)} -AuditEnabled $true",
    ];

    public static string MailboxAudit(string mailbox) => $"Set-Mailbox {Quote(mailbox)} -AuditEnabled $true";

    public static string DefaultAuditSet(string mailbox) =>
        $"Set-Mailbox {Quote(mailbox)} -DefaultAuditSet Admin,Delegate,Owner";

    public static string EndBypass(string agent) =>
        $"Set-MailboxAuditBypassAssociation {Quote(agent)} -AuditBypassEnabled $false";

    public static string Show(string mailbox) => $"Set-Mailbox {Quote(mailbox)} -HiddenFromAddressListsEnabled $false";

    /// <summary>
    /// RBAC for Applications: mail rights that reach shared mailboxes only. Grants add to consent, so the tenant-wide
    /// consent goes last.
    /// </summary>
    public static IReadOnlyList<string> ScopeToSharedMailboxes(string clientId, IEnumerable<string> consents) =>
    [
        $"New-ServicePrincipal -AppId {Quote(clientId)} -ObjectId (Get-MgServicePrincipal -Filter \"appId eq {Quote(clientId)}\").Id "
            + "-DisplayName 'OnBehalf'",
        $"New-ManagementScope -Name {Quote(ScopeName)} -RecipientRestrictionFilter \"RecipientTypeDetails -eq 'SharedMailbox'\"",
        $"New-ManagementRoleAssignment -App {Quote(clientId)} -Role 'Application Mail.ReadBasic' -CustomResourceScope {Quote(ScopeName)}",
        .. consents.Select(role => Consent(clientId, $"remove {role}")),
    ];

    public static string Consent(string clientId, string what) =>
        $"Entra admin center > App registrations > {clientId} > API permissions: {what}, then Grant admin consent";

    static IEnumerable<string> ForEach(IReadOnlyCollection<string> names, Func<string, string> command)
    {
        foreach (var name in names.Take(Spelled)) yield return command(name);
        if (names.Count > Spelled)
            yield return string.Create(CultureInfo.InvariantCulture, $"# and the same for {names.Count - Spelled} more");
    }
}

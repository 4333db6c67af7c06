namespace OnBehalf.Cli;

/// <summary>What <c>connect</c> says about the portal, the same as docs/operating/connect.md.</summary>
static class ConnectTexts
{
    public const string Registration =
        """
        In the Entra admin center (https://entra.microsoft.com), as an administrator:
          a. App registrations > New registration: name OnBehalf, accounts in this organizational directory only, no redirect
             URI. Copy Application (client) ID and Directory (tenant) ID from its overview.
          b. Certificates & secrets > New client secret: copy its Value (not its ID), and put it where only this machine sees
             it, as in export ONBEHALF_SECRET=... or a file of yours alone. A certificate is better: upload its public part.
          c. API permissions > Add a permission > Application permissions:
             Microsoft Graph: User.Read.All, MailboxSettings.Read, GroupMember.Read.All, Domain.Read.All,
             AuditLogsQuery-Exchange.Read.All. Office 365 Exchange Online: Exchange.ManageAsApp. Then Grant admin consent.
          d. Roles & admins > Global Reader > Add assignments: the application, so that Exchange shows rights.
          e. Mail, for shared mailboxes only, in Exchange Online PowerShell:
             New-ServicePrincipal -AppId CLIENT-ID -ObjectId OBJECT-ID-OF-THE-ENTERPRISE-APPLICATION -DisplayName 'OnBehalf'
             New-ManagementScope -Name 'OnBehalf shared mailboxes' -RecipientRestrictionFilter "RecipientTypeDetails -eq 'SharedMailbox'"
             New-ManagementRoleAssignment -App CLIENT-ID -Role 'Application Mail.ReadBasic' -CustomResourceScope 'OnBehalf shared mailboxes'
             It takes up to two hours to apply. Consent to Mail.ReadBasic.All works at once, and reaches every mailbox.
        """;

    public const string NoMailbox =
        """
        No shared mailbox was found. Name one with --mailbox ADDRESS; a person's mailbox to which others have access works, too.
        To have them found, grant MailboxSettings.Read, or Exchange.ManageAsApp with the role Global Reader. To make one:
          New-Mailbox -Shared -Name 'Support' -PrimarySmtpAddress 'support@acme.example'
        """;

    /// <summary>What to do next.</summary>
    public static string Next(bool isSynced) => isSynced
        ? """
            Connected. Next:
              onbehalf doctor               what the set-up costs, and what to type
              onbehalf report agents        who answered, and how fast
              onbehalf sync --watch         goes on reading
            """
        : "Connected. Next: onbehalf sync";
}

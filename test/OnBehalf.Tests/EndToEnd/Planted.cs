using System.Text.Json;
using OnBehalf.Engine.Setups;
using OnBehalf.Simulator;
using OnBehalf.Sources.Graph;
using OnBehalf.Tests.Simulator;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>One thing planted in a tenant, and all that may be found there.</summary>
/// <param name="Patient">The tenant.</param>
/// <param name="Found">
/// The findings in order, each as it reads: a line, and a line for each step. What stands farther in goes on with the line before
/// it; names in braces stand for what is computed.
/// </param>
/// <param name="Part">Which messages the gain counts, as truth has them.</param>
/// <param name="Whole">Of which messages.</param>
sealed record Planted(Patient Patient, string[] Found, Func<JsonElement, bool>? Part = null, Func<JsonElement, bool>? Whole = null)
{
    const string Desk = Patient.Desk;

    static readonly string ByAudit = $$$"""
        note send-as-only {{{Desk}}}: {all}: Send As only. The message does not name the agent; only the audit log does.
          Set-Mailbox '{{{Desk}}}' -GrantSendOnBehalfTo @{Add={quoted}}
        {revoke}
        """;

    static readonly string ByNobody = "error" + ByAudit[4..] + "\n  gain {gain}";

    static readonly string Scope = """
          New-ServicePrincipal -AppId '{app}' -ObjectId (Get-MgServicePrincipal -Filter "appId eq '{app}'").Id -DisplayName
              'OnBehalf'
          New-ManagementScope -Name 'OnBehalf shared mailboxes' -RecipientRestrictionFilter "RecipientTypeDetails -eq
              'SharedMailbox'"
          New-ManagementRoleAssignment -App '{app}' -Role 'Application Mail.ReadBasic' -CustomResourceScope 'OnBehalf shared
              mailboxes'
        """;

    const string Portal = "  Entra admin center > App registrations > {app} > API permissions: ";
    const string Granted = ", then Grant admin consent";

    static Patient Healthy => Patient.Healthy;
    static Patient SendAs => Patient.SendAs;

    static bool Here(JsonElement line) => line.Is("inSharedMailbox");

    // Here, and nothing names its author.
    static bool Nameless(JsonElement line) => Here(line) && line.Text("knowable") == "no";

    // Not here, and the audit log knows of it.
    static bool Elsewhere(JsonElement line) => !Here(line) && line.Text("auditAvailableAt") is not null;

    /// <summary>Every case by its name.</summary>
    public static IReadOnlyDictionary<string, Func<Planted>> All { get; } = new Dictionary<string, Func<Planted>>
    {
        ["nothing"] = () => new(Healthy, []),
        ["a group whose members are known holds the rights"] = () => new(Healthy.With(setup => setup with { RightsByGroup = true }), []),
        ["an agent abroad who sends on behalf"] = () => new(Healthy.With((Scenario all) => all with { AgentsAbroad = 0.34 }), []),
        ["a simulator that lives in another season"] = () => new(Healthy with { Skew = 90 * 86_400 }, []),
        ["both rights"] = () => new(Healthy.With(setup => setup with { Grant = Grant.Both }),
            [$$"""
            warning both-rights {{Desk}}: {all}: Send As and Send on Behalf. Exchange uses Send As, so the message does not name
                  the agent.
            {revoke}
            """]),
        ["Send As only"] = () => new(SendAs, [ByAudit]),
        ["neither right to send"] = () => new(Healthy.With(setup => setup with { WithoutSendRight = 1 }),
            [$$"""
            warning no-send-right {{Desk}}: {last}: Full Access without Send As or Send on Behalf. Replies fail, or leave under
                  the agent's own name.
              Set-Mailbox '{{Desk}}' -GrantSendOnBehalfTo @{Add='{last}'}
            """]),
        ["no Full Access"] = () => new(Healthy.With(setup => setup with { WithoutFullAccess = 1 }),
            [$$"""
            note no-full-access {{Desk}}: {last}: may send for the mailbox, without Full Access to open it.
              Add-MailboxPermission '{{Desk}}' -User '{last}' -AccessRights FullAccess -InheritanceType All
            """]),
        ["no rights at all"] = () => new(Healthy.With(setup => setup with { WithoutSendRight = 3, WithoutFullAccess = 3 }),
            [$$"""
            warning nobody-has-rights {{Desk}}: Nobody has Full Access, Send As or Send on Behalf: nobody can answer from here.
              Add-MailboxPermission '{{Desk}}' -User AGENT -AccessRights FullAccess -InheritanceType All
              Set-Mailbox '{{Desk}}' -GrantSendOnBehalfTo @{Add='AGENT'}
            """]),
        ["a group whose members may not be seen"] = () => new(
            Healthy.With(setup => setup with { RightsByGroup = true }).With(["GroupMember.Read.All"]),
            [$$"""
            warning group-holds-right {{Desk}}: support-agents@acme.example: a group holds a right, and its members are not
                  known here.
            {{Portal}}add Microsoft Graph > Application > GroupMember.Read.All{{Granted}}
              or onbehalf permissions script: run it anew, it lists members
            """]),
        ["a name that is nobody's"] = () => new(Healthy.With(setup => setup with { StrangeGrants = 1 }),
            [$$"""
            note unknown-holder {{Desk}}: Former Partner 1: holds a right, and nobody known answers to the name.
              Get-Recipient 'Former Partner 1': who it is; where it is nobody, take the right away
              Set-Mailbox '{{Desk}}' -GrantSendOnBehalfTo @{Remove='Former Partner 1'}
            """]),
        ["a deleted account"] = () => new(Healthy.With(setup => setup with { OrphanedGrants = 1 }),
            [$"""
            note orphaned-right {Desk}: S-1-5-21-1376570662-3565232716-1187618197-99000: a deleted account still holds a right.
              Remove-MailboxPermission '{Desk}' -User 'S-1-5-21-1376570662-3565232716-1187618197-99000' -AccessRights FullAccess
                  -Confirm:$false
            """]),
        ["copies off"] = () => new(Healthy.With(setup => setup with { CopyOnBehalf = false }),
            [$$"""
            error sent-copies-off {{Desk}}: MessageCopyForSendOnBehalfEnabled is off: what agents send lies in their own Sent
                  Items only, so replies are not seen here.
              Set-Mailbox '{{Desk}}' -MessageCopyForSentAsEnabled $true -MessageCopyForSendOnBehalfEnabled $true
              gain {gain}
            """], Elsewhere, line => Here(line) || Elsewhere(line)),
        ["copies that do not come"] = () => new(Healthy.With(setup => setup with { LostCopies = 0.5 }),
            [$$"""
            warning sent-copies-missing {{Desk}}: {elsewhere} of {audited} sends in the audit log have no message in the mailbox.
              Get-MailboxFolderStatistics '{{Desk}}' -FolderScope SentItems -IncludeOldestAndNewestItems: whether copies come at
                  all, or somebody moves or deletes them
              or agree with agents that their own Sent Items are read: onbehalf mailbox add AGENT --agent
              gain {gain}
            """], Elsewhere, line => Here(line) || Elsewhere(line)),
        ["unified audit off"] = () => new(Healthy.With((Scenario all) => all with { UnifiedAudit = false }),
            ["""
            note unified-audit-off tenant: The unified audit log is off: nobody's Send As is recorded. It begins when it is
                  switched on; nothing comes later.
              Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true
            """]),
        ["unified audit off under Send As"] = () => new(SendAs.With((Scenario all) => all with { UnifiedAudit = false }),
            ["""
            error unified-audit-off tenant: The unified audit log is off: nobody's Send As is recorded. It begins when it is
                  switched on; nothing comes later.
              Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true
              gain {gain}
            """, ByNobody.Replace("\n  gain", "\n  Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true\n  gain",
                  StringComparison.Ordinal)],
            Nameless, Here),
        ["mailbox auditing off for all"] = () => new(Healthy.With((Scenario all) => all with { MailboxAuditDisabled = true }),
            ["""
            note mailbox-audit-disabled tenant: Mailbox auditing is off for the organisation (AuditDisabled is True).
              Set-OrganizationConfig -AuditDisabled $false
            """]),
        ["mailbox auditing off for all under Send As"] = () => new(SendAs.With((Scenario all) => all with { MailboxAuditDisabled = true }),
            ["""
            error mailbox-audit-disabled tenant: Mailbox auditing is off for the organisation (AuditDisabled is True).
              Set-OrganizationConfig -AuditDisabled $false
              gain {gain}
            """, ByNobody], Nameless, Here),
        ["mailbox audit off"] = () => new(Healthy.With(setup => setup with { AuditEnabled = false }),
            [$"""
            note mailbox-audit-off {Desk}: AuditEnabled is False. Exchange ignores it where auditing is on for the organisation,
                  yet without an E5 licence records may not reach the unified log until it is set.
              Set-Mailbox '{Desk}' -AuditEnabled $true
            """]),
        ["mailbox audit off under Send As"] = () => new(SendAs.With(setup => setup with { AuditEnabled = false }),
            [ByNobody, $$"""
            warning mailbox-audit-off {{Desk}}: AuditEnabled is False. Exchange ignores it where auditing is on for the
                  organisation, yet without an E5 licence records may not reach the unified log until it is set.
              Set-Mailbox '{{Desk}}' -AuditEnabled $true
              gain {gain}
            """], Nameless, Here),
        ["mailbox audit trimmed"] = () => new(Healthy.With(setup => setup with { AuditTrimmed = true }),
            [$"""
            note mailbox-audit-trimmed {Desk}: The audited actions of delegates lack SendAs and SendOnBehalf.
              Set-Mailbox '{Desk}' -DefaultAuditSet Admin,Delegate,Owner
            """]),
        ["mailbox audit trimmed under Send As"] = () => new(SendAs.With(setup => setup with { AuditTrimmed = true }),
            [ByNobody, $$"""
            warning mailbox-audit-trimmed {{Desk}}: The audited actions of delegates lack SendAs and SendOnBehalf.
              Set-Mailbox '{{Desk}}' -DefaultAuditSet Admin,Delegate,Owner
              gain {gain}
            """], Nameless, Here),
        ["audit bypass"] = () => new(Healthy.With((Scenario all) => all with { BypassedAgents = 1 }),
            ["""
            note audit-bypass {last}: Exempt from auditing: what this agent sends with Send As is not recorded.
              Set-MailboxAuditBypassAssociation '{last}' -AuditBypassEnabled $false
            """]),
        ["audit bypass under Send As"] = () => new(SendAs.With((Scenario all) => all with { BypassedAgents = 1 }),
            ["""
            warning audit-bypass {last}: Exempt from auditing: what this agent sends with Send As is not recorded.
              Set-MailboxAuditBypassAssociation '{last}' -AuditBypassEnabled $false
              gain {gain}
            """, ByAudit + "\n  gain {gain}"], Nameless, Here),
        ["no licence, no records"] = () => new(SendAs.With(setup => setup with { AuditReachesLog = false }),
            [$$"""
            warning audit-licence {{Desk}}: Agents send as the mailbox and no record of it was seen. Without an E5 licence the
                  records of a mailbox may reach the unified log only once AuditEnabled was set by hand.
              Set-Mailbox '{{Desk}}' -AuditEnabled $false
              Set-Mailbox '{{Desk}}' -AuditEnabled $true
              gain {gain}
            """, ByAudit + "\n  gain {gain}"], Nameless, Here),
        ["no audit permission under Send As"] = () => new(SendAs.With(["AuditLogsQuery-Exchange.Read.All", "ActivityFeed.Read"]),
            [ByNobody, $$"""
            error no-audit-source {{Desk}}: 3 agents send as the mailbox, and no audit records come in.
            {{Portal}}add Microsoft Graph > Application > AuditLogsQuery-Exchange.Read.All{{Granted}}
              or onbehalf import audit FILES
              gain {gain}
            """], line => Here(line) && line.Text("right") == "SendAs", Here),
        ["an agent abroad under Send As"] = () => new(SendAs.With((Scenario all) => all with { AgentsAbroad = 0.34 }),
            [$$"""
            warning cross-geo {{Desk}}: {first}: in another region than the mailbox (EUR), where Send As is not audited.
              Set-Mailbox '{{Desk}}' -GrantSendOnBehalfTo @{Add='{first}'}
              Remove-RecipientPermission '{{Desk}}' -Trustee '{first}' -AccessRights SendAs -Confirm:$false
              gain {gain}
            """, ByAudit + "\n  gain {gain}"], Nameless, Here),
        ["a permission missing"] = () => new(Healthy.With(["User.Read.All"]),
            [$"""
            error permission-missing tenant: The application lacks User.Read.All.
            {Portal}add Microsoft Graph > Application > User.Read.All{Granted}
            """]),
        ["no mail right at all"] = () => new(Healthy with { App = Healthy.App with { ScopedRoles = [] } },
            [$"""
            error permission-missing tenant: The application may read no mailbox: it has neither consent to Mail.ReadBasic.All
                  nor a role in Exchange.
            {Scope}
            """]),
        ["a mail right for every mailbox"] = () => new(Healthy.With([], "Mail.ReadBasic.All"),
            [$"""
            note permission-too-wide tenant: Mail.ReadBasic.All reaches every mailbox of the tenant (never bodies). Exchange can
                  confine it to shared mailboxes.
            {Scope}
            {Portal}remove Mail.ReadBasic.All{Granted}
            """]),
        ["rights to write mail"] = () => new(Healthy.With([], "Mail.ReadWrite"),
            [$"""
            warning permission-too-wide tenant: The application may do more than it needs: Mail.ReadWrite.
            {Scope}
            {Portal}remove Mail.ReadWrite{Granted}
            """]),
        ["nobody may ask Exchange"] = () => new(Healthy.With(["Exchange.ManageAsApp"]),
            [$$"""
            note rights-unseen tenant: Nobody looked who may open, send as and send for the mailboxes (1), nor whether copies
                  and auditing are on.
            {{Portal}}add Office 365 Exchange Online > Application > Exchange.ManageAsApp{{Granted}}
              Entra admin center > Roles & admins > Global Reader > Add assignments: {app}
              or onbehalf permissions script > permissions.ps1, run it, then onbehalf permissions import permissions.json
            """]),
        ["a secret near its end"] = () => new(Healthy with { SecretEndsAt = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) },
            ["""
            warning credential-expiring tenant: The secret expires on 2026-02-01.
              Entra admin center > App registrations > {app} > Certificates & secrets: add a new secret
              onbehalf connect with the new one, then delete the old one
            """]),
        ["a certificate near its end"] = () =>
        {
            // Microsoft's library dates its assertions by this machine's clock, so that this world is of today.
            var now = TimeProvider.System.GetUtcNow();
            var certificate = Certificates.Make(now.AddDays(-345), now.AddDays(20));
            return new(Healthy with
            {
                Now = now, App = Healthy.App with { Certificates = [certificate] }, Credential = AppCredential.OfCertificate(certificate),
            }, ["""
            warning credential-expiring tenant: The certificate expires on {end}.
              Entra admin center > App registrations > {app} > Certificates & secrets: add a new certificate
              onbehalf connect with the new one, then delete the old one
            """.Replace("{end}", now.AddDays(20).UtcDateTime.ToString("yyyy-MM-dd", null), StringComparison.Ordinal)]);
        },
        ["a clock two minutes behind"] = () => new(Healthy with { Skew = 120 },
            ["""
            warning clock-skew tenant: This machine's clock is 120 seconds behind Microsoft's.
              Switch time synchronisation on (NTP), then start again: timedatectl set-ntp true, or w32tm /resync
            """]),
        ["a clock too far ahead"] = () => new(Healthy with { Skew = -400 },
            ["""
            error clock-skew tenant: This machine's clock is 400 seconds ahead of Microsoft's.
              Switch time synchronisation on (NTP), then start again: timedatectl set-ntp true, or w32tm /resync
            """]),
        ["a mailbox out of scope"] = () => new(Healthy.With((Scenario all) => all with
            {
                Mailboxes = 2, Setups = [all.Setups[0], all.Setups[0] with { Name = "sales" }],
            }) with { App = Healthy.App with { Scope = [Desk] } },
            ["""
            error mailbox-unreadable sales@acme.example: The application may not read this mailbox.
              Test-ServicePrincipalAuthorization -Identity '{app}' -Resource 'sales@acme.example'
              Get-ApplicationAccessPolicy: add the mailbox to the group that the policy names
              New-ManagementRoleAssignment, or admin consent to Mail.ReadBasic.All; either takes up to two hours to apply
            """]),
        ["a mailbox that is gone"] = () => new(Healthy with { Gone = "gone@acme.example" },
            ["""
            error mailbox-unreadable gone@acme.example: There is no such mailbox in Exchange Online: deleted, on premises, or
                  another spelling.
              Get-Recipient 'gone@acme.example'
              onbehalf mailbox remove, or name its primary address
            """]),
        ["a person's mailbox that others may open"] = () => new(
            Healthy.With(setup => setup with { Shape = RecipientShape.Personal })
                with { App = Healthy.App with { Scope = [Desk] } },
            [$"""
            note not-natively-shared {Desk}: Not a native shared mailbox, but one to which others have access. Everything works
                  the same.
            """]),
        ["a Microsoft 365 group"] = () => new(Healthy.With(setup => setup with { Shape = RecipientShape.Group }),
            [$"""
            error group-not-trackable {Desk}: A Microsoft 365 group: its conversations do not lie in a mailbox that Graph lets
                  an application read by message.
              New-Mailbox -Shared -Name 'NAME' -PrimarySmtpAddress 'NEW ADDRESS'
              Add-UnifiedGroupLinks '{Desk}' -LinkType Members -Links 'NEW ADDRESS'; then track the new mailbox
            """]),
        ["a distribution list"] = () => new(Healthy.With(setup => setup with { Shape = RecipientShape.List }), [List]),
        ["a distribution list, and Exchange may not be asked"] = () => new(
            Healthy.With(setup => setup with { Shape = RecipientShape.List }).With(["Exchange.ManageAsApp"]), [List]),
        ["hidden from address lists"] = () => new(Healthy.With(setup => setup with { Hidden = true }),
            [$"""
            note hidden-from-address-lists {Desk}: Hidden from address lists: mail programs then refuse to send in its name.
              Set-Mailbox '{Desk}' -HiddenFromAddressListsEnabled $false
            """]),
        ["mail that names nobody, and nobody may ask why"] = () => new(
            SendAs.With(["Exchange.ManageAsApp", "AuditLogsQuery-Exchange.Read.All", "ActivityFeed.Read"])
                .With(setup => setup with { OwnName = 0 }),
            [$$"""
            warning mostly-unknown {{Desk}}: Of {here} messages sent in 30 days 0 were on behalf, 0 as the mailbox with a
                  record, 0 under their own name, {here} of unknown authors.
              Mend what else is found about this mailbox; docs/attribution.md says what each reason means.
              gain {gain}
            """, All!["nobody may ask Exchange"]().Found[0]], Here, Here),
    };

    static string List => $"""
        error list-not-trackable {Desk}: A distribution list has no mailbox and no Sent Items: nothing can be read.
          New-Mailbox -Shared -Name 'NAME' -PrimarySmtpAddress 'NEW ADDRESS'
          Add-DistributionGroupMember '{Desk}' -Member 'NEW ADDRESS'; then track the new mailbox, and answer from it
        """;
}

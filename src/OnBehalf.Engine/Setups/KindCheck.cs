namespace OnBehalf.Engine.Setups;

/// <summary>Whether the address is a mailbox that can be tracked at all, and how well its mail names its authors.</summary>
static class KindCheck
{
    /// <summary>Below this share of known authors figures by agent leave out too much to be read without care.</summary>
    const double FairCoverage = 0.9;

    /// <summary>Fewer messages than this say nothing about how people send.</summary>
    const int Enough = 10;

    public static IEnumerable<SetupFinding> Find(TenantSetup tenant, MailboxSetup mailbox) =>
        Kinds(mailbox).Concat(Reading(tenant, mailbox)).Concat(Usage(tenant, mailbox));

    static IEnumerable<SetupFinding> Kinds(MailboxSetup mailbox)
    {
        var name = Remedies.Quote(mailbox.Address);
        if (mailbox.Kind is RecipientKind.Personal or RecipientKind.Resource)
            yield return new(SetupFault.NotNativelyShared, Severity.Note, mailbox.Address,
                "Not a native shared mailbox, but one to which others have access. Everything works the same.", []);
        if (mailbox.Kind == RecipientKind.Group)
            yield return new(SetupFault.GroupNotTrackable, Severity.Error, mailbox.Address,
                "A Microsoft 365 group: its conversations do not lie in a mailbox that Graph lets an application read by message.",
                [
                    "New-Mailbox -Shared -Name 'NAME' -PrimarySmtpAddress 'NEW ADDRESS'",
                    $"Add-UnifiedGroupLinks {name} -LinkType Members -Links 'NEW ADDRESS'; then track the new mailbox",
                ]);
        if (mailbox.Kind == RecipientKind.List)
            yield return new(SetupFault.ListNotTrackable, Severity.Error, mailbox.Address,
                "A distribution list has no mailbox and no Sent Items: nothing can be read.",
                [
                    "New-Mailbox -Shared -Name 'NAME' -PrimarySmtpAddress 'NEW ADDRESS'",
                    $"Add-DistributionGroupMember {name} -Member 'NEW ADDRESS'; then track the new mailbox, and answer from it",
                ]);
        if (mailbox.IsHidden == true && (mailbox.SendAs is not { Count: 0 } || mailbox.OnBehalf is not { Count: 0 }))
            yield return new(SetupFault.HiddenFromAddressLists, Severity.Note, mailbox.Address,
                "Hidden from address lists: mail programs then refuse to send in its name.", [Remedies.Show(mailbox.Address)]);
    }

    static IEnumerable<SetupFinding> Reading(TenantSetup tenant, MailboxSetup mailbox)
    {
        // What has no mailbox cannot be read, and where no mailbox can be, one finding says so for all.
        if (mailbox.Kind is RecipientKind.Group or RecipientKind.List) yield break;
        var reach = tenant.Reach.GetValueOrDefault(mailbox.Address);
        if (reach == Reach.Refused && !AppCheck.ReadsNothing(tenant))
            yield return new(SetupFault.MailboxUnreadable, Severity.Error, mailbox.Address,
                "The application may not read this mailbox.",
                [
                    $"Test-ServicePrincipalAuthorization -Identity {Remedies.Quote(tenant.App?.ClientId ?? "APP")} "
                        + $"-Resource {Remedies.Quote(mailbox.Address)}",
                    "Get-ApplicationAccessPolicy: add the mailbox to the group that the policy names",
                    "New-ManagementRoleAssignment, or admin consent to Mail.ReadBasic.All; either takes up to two hours to apply",
                ]);
        if (reach == Reach.Missing)
            yield return new(SetupFault.MailboxUnreadable, Severity.Error, mailbox.Address,
                "There is no such mailbox in Exchange Online: deleted, on premises, or another spelling.",
                [$"Get-Recipient {Remedies.Quote(mailbox.Address)}", "onbehalf mailbox remove, or name its primary address"]);
    }

    static IEnumerable<SetupFinding> Usage(TenantSetup tenant, MailboxSetup mailbox)
    {
        if (tenant.Use.GetValueOrDefault(mailbox.Address) is not { } use || use.Total < Enough) yield break;
        var unknown = use.Unnamed + use.Unknown;
        if (use.Total - unknown < FairCoverage * use.Total)
            yield return new(SetupFault.MostlyUnknown, Severity.Warning, mailbox.Address,
                FormattableString.Invariant($"Of {use.Total} messages sent in 30 days {use.OnBehalf} were on behalf, ")
                    + FormattableString.Invariant($"{use.As} as the mailbox with a record, {use.OwnName} under their own ")
                    + FormattableString.Invariant($"name, {unknown} of unknown authors."),
                ["Mend what else is found about this mailbox; docs/attribution.md says what each reason means."],
                use.GainOf(unknown));
    }
}

namespace OnBehalf.Engine.Setups;

/// <summary>Looks at a tenant's set-up and says what costs coverage, why, and what to type.</summary>
public static class SetupCheck
{
    /// <summary>
    /// Everything there is to say, the worst first, then by place; the same set-up gives the same list. A tenant that
    /// is set up as it should be gives none.
    /// </summary>
    public static IReadOnlyList<SetupFinding> Find(TenantSetup tenant) =>
    [
        .. AppCheck.Find(tenant)
            .Concat(AuditCheck.FindInTenant(tenant))
            .Concat(tenant.Exchange.Mailboxes.SelectMany(mailbox => FindIn(tenant, mailbox)))
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Where == Tenant ? "" : finding.Where, StringComparer.Ordinal)
            .ThenBy(finding => finding.Fault)
            .ThenBy(finding => finding.Evidence, StringComparer.Ordinal),
    ];

    /// <summary>Where a finding is that is about no single mailbox or person.</summary>
    internal const string Tenant = "tenant";

    static IEnumerable<SetupFinding> FindIn(TenantSetup tenant, MailboxSetup mailbox)
    {
        var kind = KindCheck.Find(tenant, mailbox).ToList();
        // What has no mailbox has no rights and no copies worth looking at.
        if (mailbox.Kind is RecipientKind.Group or RecipientKind.List) return kind;
        var holders = new Holders(mailbox);
        return kind
            .Concat(RightsCheck.Find(tenant, mailbox, holders))
            .Concat(CopyCheck.Find(tenant, mailbox, holders))
            .Concat(AuditCheck.Find(tenant, mailbox, holders));
    }
}

namespace OnBehalf.Engine.Setups;

/// <summary>Looks at a tenant's set-up and says what costs coverage, why, and what to type.</summary>
public static class SetupCheck
{
    /// <summary>
    /// Everything there is to say, the worst first, then by place; the same set-up gives the same list. A tenant that
    /// is set up as it should be gives none.
    /// </summary>
    public static IReadOnlyList<SetupFinding> Find(TenantSetup tenant)
    {
        List<SetupFinding> all =
        [
            .. AppCheck.Find(tenant), .. AuditCheck.FindInTenant(tenant), .. Unseen(tenant),
            .. tenant.Exchange.Mailboxes.SelectMany(mailbox => FindIn(tenant, mailbox)),
        ];
        return InOrder(all.Where(finding => !IsExplained(finding, all)));
    }

    /// <summary>The worst first, then by place: one order for every list of findings.</summary>
    internal static IReadOnlyList<SetupFinding> InOrder(IEnumerable<SetupFinding> findings) =>
    [
        .. findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.Where == Tenant ? "" : finding.Where, StringComparer.Ordinal)
            .ThenBy(finding => finding.Fault)
            .ThenBy(finding => finding.Evidence, StringComparer.Ordinal),
    ];

    /// <summary>Where a finding is that is about no single mailbox or person.</summary>
    public const string Tenant = "tenant";

    // That most authors are unknown is worth saying where nothing else says why.
    static bool IsExplained(SetupFinding finding, List<SetupFinding> all) => finding.Fault == SetupFault.MostlyUnknown
        && all.Exists(other => other is { Gain: not null, Fault: not SetupFault.MostlyUnknown }
            && (other.Where == finding.Where || other.Where == Tenant));

    static IEnumerable<SetupFinding> Unseen(TenantSetup tenant)
    {
        var unseen = tenant.Exchange.Mailboxes.Count(mailbox => mailbox is
        {
            FullAccess: null, SendAs: null, OnBehalf: null, Kind: not (RecipientKind.Group or RecipientKind.List),
        } && tenant.Reach.GetValueOrDefault(mailbox.Address) != Reach.Missing);
        if (unseen == 0 || unseen < tenant.Exchange.Mailboxes.Count || tenant.App is not { } app) yield break;
        yield return new(SetupFault.RightsUnseen, Severity.Note, Tenant,
            $"Nobody looked who may open, send as and send for the mailboxes ({unseen}), nor whether copies and auditing are on.",
            [
                Remedies.Consent(app.ClientId, "add Office 365 Exchange Online > Application > Exchange.ManageAsApp"),
                $"Entra admin center > Roles & admins > Global Reader > Add assignments: {app.ClientId}",
                "or onbehalf permissions script > permissions.ps1, run it, then onbehalf permissions import permissions.json",
            ]);
    }

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

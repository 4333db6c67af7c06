namespace OnBehalf.Engine.Setups;

/// <summary>
/// Who may open, send as and send on behalf. Three rights that have nothing to do with each other, except that Send As
/// wins: "If a user has both Send As and Send on Behalf, Send As is always used" (Microsoft, Manage permissions for
/// recipients).
/// </summary>
static class RightsCheck
{
    public static IEnumerable<SetupFinding> Find(TenantSetup tenant, MailboxSetup mailbox, Holders holders) =>
    [
        .. SendRights(tenant, mailbox, holders),
        .. Access(mailbox, holders),
        .. Strangers(tenant, mailbox),
    ];

    static IEnumerable<SetupFinding> SendRights(TenantSetup tenant, MailboxSetup mailbox, Holders holders)
    {
        if (mailbox.SendAs is null || mailbox.OnBehalf is null) yield break;
        var severity = AuditCheck.Works(tenant, mailbox) ? Severity.Note : Severity.Error;
        var gain = GainOf(tenant, mailbox);
        if (holders.Both is { Count: > 0 } both)
            yield return new(SetupFault.BothRights, severity == Severity.Note ? Severity.Warning : severity, mailbox.Address,
                $"{Holders.List(both)}: Send As and Send on Behalf. Exchange uses Send As, so the message does not name the agent.",
                [.. Remedies.RevokeSendAs(mailbox.Address, both)], gain);
        if (holders.SendAsOnly is { Count: > 0 } sendAs)
            yield return new(SetupFault.SendAsOnly, severity, mailbox.Address,
                $"{Holders.List(sendAs)}: Send As only. The message does not name the agent; only the audit log does.",
                [
                    Remedies.GrantOnBehalf(mailbox.Address, sendAs), .. Remedies.RevokeSendAs(mailbox.Address, sendAs),
                    .. AuditCheck.IsOff(tenant) ? [Remedies.UnifiedAudit()] : Array.Empty<string>(),
                ], gain);
    }

    static IEnumerable<SetupFinding> Access(MailboxSetup mailbox, Holders holders)
    {
        if (mailbox.FullAccess is null || mailbox.SendAs is null || mailbox.OnBehalf is null) yield break;
        if (holders.AreNone && !HasGroups(mailbox))
            yield return new(SetupFault.NobodyHasRights, Severity.Warning, mailbox.Address,
                "Nobody has Full Access, Send As or Send on Behalf: nobody can answer from here.",
                [
                    $"Add-MailboxPermission {Remedies.Quote(mailbox.Address)} -User AGENT -AccessRights FullAccess -InheritanceType All",
                    $"Set-Mailbox {Remedies.Quote(mailbox.Address)} -GrantSendOnBehalfTo @{{Add='AGENT'}}",
                ]);
        if (holders.OpenOnly is { Count: > 0 } silent)
            yield return new(SetupFault.NoSendRight, Severity.Warning, mailbox.Address,
                $"{Holders.List(silent)}: Full Access without Send As or Send on Behalf. "
                    + "Replies fail, or leave under the agent's own name.",
                [Remedies.GrantOnBehalf(mailbox.Address, silent)]);
        if (holders.SendOnly is { Count: > 0 } blind)
            yield return new(SetupFault.NoFullAccess, Severity.Note, mailbox.Address,
                $"{Holders.List(blind)}: may send for the mailbox, without Full Access to open it.",
                [.. Remedies.GrantFullAccess(mailbox.Address, blind)]);
    }

    static IEnumerable<SetupFinding> Strangers(TenantSetup tenant, MailboxSetup mailbox)
    {
        var all = All(mailbox).ToList();
        if (Names(all, trustee => trustee is { Kind: TrusteeKind.Group, Members: null }) is { Count: > 0 } groups)
            yield return new(SetupFault.GroupHoldsRight, AppCheck.LacksGroups(tenant) ? Severity.Warning : Severity.Note,
                mailbox.Address, Holders.List(groups, "a group holds a right, and its members are not known here.",
                    "groups hold rights, and their members are not known here."),
                [
                    Remedies.Consent(tenant.App?.ClientId ?? "APP", "add Microsoft Graph > Application > GroupMember.Read.All"),
                    "or onbehalf permissions script: run it anew, it lists members",
                ]);
        if (Names(all, trustee => trustee.Kind == TrusteeKind.Unknown) is { Count: > 0 } unknown)
            yield return new(SetupFault.UnknownHolder, Severity.Note, mailbox.Address,
                Holders.List(unknown, "holds a right, and nobody known answers to the name.",
                    "hold rights, and nobody known answers to the names."),
                tenant.App is null
                    ? ["onbehalf permissions script: run it anew, it lists who is who"]
                    : [
                        .. unknown.Select(name =>
                            $"Get-Recipient {Remedies.Quote(name)}: who it is; where it is nobody, take the right away"),
                        .. Unknowns(mailbox.OnBehalf) is { Count: > 0 } stale ? [Remedies.RevokeOnBehalf(mailbox.Address, stale)]
                            : Array.Empty<string>(),
                    ]);
        if (Names(all, trustee => trustee.Kind == TrusteeKind.Deleted) is { Count: > 0 } orphans)
            yield return new(SetupFault.OrphanedRight, Severity.Note, mailbox.Address,
                Holders.List(orphans, "a deleted account still holds a right.", "deleted accounts still hold rights."),
                [
                    .. Remedies.RevokeFullAccess(mailbox.Address, Orphans(mailbox.FullAccess)),
                    .. Remedies.RevokeSendAs(mailbox.Address, Orphans(mailbox.SendAs)),
                ]);
    }

    static List<string> Unknowns(IReadOnlyList<Trustee>? trustees) =>
        Names(trustees ?? [], trustee => trustee.Kind == TrusteeKind.Unknown);

    static List<string> Orphans(IReadOnlyList<Trustee>? trustees) =>
        Names(trustees ?? [], trustee => trustee.Kind == TrusteeKind.Deleted);

    /// <summary>Taking Send As away names at most what is unnamed now.</summary>
    static double? GainOf(TenantSetup tenant, MailboxSetup mailbox) =>
        tenant.Use.TryGetValue(mailbox.Address, out var use) ? use.GainOf(use.Unnamed) : null;

    static bool HasGroups(MailboxSetup mailbox) => All(mailbox).Any(trustee => trustee.Kind == TrusteeKind.Group);

    static IEnumerable<Trustee> All(MailboxSetup mailbox) =>
        (mailbox.FullAccess ?? []).Concat(mailbox.SendAs ?? []).Concat(mailbox.OnBehalf ?? []);

    static List<string> Names(IEnumerable<Trustee> trustees, Func<Trustee, bool> which) =>
        [.. trustees.Where(which).Select(trustee => trustee.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

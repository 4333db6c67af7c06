namespace OnBehalf.Engine.Setups;

/// <summary>
/// Whether the audit log can name who sent as a mailbox. Nothing here is a fault where messages name their agents, so
/// most of it is a note then (Microsoft Purview, Manage mailbox auditing).
/// </summary>
static class AuditCheck
{
    static readonly string[] Wanted = ["SendAs", "SendOnBehalf"];

    /// <summary>Whether nothing known keeps this mailbox's sends out of what this program reads.</summary>
    public static bool Works(TenantSetup tenant, MailboxSetup mailbox) =>
        tenant.HasAuditSource == true && !IsOff(tenant) && tenant.Exchange.IsMailboxAuditDisabled != true
        && mailbox.IsAudited != false && !IsTrimmed(mailbox);

    /// <summary>Whether the unified log is known to be off.</summary>
    public static bool IsOff(TenantSetup tenant) => tenant.Exchange.IsUnifiedAuditOn == false;

    public static IEnumerable<SetupFinding> FindInTenant(TenantSetup tenant)
    {
        var senders = tenant.Exchange.Mailboxes.SelectMany(mailbox => new Holders(mailbox).SendAs).ToHashSet(StringComparer.Ordinal);
        var severity = senders.Count > 0 || tenant.Exchange.Mailboxes.Any(mailbox => mailbox.SendAs is null)
            ? Severity.Error : Severity.Note;
        if (IsOff(tenant))
            yield return new(SetupFault.UnifiedAuditOff, severity, SetupCheck.Tenant,
                "The unified audit log is off: nobody's Send As is recorded. It begins when it is switched on; nothing comes later.",
                [Remedies.UnifiedAudit()], Gain(tenant));
        if (tenant.Exchange.IsMailboxAuditDisabled == true)
            yield return new(SetupFault.MailboxAuditDisabled, severity, SetupCheck.Tenant,
                "Mailbox auditing is off for the organisation (AuditDisabled is True).",
                [Remedies.OrganisationAudit()], Gain(tenant));
        foreach (var (agent, person) in tenant.Exchange.People)
            if (person.IsAuditBypassed == true)
                yield return new(SetupFault.AuditBypass, senders.Contains(agent) ? Severity.Warning : Severity.Note, agent,
                    "Exempt from auditing: what this agent sends with Send As is not recorded.", [Remedies.EndBypass(agent)],
                    senders.Contains(agent) ? Gain(tenant) : null);
    }

    public static IEnumerable<SetupFinding> Find(TenantSetup tenant, MailboxSetup mailbox, Holders holders)
    {
        var use = tenant.Use.GetValueOrDefault(mailbox.Address);
        var gain = use?.GainOf(use.Unnamed);
        var dependsOnAudit = mailbox.SendAs is null || holders.SendAs.Count > 0;
        var severity = dependsOnAudit ? Severity.Warning : Severity.Note;
        if (mailbox.IsAudited == false)
            yield return new(SetupFault.MailboxAuditOff, severity, mailbox.Address,
                "AuditEnabled is False. Exchange ignores it where auditing is on for the organisation, yet without an E5 licence "
                    + "records may not reach the unified log until it is set.",
                [Remedies.MailboxAudit(mailbox.Address)], gain);
        if (IsTrimmed(mailbox))
            yield return new(SetupFault.MailboxAuditTrimmed, severity, mailbox.Address,
                $"The audited actions of delegates lack {string.Join(" and ", Missing(mailbox))}.",
                [Remedies.DefaultAuditSet(mailbox.Address)], gain);
        foreach (var finding in Regions(tenant, mailbox, holders, gain)) yield return finding;
        if (holders.SendAs.Count == 0) yield break;
        if (tenant.HasAuditSource == false && !IsOff(tenant))
            yield return new(SetupFault.NoAuditSource, Severity.Error, mailbox.Address,
                (holders.SendAs.Count == 1 ? "1 agent sends" : $"{holders.SendAs.Count} agents send")
                    + " as the mailbox, and no audit records come in.",
                [
                    Remedies.Consent(tenant.App?.ClientId ?? "APP", "add Microsoft Graph > Application > AuditLogsQuery-Exchange.Read.All"),
                    "or onbehalf import audit FILES",
                ], gain);
        if (mailbox.IsLicensed == false && use is { Unnamed: > 0, AuditedSends: 0 } && Works(tenant, mailbox))
            yield return new(SetupFault.AuditLicence, Severity.Warning, mailbox.Address,
                "Agents send as the mailbox and no record of it was seen. Without an E5 licence the records of a mailbox may reach "
                    + "the unified log only once AuditEnabled was set by hand.",
                Remedies.ToggleMailboxAudit(mailbox.Address), gain);
    }

    // Actions between mailboxes of different regions are not audited; a message sent on behalf names its agent anyway.
    static IEnumerable<SetupFinding> Regions(TenantSetup tenant, MailboxSetup mailbox, Holders holders, double? gain)
    {
        if (mailbox.Region is not { } region) yield break;
        string[] abroad =
        [
            .. holders.SendAs.Where(agent => tenant.Exchange.People.TryGetValue(agent, out var person) && person.Region is { } other
                && !other.Equals(region, StringComparison.OrdinalIgnoreCase)),
        ];
        if (abroad.Length > 0)
            yield return new(SetupFault.CrossGeo, Severity.Warning, mailbox.Address,
                $"{Holders.List(abroad)}: in another region than the mailbox ({region}), where Send As is not audited.",
                [Remedies.GrantOnBehalf(mailbox.Address, abroad), .. Remedies.RevokeSendAs(mailbox.Address, abroad)], gain);
    }

    static bool IsTrimmed(MailboxSetup mailbox) => Missing(mailbox).Any();

    static IEnumerable<string> Missing(MailboxSetup mailbox) => mailbox.AuditedActions is null ? []
        : Wanted.Where(wanted => !mailbox.AuditedActions.Contains(wanted, StringComparer.OrdinalIgnoreCase));

    static double? Gain(TenantSetup tenant)
    {
        var (unnamed, total) = (tenant.Use.Values.Sum(use => use.Unnamed), tenant.Use.Values.Sum(use => use.Total));
        return unnamed == 0 ? null : (double)unnamed / total;
    }
}

namespace OnBehalf.Engine.Setups;

/// <summary>
/// Whether what agents send comes to the mailbox at all. By default the sent copy lies with the agent only (Microsoft,
/// Automatically save sent items in a delegator's mailbox), and the mailbox looks unanswered.
/// </summary>
static class CopyCheck
{
    /// <summary>Records without a message that may have other reasons: a copy on its way, a message deleted at once.</summary>
    const double Usual = 0.05;

    public static IEnumerable<SetupFinding> Find(TenantSetup tenant, MailboxSetup mailbox, Holders holders)
    {
        var use = tenant.Use.GetValueOrDefault(mailbox.Address);
        if (IsOff(mailbox, holders) is { } what)
            yield return new(SetupFault.SentCopiesOff, Severity.Error, mailbox.Address,
                $"{what}: what agents send lies in their own Sent Items only, so replies are not seen here.",
                [Remedies.CopySent(mailbox.Address)], GainOf(use));
        else if (use is not null && use.WithoutCopy > Usual * use.AuditedSends)
            yield return new(SetupFault.SentCopiesMissing, Severity.Warning, mailbox.Address,
                $"{use.WithoutCopy} of {use.AuditedSends} sends in the audit log {(use.WithoutCopy == 1 ? "has" : "have")} no message in "
                    + "the mailbox.",
                [
                    mailbox is { CopiesSentAs: true, CopiesOnBehalf: true } ? Remedies.LookForCopies(mailbox.Address)
                        : Remedies.CopySent(mailbox.Address),
                    "or agree with agents that their own Sent Items are read: onbehalf mailbox add AGENT --agent",
                ],
                GainOf(use));
    }

    // A switch counts where somebody holds the right it is about, or nobody knows who does.
    static string? IsOff(MailboxSetup mailbox, Holders holders)
    {
        var off = new List<string>();
        if (mailbox.CopiesSentAs == false && (mailbox.SendAs is null || holders.SendAs.Count > 0))
            off.Add("MessageCopyForSentAsEnabled is off");
        if (mailbox.CopiesOnBehalf == false && (mailbox.OnBehalf is null || holders.Senders.Count > holders.SendAs.Count))
            off.Add("MessageCopyForSendOnBehalfEnabled is off");
        return off.Count == 0 ? null : string.Join(", ", off);
    }

    static double? GainOf(SendingUse? use) =>
        use is { WithoutCopy: > 0 } ? (double)use.WithoutCopy / (use.Total + use.WithoutCopy) : null;
}

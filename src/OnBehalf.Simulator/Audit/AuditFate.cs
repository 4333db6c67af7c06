using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Audit;

/// <summary>What the audit log makes of one send: a record that comes some time later, or nothing, and why.</summary>
/// <param name="AvailableAt">The second the record can be read; null when there never is one.</param>
/// <param name="Absence">Why there is none, in the words of the metrics; null when there is one.</param>
/// <param name="HasMessageId">Whether the record carries the Message-ID.</param>
/// <param name="AgainAt">The second the same record is delivered once more; null for once only.</param>
/// <param name="AlsoSystem">Whether the system account is recorded for the same send.</param>
sealed record AuditFate(int? AvailableAt, string? Absence, bool HasMessageId, int? AgainAt, bool AlsoSystem)
{
    const int Minute = 60;
    const int Hour = 3_600;

    static readonly AuditFate Unaudited = new(null, null, false, null, false);

    public static AuditFate Of(Company company, SharedMailbox mailbox, Letter letter)
    {
        if (letter.Right is SendRight.None or SendRight.OwnName) return Unaudited;
        if (WhyAbsent(company, mailbox, letter) is { } absence) return Unaudited with { Absence = absence };
        var seed = Chance.Mix(letter.IdSeed, 81);
        var available = letter.At + Delay(company, seed);
        return new AuditFate(available, null,
            HasMessageId: !Strikes(Quirk.AuditWithoutMessageId),
            AgainAt: Strikes(Quirk.DuplicateAudit) ? available + Hour + (int)(seed % (6 * Hour)) : null,
            AlsoSystem: letter.By is not null && Strikes(Quirk.SystemAudit));

        bool Strikes(Quirk quirk) => Chance.Hits(seed, quirk, company.Quirks[quirk]);
    }

    static string? WhyAbsent(Company company, SharedMailbox mailbox, Letter letter)
    {
        if (!company.Scenario.UnifiedAudit) return "SendAsNoAuditSource";
        if (company.Scenario.MailboxAuditDisabled || mailbox.Setup is { AuditTrimmed: true } or { AuditReachesLog: false })
            return "AuditRecordMissing";
        if (!mailbox.Setup.AuditEnabled) return "AuditRecordMissing";
        if (letter.By is { IsBypassed: true }) return "AuditBypassed";
        // What happens between mailboxes of different regions is not audited (Microsoft Purview, audit-mailboxes).
        return letter.By is { } agent && agent.Region != mailbox.Setup.Region ? "CrossGeo" : null;
    }

    static int Delay(Company company, ulong seed)
    {
        if (company.Scenario.AuditDelay is { } delay) return (int)delay.TotalSeconds + (int)(seed % (20 * Minute));
        return Chance.Hits(seed, Quirk.LateAudit, company.Quirks[Quirk.LateAudit])
            ? 2 * Hour + (int)(seed % (22 * Hour))
            : 60 * Minute + (int)(seed % (30 * Minute));
    }
}

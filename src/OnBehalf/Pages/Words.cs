using OnBehalf.Engine.Attributions;

namespace OnBehalf.Pages;

/// <summary>What evidence and reasons are called on a screen.</summary>
public static class Words
{
    /// <summary>How an author is known.</summary>
    public static string Evidence(Evidence evidence) => evidence switch
    {
        Engine.Attributions.Evidence.OnBehalf => "on behalf",
        Engine.Attributions.Evidence.AuditSendOnBehalf => "audit, on behalf",
        Engine.Attributions.Evidence.AuditSendAs => "audit, Send As",
        Engine.Attributions.Evidence.AgentSentCopy => "agent's own copy",
        Engine.Attributions.Evidence.OwnName => "own name",
        Engine.Attributions.Evidence.AuditBySubjectAndTime => "audit, subject and time",
        Engine.Attributions.Evidence.AuthorHeader => "author header",
        _ => evidence.ToString(),
    };

    /// <summary>Why an author is not known.</summary>
    public static string Reason(UnattributedReason reason) => reason switch
    {
        UnattributedReason.SendAsNoAuditSource => "Send As, no audit",
        UnattributedReason.AuditRecordMissing => "no audit record",
        UnattributedReason.AuditBypassed => "audit bypassed",
        UnattributedReason.CrossGeo => "another region",
        UnattributedReason.SystemSender => "sent by the system",
        UnattributedReason.ApplicationSender => "sent by an application",
        UnattributedReason.AutomatedMessage => "automatic",
        UnattributedReason.SenderUnknown => "sender unknown",
        _ => reason.ToString(),
    };

    /// <summary>How an author is known, by a key of an answer.</summary>
    public static string EvidenceOf(string key) =>
        Enum.TryParse<Evidence>(key, ignoreCase: true, out var evidence) ? Evidence(evidence) : key;

    /// <summary>Why an author is not known, by a key of an answer.</summary>
    public static string ReasonOf(string key) =>
        Enum.TryParse<UnattributedReason>(key, ignoreCase: true, out var reason) ? Reason(reason) : key;

    /// <summary>What would make such messages known.</summary>
    public static string RemedyOf(string reason) => Enum.TryParse<UnattributedReason>(reason, ignoreCase: true, out var known)
        ? known switch
        {
            UnattributedReason.SendAsNoAuditSource =>
                "Connect the audit log, or grant Send on Behalf instead of Send As.",
            UnattributedReason.AuditRecordMissing =>
                "Records come up to two days late. If they never come, see whether SendAs is audited for the mailbox.",
            UnattributedReason.AuditBypassed => "Take the account off the list of those that auditing passes over.",
            UnattributedReason.CrossGeo => "Exchange does not audit across regions: grant Send on Behalf instead of Send As.",
            UnattributedReason.SenderUnknown => "Only a header says who wrote; name it when the mail is imported.",
            _ => "Nobody wrote these.",
        }
        : "";
}

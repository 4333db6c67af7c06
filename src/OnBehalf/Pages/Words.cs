using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages;

/// <summary>What evidence and reasons mean, and what would raise coverage; docs/attribution.md says more.</summary>
public static class Words
{
    static readonly Dictionary<string, string> Evidences = new(StringComparer.Ordinal)
    {
        ["OnBehalf"] = "Sent on behalf: the message names its author",
        ["AuditSendOnBehalf"] = "Audit record of a Send on Behalf",
        ["AuditSendAs"] = "Audit record of a Send As",
        ["AgentSentCopy"] = "Copy in the agent's own Sent Items",
        ["OwnName"] = "Answered under their own name",
        ["AuditBySubjectAndTime"] = "Audit record, matched by subject and time",
        ["CreatorName"] = "Creator named in the message's properties",
        ["AuthorHeader"] = "Author named in a header of the file",
        ["Rule"] = "A rule of the administrator",
    };

    static readonly Dictionary<string, (string Meaning, string Remedy)> Reasons = new(StringComparer.Ordinal)
    {
        ["SendAsNoAuditSource"] = ("Sent with Send As, and no audit log is connected",
            "Connect the audit log, or grant Send on Behalf instead of Send As"),
        ["AuditRecordMissing"] = ("The audit log has no record of it, and the time for one is over",
            "Check that mailbox auditing is on and that records of the whole range were read"),
        ["AuditBypassed"] = ("The audit log is told to overlook whoever sent it",
            "Set-MailboxAuditBypassAssociation -AuditBypassEnabled $false"),
        ["CrossGeo"] = ("Mailbox and agent are in different regions, where Send As is not audited", "Grant Send on Behalf"),
        ["SystemSender"] = ("Sent by Exchange itself", "Nothing: nobody wrote it"),
        ["ApplicationSender"] = ("Sent by an application", "Nothing: nobody wrote it"),
        ["AutomatedMessage"] = ("Written by a machine", "Nothing: nobody wrote it"),
        ["SenderUnknown"] = ("The author is nobody we know as an agent", "Name the agents in the settings"),
    };

    /// <summary>Evidence in words.</summary>
    public static string Evidence(string? name) =>
        name is null or QueryText.None ? "Not known" : Evidences.GetValueOrDefault(name, name);

    /// <summary>A reason in words.</summary>
    public static string Reason(string? name) => name is null ? Shown.Nothing : Reasons.GetValueOrDefault(name, (name, "")).Item1;

    /// <summary>What would make such messages known.</summary>
    public static string Remedy(string? name) => name is null ? "" : Reasons.GetValueOrDefault(name, (name, "")).Item2;

    /// <summary>The name of a metric as people read it.</summary>
    public static string Metric(string name) => Shown.Sentence(name.Replace('_', ' ')).Replace("Sla ", "SLA ", StringComparison.Ordinal);
}

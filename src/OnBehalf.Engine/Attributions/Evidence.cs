namespace OnBehalf.Engine.Attributions;

/// <summary>What names the author of an outbound message, strongest grade first (docs/attribution.md).</summary>
public enum Evidence : byte
{
    /// <summary>Nothing does.</summary>
    None,
    /// <summary>Certain: the message says "agent on behalf of mailbox".</summary>
    OnBehalf,
    /// <summary>Certain: a SendOnBehalf audit record with the same Message-ID.</summary>
    AuditSendOnBehalf,
    /// <summary>Certain: a SendAs audit record with the same Message-ID.</summary>
    AuditSendAs,
    /// <summary>Certain: the same message lies in that agent's own Sent Items.</summary>
    AgentSentCopy,
    /// <summary>Certain: the agent answered from their own address.</summary>
    OwnName,
    /// <summary>Likely: an audit record without usable Message-ID, by mailbox, subject and time, the only candidate.</summary>
    AuditBySubjectAndTime,
    /// <summary>
    /// Likely: the creator's name on the stored item. Off by default in docs/metrics.md, and no source reads it yet; it
    /// has its number here because findings keep these numbers.
    /// </summary>
    CreatorName,
    /// <summary>Likely: a header that the operator named as carrying the real author (file imports only).</summary>
    AuthorHeader,
    /// <summary>Rule: an administrator's rule. Off by default, and nothing sets one yet; it, too, keeps its number.</summary>
    Rule,
}

/// <summary>How far a piece of evidence can be trusted.</summary>
public enum Grade : byte
{
    /// <summary>No evidence.</summary>
    None,
    /// <summary>An administrator's rule names the agent.</summary>
    Rule,
    /// <summary>Probably right.</summary>
    Likely,
    /// <summary>The system itself recorded it.</summary>
    Certain,
}

/// <summary>Why nobody is named.</summary>
public enum UnattributedReason : byte
{
    /// <summary>Somebody is named, or the message is inbound.</summary>
    None,
    /// <summary>Send As, and no audit source is connected.</summary>
    SendAsNoAuditSource,
    /// <summary>Send As, audit is connected, and no record has come. Within the grace time it shows as pending.</summary>
    AuditRecordMissing,
    /// <summary>The only known delegate is exempt from auditing.</summary>
    AuditBypassed,
    /// <summary>Agent and mailbox are in different regions, where Exchange does not audit.</summary>
    CrossGeo,
    /// <summary>The system account sent it.</summary>
    SystemSender,
    /// <summary>An application sent it.</summary>
    ApplicationSender,
    /// <summary>The message is automatic.</summary>
    AutomatedMessage,
    /// <summary>Whoever sent it is not an agent and cannot be told.</summary>
    SenderUnknown,
}

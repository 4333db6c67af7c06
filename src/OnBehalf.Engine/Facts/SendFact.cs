using NodaTime;

namespace OnBehalf.Engine.Facts;

/// <summary>
/// One SendAs or SendOnBehalf record of the audit log: who pressed Send for which mailbox. Deduplicated by record id,
/// since exports and the Management API repeat records. Source: Office 365 Management Activity API schema, "Exchange
/// Mailbox schema".
/// </summary>
public sealed record SendFact
{
    /// <summary>The record's <c>Id</c>.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>Which right was used.</summary>
    public required SendOperation Operation { get; init; }

    /// <summary>CreationTime, UTC.</summary>
    public required Instant At { get; init; }

    /// <summary>UserId: the person, or <c>S-1-5-18</c>, or an application.</summary>
    public required AddressId Actor { get; init; }

    /// <summary>SendAsUserSmtp or SendOnBehalfOfUserSmtp: in whose name. Never MailboxOwnerUPN.</summary>
    public required AddressId Mailbox { get; init; }

    /// <summary>Item.InternetMessageId; none where the record lacks it.</summary>
    public MessageKey Key { get; init; }

    /// <summary>The same in lower case: the join falls back to it.</summary>
    public MessageKey FoldedKey { get; init; }

    /// <summary>Item.Subject; empty where the record lacks it.</summary>
    public string Subject { get; init; } = "";

    /// <summary>UserType.</summary>
    public ActorType ActorType { get; init; }
}

/// <summary>The right that was used.</summary>
public enum SendOperation : byte
{
    /// <summary>SendAs.</summary>
    SendAs,
    /// <summary>SendOnBehalf.</summary>
    SendOnBehalf,
}

/// <summary>UserType of an audit record; values as in the Management Activity API schema.</summary>
public enum ActorType : byte
{
    /// <summary>Regular user.</summary>
    Regular = 0,
    /// <summary>Reserved.</summary>
    Reserved = 1,
    /// <summary>Administrator.</summary>
    Admin = 2,
    /// <summary>Datacentre administrator.</summary>
    DatacentreAdmin = 3,
    /// <summary>System account.</summary>
    System = 4,
    /// <summary>Application.</summary>
    Application = 5,
    /// <summary>Service principal.</summary>
    ServicePrincipal = 6,
    /// <summary>Anything newer.</summary>
    Other = 255,
}

namespace OnBehalf.Engine.Setups;

/// <summary>How one mailbox is set up. Null is not known; an empty list is known to be empty.</summary>
public sealed record MailboxSetup
{
    /// <summary>Its primary address, lower case.</summary>
    public required string Address { get; init; }

    /// <summary>What kind of recipient it is.</summary>
    public RecipientKind Kind { get; init; }

    /// <summary>Its other addresses: aliases and X500 names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>MailboxRegion, such as EUR.</summary>
    public string? Region { get; init; }

    /// <summary>Who may open it (Get-MailboxPermission, FullAccess).</summary>
    public IReadOnlyList<Trustee>? FullAccess { get; init; }

    /// <summary>Who may send as it (Get-RecipientPermission, SendAs).</summary>
    public IReadOnlyList<Trustee>? SendAs { get; init; }

    /// <summary>Who may send on its behalf (Get-Mailbox, GrantSendOnBehalfTo).</summary>
    public IReadOnlyList<Trustee>? OnBehalf { get; init; }

    /// <summary>Whether its Sent Items get a copy of what is sent as it (MessageCopyForSentAsEnabled).</summary>
    public bool? CopiesSentAs { get; init; }

    /// <summary>Whether its Sent Items get a copy of what is sent on its behalf (MessageCopyForSendOnBehalfEnabled).</summary>
    public bool? CopiesOnBehalf { get; init; }

    /// <summary>AuditEnabled. Exchange goes by it only where auditing is not on for the organisation.</summary>
    public bool? IsAudited { get; init; }

    /// <summary>The audited actions of delegates (AuditDelegate).</summary>
    public IReadOnlyList<string>? AuditedActions { get; init; }

    /// <summary>Whether it has a licence of its own; shared mailboxes need none.</summary>
    public bool? IsLicensed { get; init; }

    /// <summary>Whether address lists hide it; sending in its name then fails in mail programs.</summary>
    public bool? IsHidden { get; init; }
}

/// <summary>What kind of recipient an address is (RecipientTypeDetails, Graph's userPurpose).</summary>
public enum RecipientKind : byte
{
    /// <summary>Nobody looked.</summary>
    Unknown,
    /// <summary>A native shared mailbox.</summary>
    Shared,
    /// <summary>A person's mailbox to which others have access.</summary>
    Personal,
    /// <summary>A room, an equipment or another mailbox that Exchange keeps apart.</summary>
    Resource,
    /// <summary>A Microsoft 365 group: it has a mailbox, but not one below /users.</summary>
    Group,
    /// <summary>A distribution list or security group: it has no mailbox at all.</summary>
    List,
}

/// <summary>Whether a mailbox can be read.</summary>
public enum Reach : byte
{
    /// <summary>Nobody tried.</summary>
    Unknown,
    /// <summary>It can.</summary>
    Readable,
    /// <summary>The application may not read it.</summary>
    Refused,
    /// <summary>There is no such mailbox in Exchange Online: inactive, on premises, or misspelt.</summary>
    Missing,
}

/// <summary>Whoever holds a right.</summary>
/// <param name="Name">A person's primary address in lower case; else the name as Exchange shows it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Members">A group's people by primary address; null: not known.</param>
public sealed record Trustee(string Name, TrusteeKind Kind, IReadOnlyList<string>? Members = null);

/// <summary>What a holder of a right is.</summary>
public enum TrusteeKind : byte
{
    /// <summary>A person.</summary>
    Person,
    /// <summary>A group, whose members hold the right.</summary>
    Group,
    /// <summary>An account that was deleted: only its SID is left.</summary>
    Deleted,
    /// <summary>A name that nothing known answers to.</summary>
    Unknown,
}

namespace OnBehalf.Engine.Facts;

/// <summary>The nature of a message. Only <see cref="Human"/> messages open or answer waits.</summary>
public enum Kind : byte
{
    /// <summary>Written by a person, as far as headers tell.</summary>
    Human,
    /// <summary>An automatic reply: out of office, receipt of a request.</summary>
    AutoReply,
    /// <summary>Lists, newsletters, notifications.</summary>
    Bulk,
    /// <summary>A delivery status notification.</summary>
    Bounce,
    /// <summary>A meeting request or answer.</summary>
    Calendar,
    /// <summary>A read or delivery receipt.</summary>
    Receipt,
    /// <summary>Sent by the mail system itself.</summary>
    System,
}

/// <summary>Inbound or outbound, seen from the mailbox.</summary>
public enum Direction : byte
{
    /// <summary>Received by the mailbox.</summary>
    Inbound,
    /// <summary>Sent from the mailbox, or by an agent answering under their own name.</summary>
    Outbound,
}

namespace OnBehalf.Engine.Setups;

/// <summary>How the messages that left a mailbox in the last 30 days were sent: the set-up as the mail itself shows it.</summary>
public sealed record SendingUse
{
    /// <summary>On behalf: the message or its audit record names the agent.</summary>
    public int OnBehalf { get; init; }

    /// <summary>As the mailbox, and the audit log names the agent.</summary>
    public int As { get; init; }

    /// <summary>Under the agent's own name.</summary>
    public int OwnName { get; init; }

    /// <summary>Known by something else: the agent's own sent copy, a header, a rule.</summary>
    public int Otherwise { get; init; }

    /// <summary>As the mailbox, and nobody is named (yet): no source, no record, bypassed, or another region.</summary>
    public int Unnamed { get; init; }

    /// <summary>Unknown for another reason: the system, an application, disagreeing evidence.</summary>
    public int Unknown { get; init; }

    /// <summary>Audit records of sends in the mailbox's name.</summary>
    public int AuditedSends { get; init; }

    /// <summary>Those among them whose message was never seen: the sent copy lies elsewhere.</summary>
    public int WithoutCopy { get; init; }

    /// <summary>All outbound messages by people.</summary>
    public int Total => OnBehalf + As + OwnName + Otherwise + Unnamed + Unknown;

    /// <summary>What naming a part of them would add to coverage, 0 to 1; null where that is nothing.</summary>
    public double? GainOf(int part) => part == 0 ? null : (double)part / Total;
}

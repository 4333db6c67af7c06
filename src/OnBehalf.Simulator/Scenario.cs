namespace OnBehalf.Simulator;

/// <summary>A company to pretend: how big it is, how its mailboxes are set up, and what its audit log gives away.</summary>
public sealed record Scenario
{
    /// <summary>How it is called on a command line.</summary>
    public required string Name { get; init; }

    /// <summary>What is so about it, in a sentence.</summary>
    public required string Story { get; init; }

    /// <summary>How many shared mailboxes there are. Set-ups repeat when there are more mailboxes than set-ups.</summary>
    public required int Mailboxes { get; init; }

    /// <summary>How many agents work there.</summary>
    public required int Agents { get; init; }

    /// <summary>How many days the world lasts.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Conversations begun in one mailbox on an average day. One has about three messages.</summary>
    public double ConversationsPerDay { get; init; } = 12;

    /// <summary>The set-ups the mailboxes take in turn.</summary>
    public required IReadOnlyList<MailboxSetup> Setups { get; init; }

    /// <summary>Whether the tenant's unified audit log records anything at all.</summary>
    public bool UnifiedAudit { get; init; } = true;

    /// <summary>Whether mailbox auditing is off for the organisation (AuditDisabled): no send is recorded.</summary>
    public bool MailboxAuditDisabled { get; init; }

    /// <summary>How late every audit record is; null for the usual hour or so.</summary>
    public TimeSpan? AuditDelay { get; init; }

    /// <summary>Whether agents have agreed that their own Sent Items are read. It decides what truth calls knowable.</summary>
    public bool AgentCopiesGranted { get; init; }

    /// <summary>The share of agents whose own mailbox lies in another region than the shared ones.</summary>
    public double AgentsAbroad { get; init; }

    /// <summary>How many agents have an audit bypass: what they do is not recorded.</summary>
    public int BypassedAgents { get; init; }

    /// <summary>The scenarios that ship.</summary>
    public static IReadOnlyList<Scenario> All => ScenarioList.Scenarios;

    /// <summary>The scenario of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists those that exist.</exception>
    public static Scenario ByName(string name) =>
        All.FirstOrDefault(scenario => scenario.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no scenario '{name}'. Known are {string.Join(", ", All.Select(scenario => scenario.Name))}.", nameof(name));

    /// <summary>The same company with that many times the mailboxes and agents.</summary>
    public Scenario Scaled(double factor) => this with
    {
        Mailboxes = Math.Max(1, (int)Math.Round(Mailboxes * factor)),
        Agents = Math.Max(2, (int)Math.Round(Agents * factor)),
    };

    /// <summary>The same kind of company with about that many messages in that many mailboxes.</summary>
    public Scenario Sized(int mailboxes, long messages) => this with
    {
        Mailboxes = mailboxes,
        Agents = Math.Max(4, (int)Math.Min(4_000L, mailboxes * (long)Agents / Mailboxes)),
        ConversationsPerDay = messages / MessagesPerConversation / mailboxes / Days,
    };

    /// <summary>Measured over acme-support with all quirks on, noise and copies included.</summary>
    const double MessagesPerConversation = 3.6;
}

/// <summary>Which rights agents hold on a mailbox.</summary>
public enum Grant
{
    /// <summary>Send on Behalf: the message names the agent.</summary>
    OnBehalf,

    /// <summary>Send As: the message does not name the agent.</summary>
    SendAs,

    /// <summary>Both. Exchange then always uses Send As.</summary>
    Both,

    /// <summary>Some agents hold one, some the other, some both.</summary>
    Mixed,
}

/// <summary>How one shared mailbox is set up.</summary>
public sealed record MailboxSetup
{
    /// <summary>Its name and the local part of its address.</summary>
    public required string Name { get; init; }

    /// <summary>Which rights its agents hold.</summary>
    public Grant Grant { get; init; }

    /// <summary>MessageCopyForSendOnBehalfEnabled: the shared Sent Items get a copy.</summary>
    public bool CopyOnBehalf { get; init; } = true;

    /// <summary>MessageCopyForSentAsEnabled.</summary>
    public bool CopySentAs { get; init; } = true;

    /// <summary>Whether sends from this mailbox reach the audit log.</summary>
    public bool AuditEnabled { get; init; } = true;

    /// <summary>The region the mailbox lies in.</summary>
    public string Region { get; init; } = "EUR";

    /// <summary>The share of replies written inside the opened mailbox or on a phone: they lie in its own Sent Items only.</summary>
    public double Direct { get; init; } = 0.35;

    /// <summary>The share of replies agents send from their own address, with the mailbox in copy.</summary>
    public double OwnName { get; init; } = 0.03;

    /// <summary>A flow acknowledges every new mail at once, and a machine sends notices as the mailbox.</summary>
    public bool Automated { get; init; }

    /// <summary>How many former colleagues still hold Full Access as an orphaned SID.</summary>
    public int OrphanedGrants { get; init; }

    /// <summary>What kind of recipient it is. Groups and lists have no mailbox, and nobody answers from them.</summary>
    public RecipientShape Shape { get; init; }

    /// <summary>How many of the team, the last ones, may open it and not send for it: they answer under their own names.</summary>
    public int WithoutSendRight { get; init; }

    /// <summary>How many of the team, the last ones, may send for it and not open it.</summary>
    public int WithoutFullAccess { get; init; }

    /// <summary>Whether a group holds the rights, and the team is in the group.</summary>
    public bool RightsByGroup { get; init; }

    /// <summary>How many names hold Send on Behalf that mean nobody any more.</summary>
    public int StrangeGrants { get; init; }

    /// <summary>The share of copies that the switches ask for and that never come: a rule moves them elsewhere.</summary>
    public double LostCopies { get; init; }

    /// <summary>Whether somebody took sending out of the audited actions.</summary>
    public bool AuditTrimmed { get; init; }

    /// <summary>Whether records reach the unified log; without an E5 licence they may not, though auditing is on.</summary>
    public bool AuditReachesLog { get; init; } = true;

    /// <summary>Whether address lists hide it.</summary>
    public bool Hidden { get; init; }
}

/// <summary>What kind of recipient a shared address is.</summary>
public enum RecipientShape
{
    /// <summary>A native shared mailbox.</summary>
    Shared,

    /// <summary>A person's mailbox to which others have access.</summary>
    Personal,

    /// <summary>A Microsoft 365 group.</summary>
    Group,

    /// <summary>A distribution list.</summary>
    List,
}

using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Rules;

/// <summary>Everything the engine is told about a mailbox besides its facts. Changing any of it recomputes history.</summary>
public sealed record MailboxRules
{
    /// <summary>The mailbox's primary address.</summary>
    public required AddressId Mailbox { get; init; }

    /// <summary>Who is who.</summary>
    public required Roles Roles { get; init; }

    /// <summary>The mailbox's hours, by date of validity, oldest first; empty: calendar time.</summary>
    public IReadOnlyList<Schedule> Hours { get; init; } = [];

    /// <summary>Agents' own hours; an agent who is missing has the mailbox's.</summary>
    public IReadOnlyDictionary<AddressId, IReadOnlyList<Schedule>> AgentHours { get; init; } =
        new Dictionary<AddressId, IReadOnlyList<Schedule>>();

    /// <summary>SLA policies in order of their number; the most specific that applies wins.</summary>
    public IReadOnlyList<SlaPolicy> Policies { get; init; } = [];

    /// <summary>Silence that ends a cycle, in calendar days; null: never.</summary>
    public int? SilenceDays { get; init; } = 5;

    /// <summary>From which inbound message of several the clock runs.</summary>
    public ClockStart ClockStart { get; init; } = ClockStart.First;

    /// <summary>Whether an audit source is connected for this mailbox.</summary>
    public bool AuditConnected { get; init; }

    /// <summary>Why audit cannot see this mailbox's senders, when the set-up says so (bypass, other region).</summary>
    public Attributions.UnattributedReason AuditBlindness { get; init; }

    /// <summary>Categories that close a cycle, compared without regard to case.</summary>
    public IReadOnlyList<string> ClosingCategories { get; init; } = [];

    /// <summary>
    /// Folders that close a cycle when a message of it is filed there: a folder's name, or its path from the top, parted by
    /// <c>/</c>. Compared without regard to case.
    /// </summary>
    public IReadOnlyList<string> ClosingFolders { get; init; } = [];

    /// <summary>Whether a flag set to complete closes a cycle.</summary>
    public bool FlagCloses { get; init; } = true;

    /// <summary>The switchable rules that exempt inbound mail from waiting; all off by default.</summary>
    public NoReplyRules NoReplyNeeded { get; init; }

    /// <summary>Words that make a subject excluded, compared without regard to case.</summary>
    public IReadOnlyList<string> ExcludedSubjects { get; init; } = [];
}

/// <summary>From which inbound message of several the clock runs.</summary>
public enum ClockStart : byte
{
    /// <summary>The oldest unanswered one: what the contract says.</summary>
    First,
    /// <summary>The newest one; for coaching, and labelled wherever it is used.</summary>
    Last,
}

/// <summary>The rules that exempt an inbound message from waiting, each switchable.</summary>
[Flags]
public enum NoReplyRules : byte
{
    /// <summary>Every inbound human message waits.</summary>
    None = 0,
    /// <summary>The mailbox is only in Cc.</summary>
    CarbonCopyOnly = 1,
    /// <summary>A short message that follows a reply: judged by its stated size, never by its text.</summary>
    ShortThanks = 2,
}

/// <summary>A promised wait on the mailbox clock.</summary>
/// <param name="Number">From 1; stored with each wait it applied to.</param>
/// <param name="Name">What people call it.</param>
/// <param name="FirstTarget">Seconds for a first response; null: no target.</param>
/// <param name="NextTarget">Seconds for a next response; null: no target.</param>
/// <param name="SenderDomain">Applies to requesters of this domain; null: to all.</param>
/// <param name="Category">Applies to messages of this category; null: to all.</param>
/// <param name="Importance">Applies to this importance; null: to all.</param>
/// <param name="NamesMailbox">Whether it names the mailboxes that it applies to, this one among them; else it applies to all.</param>
public sealed record SlaPolicy(
    int Number, string Name, int? FirstTarget, int? NextTarget,
    string? SenderDomain = null, string? Category = null, Importance? Importance = null, bool NamesMailbox = false);

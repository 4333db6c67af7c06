using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Findings;

/// <summary>
/// What was found out about one message. One finding per message; findings are replaced, never edited. What a wait,
/// a response or a cycle has to say is on the message that opened, answered or began it.
/// </summary>
public sealed record Finding
{
    /// <summary>The fact this stands on.</summary>
    public required long FactId { get; init; }

    /// <summary>The fact of the conversation's first message: the conversation's name.</summary>
    public required long Conversation { get; init; }

    /// <summary>The message's time in seconds since 1970 UTC, 0 when undated; it decides the segment's month.</summary>
    public required long At { get; init; }

    /// <summary>Inbound or outbound.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The kind.</summary>
    public required Kind Kind { get; init; }

    /// <summary>Everything that is yes or no about the message.</summary>
    public Marks Marks { get; init; }

    /// <summary>How the author is known, for outbound messages.</summary>
    public Evidence Evidence { get; init; }

    /// <summary>Why the author is not known, for outbound messages.</summary>
    public UnattributedReason Reason { get; init; }

    /// <summary>The agent of an outbound message; for an inbound one that was answered, the agent who answered.</summary>
    public AddressId Agent { get; init; }

    /// <summary>The outside party: the author of an inbound message, whoever is answered by an outbound one.</summary>
    public AddressId Requester { get; init; }

    /// <summary>How many recipients the message has; 0 when unknown.</summary>
    public int Recipients { get; init; }

    /// <summary>Importance as stated.</summary>
    public Importance Importance { get; init; }

    /// <summary>
    /// Categories, in order and joined by <see cref="CategorySeparator"/>; of a message that ended a wait, those of the one that
    /// opened it. Empty for none.
    /// </summary>
    public string Category { get; init; } = "";

    /// <summary>What stands between two categories. Outlook allows neither sign of a list in a category's name.</summary>
    public const string CategorySeparator = "; ";

    /// <summary>On a message that answered a wait.</summary>
    public ResponseFinding? Response { get; init; }

    /// <summary>On a message that opened a wait.</summary>
    public WaitFinding? Wait { get; init; }

    /// <summary>On a message that began a cycle.</summary>
    public CycleFinding? Cycle { get; init; }

    /// <summary>
    /// On an outbound message, the seconds since the very message that it replies to by In-Reply-To, when that one is
    /// inbound and not later; null otherwise.
    /// </summary>
    public int? SinceParent { get; init; }

    /// <summary>
    /// On the last qualifying reply of a closed cycle, whether it ended a wait or followed up: the seconds since the
    /// cycle began, by each clock; null otherwise.
    /// </summary>
    public Clocks? Resolution { get; init; }

    /// <summary>
    /// Where <see cref="Resolution"/> is, from when it can be known, seconds since 1970 UTC: silence is known N days later.
    /// </summary>
    public long? ResolutionKnownAt { get; init; }

    /// <summary>
    /// On an inbound message that some reply followed, when that was, seconds since 1970 UTC; null otherwise.
    /// </summary>
    public long? RepliedAt { get; init; }
}

/// <summary>A duration by the three clocks of docs/metrics.md, whole seconds.</summary>
public readonly record struct Clocks(int Calendar, int Mailbox, int Agent)
{
    /// <summary>The sum, clock by clock.</summary>
    public static Clocks operator +(Clocks a, Clocks b) =>
        new(a.Calendar + b.Calendar, a.Mailbox + b.Mailbox, a.Agent + b.Agent);
}

/// <summary>A message that ended a wait.</summary>
/// <param name="OpenedBy">Fact of the message that opened the wait.</param>
/// <param name="OpenedAt">When it opened, seconds since 1970 UTC.</param>
/// <param name="Waited">How long, by each clock.</param>
/// <param name="Target">The SLA target in seconds of the mailbox clock; 0 when no policy applies.</param>
/// <param name="Due">When the target was reached, seconds since 1970 UTC; 0 when no policy applies.</param>
public sealed record ResponseFinding(long OpenedBy, long OpenedAt, Clocks Waited, int Target, long Due);

/// <summary>A message that opened a wait.</summary>
/// <param name="EndedAt">When the wait ended, seconds since 1970 UTC; null while it is open.</param>
/// <param name="End">How it ended.</param>
/// <param name="Waited">How long, by each clock; zero while it is open.</param>
/// <param name="Target">The SLA target in seconds of the mailbox clock; 0 when no policy applies.</param>
/// <param name="Due">When the target is reached, seconds since 1970 UTC; 0 when no policy applies.</param>
/// <param name="AtRisk">When less than a fifth of the target is left, seconds since 1970 UTC; 0 without policy.</param>
/// <param name="Policy">Number of the SLA policy that applied, from 1; 0 when none.</param>
public sealed record WaitFinding(
    long? EndedAt, WaitEnd End, Clocks Waited, int Target, long Due, long AtRisk, int Policy);

/// <summary>How a wait ended.</summary>
public enum WaitEnd : byte
{
    /// <summary>It has not.</summary>
    Open,
    /// <summary>By a qualifying reply.</summary>
    Answered,
    /// <summary>The cycle was closed without a reply.</summary>
    Closed,
}

/// <summary>A message that began a cycle.</summary>
/// <param name="LastReplyAt">Last qualifying reply, seconds since 1970 UTC; null without one.</param>
/// <param name="ClosedAt">When the cycle counts as closed, seconds since 1970 UTC; null while it is open.</param>
/// <param name="ClosingKnownAt">The instant from which the closing can be known; silence is known N days later.</param>
/// <param name="Replies">Qualifying replies.</param>
/// <param name="Touches">Mails to colleagues only.</param>
/// <param name="Handoffs">Changes of the known agent between consecutive replies.</param>
/// <param name="Collisions">Second replies by another agent within ten minutes.</param>
/// <param name="CustomerWait">Sum of all ended waits of the cycle.</param>
public sealed record CycleFinding(
    long? LastReplyAt, long? ClosedAt, long? ClosingKnownAt, int Replies, int Touches, int Handoffs, int Collisions,
    Clocks CustomerWait);

/// <summary>Everything that is yes or no about a message.</summary>
[Flags]
public enum Marks
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>It opened a wait.</summary>
    OpenedWait = 1 << 0,
    /// <summary>It ended a wait.</summary>
    AnsweredWait = 1 << 1,
    /// <summary>The wait it opened or ended is the first of its cycle.</summary>
    First = 1 << 2,
    /// <summary>It began a cycle.</summary>
    BeganCycle = 1 << 3,
    /// <summary>The cycle it began is not the conversation's first.</summary>
    Reopened = 1 << 4,
    /// <summary>Mail to colleagues only.</summary>
    Touch = 1 << 5,
    /// <summary>A second reply by another agent within ten minutes.</summary>
    Collision = 1 << 6,
    /// <summary>Every participant is on an internal domain.</summary>
    Internal = 1 << 7,
    /// <summary>The wait it opened or ended lies wholly outside the mailbox's hours.</summary>
    OutOfHours = 1 << 8,
    /// <summary>A rule of the administrator excludes it.</summary>
    Excluded = 1 << 9,
    /// <summary>A no-reply-needed rule exempts it from waiting.</summary>
    NoReplyNeeded = 1 << 10,
    /// <summary>The conversation was begun by an agent.</summary>
    BegunByAgent = 1 << 11,
    /// <summary>An inbound human message that some reply followed: its wait, or the one it joined, was answered.</summary>
    Replied = 1 << 12,
    /// <summary>It has no readable date; it is counted and takes no part in waits.</summary>
    Undated = 1 << 13,
    /// <summary>The author is named by pieces of evidence that disagree.</summary>
    Ambiguous = 1 << 14,
    /// <summary>The agent answered under their own address.</summary>
    OwnName = 1 << 15,
}

using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;

namespace OnBehalf.Engine.Responses;

/// <summary>
/// A stretch of a conversation: from a qualifying inbound message until it is closed. Messages are named by their
/// place in the conversation.
/// </summary>
/// <param name="start">The message that began it.</param>
/// <param name="reopened">Whether the conversation had a cycle before.</param>
public sealed class Cycle(int start, bool reopened)
{
    /// <summary>The message that began it.</summary>
    public int Start { get; } = start;

    /// <summary>Whether the conversation had a cycle before.</summary>
    public bool Reopened { get; } = reopened;

    /// <summary>Its waits in order; the first is the first response's.</summary>
    public List<Wait> Waits { get; } = new(1);

    /// <summary>Qualifying replies in order, those that ended a wait and those that followed up.</summary>
    public List<int> Replies { get; } = new(1);

    /// <summary>Mails to colleagues only.</summary>
    public int Touches { get; internal set; }

    /// <summary>Second replies by another agent within ten minutes.</summary>
    public int Collisions { get; internal set; }

    /// <summary>Changes of the known agent between consecutive replies.</summary>
    public int Handoffs { get; internal set; }

    /// <summary>When it counts as closed, seconds since 1970 UTC; null while it is open.</summary>
    public long? ClosedAt { get; internal set; }

    /// <summary>From when that can be known: silence is known only when it is over.</summary>
    public long? ClosingKnownAt { get; internal set; }

    /// <summary>Sum of its ended waits, by each clock; they do not overlap.</summary>
    public Clocks CustomerWait { get; internal set; }

    /// <summary>From its start to its last qualifying reply, once it is closed; null otherwise.</summary>
    public Clocks? Resolution { get; internal set; }

    // Everybody who wrote in this cycle, by every address an answer may go to; and those among them who wait for one.
    AddressSet _requesters, _waiting;

    /// <summary>An answer to this address reaches somebody who waits.</summary>
    internal void Expect(AddressId address)
    {
        _requesters.Add(address);
        _waiting.Add(address);
    }

    /// <summary>Whether an answer to this address reaches a requester: one who waits while somebody does, else any.</summary>
    internal bool Reaches(AddressId address) =>
        Open is null ? _requesters.Contains(address) : _waiting.Contains(address);

    /// <summary>Whoever waited has an answer.</summary>
    internal void EndWaiting() => _waiting.Clear();

    /// <summary>The known agent of the last reply that has one.</summary>
    internal AddressId LastAgent { get; set; }

    /// <summary>The wait that is open, if any.</summary>
    internal Wait? Open => Waits.Count > 0 && Waits[^1].End == WaitEnd.Open ? Waits[^1] : null;

    /// <summary>Time of its last human message.</summary>
    internal long LastActivity { get; set; }

    /// <summary>Whether a message of it is flagged complete, or filed in a closing folder or category.</summary>
    internal bool HasClosingSign { get; set; }
}

/// <summary>From the oldest unanswered qualifying inbound message to the first qualifying reply after it.</summary>
/// <param name="opener">The message the clock runs from.</param>
/// <param name="isFirst">Whether it is the first of its cycle.</param>
public sealed class Wait(int opener, bool isFirst)
{
    /// <summary>The message the clock runs from.</summary>
    public int Opener { get; internal set; } = opener;

    /// <summary>Whether it is the first of its cycle.</summary>
    public bool IsFirst { get; } = isFirst;

    /// <summary>Every inbound message that waited for this reply, in order.</summary>
    public List<int> Inbound { get; } = [opener];

    /// <summary>The message that answered it, or -1.</summary>
    public int Answer { get; internal set; } = -1;

    /// <summary>When it ended, seconds since 1970 UTC; null while it is open.</summary>
    public long? EndedAt { get; internal set; }

    /// <summary>How it ended.</summary>
    public WaitEnd End { get; internal set; }
}

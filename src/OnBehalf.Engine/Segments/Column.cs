using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;

namespace OnBehalf.Engine.Segments;

/// <summary>The columns of a segment, in the order in which they lie there.</summary>
enum Column : byte
{
    Marks, At, FactId, Conversation, Direction, Kind, Evidence, Reason, Agent, Requester, Recipients, Importance, Category,
    RepliedAt,
    OpenedAt, OpenedBy, ResponseCalendar, ResponseMailbox, ResponseAgent, ResponseTarget, ResponseDue,
    WaitHasEnded, EndedAt, WaitEnd, WaitCalendar, WaitMailbox, WaitAgent, WaitTarget, WaitDue, WaitAtRisk, WaitPolicy,
    CycleHas, LastReplyAt, ClosedAt, ClosingKnownAt, Replies, Touches, Handoffs, Collisions,
    CustomerCalendar, CustomerMailbox, CustomerAgent,
    SinceParent,
    ResolutionHas, ResolutionKnownAt, ResolutionCalendar, ResolutionMailbox, ResolutionAgent,
}

/// <summary>Columns that exist for the same rows; all but the first only where a mark bit is set.</summary>
enum Group : byte
{
    Messages, Replied, Response, Wait, Cycle, Parent, Resolution,
}

/// <summary>Where a column belongs and what is likely to be near its values.</summary>
/// <param name="Group">For which rows it exists.</param>
/// <param name="Read">Its value in a finding of the group.</param>
/// <param name="Base">A column before it, of its group or of all messages, from which it differs by little.</param>
/// <param name="Gate">A column of its group: where that is 0, the base does not count.</param>
/// <param name="HasFewValues">Whether a dictionary may be cheaper.</param>
/// <param name="Most">The largest value that has a meaning, where not every number has; the least is 0 then.</param>
sealed record ColumnSpec(
    Group Group, Func<Finding, long> Read, Column? Base = null, Column? Gate = null, bool HasFewValues = false,
    long Most = long.MaxValue);

/// <summary>Every column's place, by column.</summary>
static class Layout
{
    /// <summary>Marks that say which groups a row is in, beyond those that findings have.</summary>
    const int HasReplied = 1 << 24, HasParent = 1 << 25, HasResolution = 1 << 26;

    /// <summary>The marks of a finding, in a segment.</summary>
    public const int FindingMarks = (1 << 24) - 1;

    /// <summary>The mark by which a row is in a group.</summary>
    public static int MarkOf(Group group) => group switch
    {
        Group.Replied => HasReplied,
        Group.Response => (int)Marks.AnsweredWait,
        Group.Wait => (int)Marks.OpenedWait,
        Group.Cycle => (int)Marks.BeganCycle,
        Group.Parent => HasParent,
        Group.Resolution => HasResolution,
        _ => 0,
    };

    /// <summary>How many groups there are.</summary>
    public const int Groups = 7;

    /// <summary>Every column's place, by column.</summary>
    public static readonly ColumnSpec[] Specs =
    [
        new(Group.Messages, MarksOf, HasFewValues: true, Most: 2 * HasResolution - 1),
        new(Group.Messages, f => f.At),
        new(Group.Messages, f => f.FactId),
        new(Group.Messages, f => f.Conversation, Column.FactId),
        new(Group.Messages, f => (long)f.Direction, Most: (long)Direction.Outbound),
        new(Group.Messages, f => (long)f.Kind, HasFewValues: true, Most: (long)Kind.System),
        new(Group.Messages, f => (long)f.Evidence, HasFewValues: true, Most: (long)Evidence.Rule),
        new(Group.Messages, f => (long)f.Reason, HasFewValues: true, Most: (long)UnattributedReason.SenderUnknown),
        new(Group.Messages, f => f.Agent.Value, HasFewValues: true, Most: int.MaxValue),
        new(Group.Messages, f => f.Requester.Value, HasFewValues: true, Most: int.MaxValue),
        new(Group.Messages, f => f.Recipients),
        new(Group.Messages, f => (long)f.Importance, Most: (long)Importance.High),
        new(Group.Messages, _ => throw new InvalidOperationException("The writer numbers texts."), HasFewValues: true, Most: int.MaxValue),

        new(Group.Replied, f => f.RepliedAt!.Value, Column.At),

        new(Group.Response, f => f.Response!.OpenedAt, Column.At),
        new(Group.Response, f => f.Response!.OpenedBy, Column.FactId),
        new(Group.Response, f => f.Response!.Waited.Calendar, Column.OpenedAt),
        new(Group.Response, f => f.Response!.Waited.Mailbox, Column.ResponseCalendar),
        new(Group.Response, f => f.Response!.Waited.Agent, Column.ResponseMailbox),
        new(Group.Response, f => f.Response!.Target, HasFewValues: true),
        new(Group.Response, f => f.Response!.Due, Column.OpenedAt, Column.ResponseTarget),

        new(Group.Wait, f => f.Wait!.EndedAt is null ? 0 : 1),
        new(Group.Wait, f => f.Wait!.EndedAt ?? f.At, Column.At),
        new(Group.Wait, f => (long)f.Wait!.End, Most: (long)WaitEnd.Closed),
        new(Group.Wait, f => f.Wait!.Waited.Calendar, Column.EndedAt),
        new(Group.Wait, f => f.Wait!.Waited.Mailbox, Column.WaitCalendar),
        new(Group.Wait, f => f.Wait!.Waited.Agent, Column.WaitMailbox),
        new(Group.Wait, f => f.Wait!.Target, HasFewValues: true),
        new(Group.Wait, f => f.Wait!.Due, Column.At, Column.WaitTarget),
        new(Group.Wait, f => f.Wait!.AtRisk, Column.WaitDue, Column.WaitTarget),
        new(Group.Wait, f => f.Wait!.Policy, HasFewValues: true),

        new(Group.Cycle, HasOf, HasFewValues: true),
        new(Group.Cycle, f => f.Cycle!.LastReplyAt ?? f.At, Column.At),
        new(Group.Cycle, f => f.Cycle!.ClosedAt ?? f.Cycle.LastReplyAt ?? f.At, Column.LastReplyAt),
        new(Group.Cycle, f => f.Cycle!.ClosingKnownAt ?? f.Cycle.ClosedAt ?? f.Cycle.LastReplyAt ?? f.At, Column.ClosedAt),
        new(Group.Cycle, f => f.Cycle!.Replies),
        new(Group.Cycle, f => f.Cycle!.Touches),
        new(Group.Cycle, f => f.Cycle!.Handoffs),
        new(Group.Cycle, f => f.Cycle!.Collisions),
        new(Group.Cycle, f => f.Cycle!.CustomerWait.Calendar),
        new(Group.Cycle, f => f.Cycle!.CustomerWait.Mailbox, Column.CustomerCalendar),
        new(Group.Cycle, f => f.Cycle!.CustomerWait.Agent, Column.CustomerMailbox),

        new(Group.Parent, f => f.SinceParent!.Value),

        new(Group.Resolution, f => f.ResolutionKnownAt is null ? 0 : 1),
        new(Group.Resolution, f => f.ResolutionKnownAt ?? f.At, Column.At),
        new(Group.Resolution, f => f.Resolution!.Value.Calendar),
        new(Group.Resolution, f => f.Resolution!.Value.Mailbox, Column.ResolutionCalendar),
        new(Group.Resolution, f => f.Resolution!.Value.Agent, Column.ResolutionMailbox),
    ];

    static long MarksOf(Finding f) => (int)f.Marks
        | (f.RepliedAt is null ? 0 : HasReplied)
        | (f.SinceParent is null ? 0 : HasParent)
        | (f.Resolution is null ? 0 : HasResolution);

    static long HasOf(Finding f) => (f.Cycle!.LastReplyAt is null ? 0 : 1)
        | (f.Cycle.ClosedAt is null ? 0 : 2) | (f.Cycle.ClosingKnownAt is null ? 0 : 4);
}

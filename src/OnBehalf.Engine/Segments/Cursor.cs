using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// One row of a segment, as it is known from a viewpoint. What came later than the viewpoint is not there: a wait that
/// was answered later is open, and who answered is not known. Only the columns that are asked for are unpacked.
/// </summary>
sealed class Cursor(Viewpoint viewpoint) : IDisposable
{
    readonly DecodedColumns _columns = new();
    OpenTime? _clock;
    int _index;
    bool _isLong; // whether the row's wait is the long one
    LongWait _long;

    public Segment Segment => _columns.Segment;

    /// <summary>The row.</summary>
    public int Index
    {
        get => _index;
        set => (_index, _isLong) = (value, false);
    }

    /// <summary>Goes to a row that opened a long wait: what is known of the wait need not be unpacked.</summary>
    public void GoTo(in LongWait wait) => (_index, _isLong, _long) = (wait.Row, true, wait);

    /// <summary>What is known of it is what was known from here.</summary>
    public Viewpoint Viewpoint => viewpoint;

    public void Open(Segment segment)
    {
        _columns.Open(segment);
        _clock = null;
    }

    /// <summary>The rows of a group, in order.</summary>
    public ReadOnlySpan<int> RowsOf(Group group) => _columns.RowsOf(group);

    /// <summary>The times of all rows, in order.</summary>
    public ReadOnlySpan<long> Times => _columns[Column.At].AsSpan(0, Segment.Rows);

    public long At => _isLong ? _long.At : _columns[Column.At][Index];
    public long FactId => _columns[Column.FactId][Index];
    public long Conversation => _columns[Column.Conversation][Index];
    public Direction Direction => (Direction)_columns[Column.Direction][Index];
    public Kind Kind => (Kind)_columns[Column.Kind][Index];
    public Evidence Evidence => (Evidence)_columns[Column.Evidence][Index];
    public UnattributedReason Reason => (UnattributedReason)_columns[Column.Reason][Index];
    public Importance Importance => (Importance)_columns[Column.Importance][Index];
    public string Category => Segment.TextOf(_columns[Column.Category][Index]);
    public AddressId Requester => _columns.Address(Column.Requester, Index);
    public int Recipients => _columns.Int(Column.Recipients, Index);

    public bool Has(Marks marks) => ((int)_columns[Column.Marks][Index] & (int)marks) != 0;
    public bool IsUndated => Has(Marks.Undated);
    public bool IsInbound => Direction == Direction.Inbound;
    public bool IsHuman => Kind == Kind.Human;
    public bool IsOutboundHuman => Direction == Direction.Outbound && Kind == Kind.Human;

    /// <summary>The author of an outbound message; of an inbound one, who has answered it.</summary>
    public AddressId Agent =>
        IsInbound && !IsReplied ? AddressId.None : _columns.Address(Column.Agent, Index);

    /// <summary>What is known of an outbound message's author.</summary>
    public AuthorState Author =>
        Has(Marks.Ambiguous) ? AuthorState.Ambiguous
        : Evidence != Evidence.None ? AuthorState.Known
        : Reason == UnattributedReason.AuditRecordMissing && viewpoint.AsOf - At < viewpoint.AuditGrace ? AuthorState.Pending
        : AuthorState.Unattributed;

    /// <summary>Whether some reply followed the inbound message.</summary>
    public bool IsReplied => IsIn(Group.Replied) && Get(Group.Replied, Column.RepliedAt) <= viewpoint.AsOf;

    /// <summary>The number of its local day.</summary>
    public long Day => viewpoint.Days.Value.StepOf(At);

    /// <summary>Seconds since the message it replies to; only where there is one.</summary>
    public bool HasParent => IsIn(Group.Parent);

    public long SinceParent => unchecked((int)Get(Group.Parent, Column.SinceParent));

    /// <summary>How long the wait was that this message ended.</summary>
    public long Responded => Waited(Group.Response, Column.ResponseCalendar);

    public bool IsWait => _isLong || IsIn(Group.Wait);

    /// <summary>How the wait had ended by then.</summary>
    public WaitEnd WaitEnd => WaitIsOpen ? WaitEnd.Open
        : _isLong ? _long.End
        : (WaitEnd)Get(Group.Wait, Column.WaitEnd);

    public bool WaitIsOpen => WaitIsOpenAt(viewpoint.AsOf);

    /// <summary>Whether the wait was open at an instant.</summary>
    public bool WaitIsOpenAt(long at) => At <= at && at < EndedAt;

    /// <summary>When the wait ended, or the end of time.</summary>
    public long EndedAt => _isLong ? _long.EndedAt : EndedAtPlace(_columns.PlaceIn(Group.Wait, Index));

    /// <summary>How long the wait was, or has lasted so far.</summary>
    public long WaitSoFar => WaitIsOpen ? AgeAt(viewpoint.AsOf) : Waited(Group.Wait, Column.WaitCalendar);

    /// <summary>How long ago the message came. Nobody has answered, so an agent's clock is the mailbox's.</summary>
    public int AgeAt(long at)
    {
        if (viewpoint.Clock == Clock.Calendar) return unchecked((int)(at - At));
        _clock ??= viewpoint.ClocksOf(Segment.Mailbox).Mailbox;
        return unchecked((int)_clock.Between(At, at));
    }

    public int Policy => IsWait ? unchecked((int)Get(Group.Wait, Column.WaitPolicy)) : 0;

    /// <summary>What had become of the promise; null where nothing was promised.</summary>
    public SlaState? Sla
    {
        get
        {
            var place = _isLong ? 0 : _columns.PlaceIn(Group.Wait, Index);
            var due = _isLong ? _long.Due : _columns[Column.WaitDue][place];
            if (due == 0) return null;
            var ended = _isLong ? _long.EndedAt : EndedAtPlace(place);
            var end = At <= viewpoint.AsOf && viewpoint.AsOf < ended ? WaitEnd.Open
                : _isLong ? _long.End
                : (WaitEnd)_columns[Column.WaitEnd][place];
            if ((end == WaitEnd.Open ? viewpoint.AsOf : ended) > due) return SlaState.Breached;
            if (end == WaitEnd.Answered) return SlaState.Met;
            if (end == WaitEnd.Closed) return SlaState.Cancelled;
            return viewpoint.AsOf >= (_isLong ? _long.AtRisk : _columns[Column.WaitAtRisk][place]) ? SlaState.AtRisk : SlaState.Pending;
        }
    }

    /// <summary>When the cycle was closed, or the end of time.</summary>
    public long ClosedAt => CycleHas(2) && CycleHas(4) && Get(Group.Cycle, Column.ClosingKnownAt) <= viewpoint.AsOf
        ? Get(Group.Cycle, Column.ClosedAt)
        : long.MaxValue;

    public bool IsClosed => ClosedAt != long.MaxValue;

    public int Replies => unchecked((int)Get(Group.Cycle, Column.Replies));

    public int Handoffs => unchecked((int)Get(Group.Cycle, Column.Handoffs));

    /// <summary>Whether the cycle had a reply. Its first wait tells; without one on the same row, its last reply.</summary>
    public bool IsAnswered => IsWait
        ? WaitEnd == WaitEnd.Answered
        : Replies > 0 && CycleHas(1) && Get(Group.Cycle, Column.LastReplyAt) <= viewpoint.AsOf;

    /// <summary>Whether the cycle has had replies that are not known from here.</summary>
    public bool HasLaterReplies => CycleHas(1) && Get(Group.Cycle, Column.LastReplyAt) > viewpoint.AsOf;

    /// <summary>Whether this is the last reply of a cycle that was closed.</summary>
    public bool IsResolution => IsIn(Group.Resolution)
        && (Get(Group.Resolution, Column.ResolutionHas) == 0
            || Get(Group.Resolution, Column.ResolutionKnownAt) <= viewpoint.AsOf);

    public long Resolution => Waited(Group.Resolution, Column.ResolutionCalendar);

    public void Dispose() => _columns.Dispose();

    long EndedAtPlace(int place) => _columns[Column.WaitHasEnded][place] == 0 ? long.MaxValue : _columns[Column.EndedAt][place];

    bool CycleHas(int bit) => (Get(Group.Cycle, Column.CycleHas) & bit) != 0;

    bool IsIn(Group group) => (_columns[Column.Marks][Index] & Layout.MarkOf(group)) != 0;

    long Get(Group group, Column column) => _columns[column][_columns.PlaceIn(group, Index)];

    // The three clocks of a duration are neighbours, in the order of the enumeration.
    long Waited(Group group, Column calendar) => unchecked((int)Get(group, (Column)((int)calendar + (int)viewpoint.Clock)));
}

/// <summary>What is known of an outbound message's author: the four values of attribution.</summary>
enum AuthorState : byte
{
    Known, Ambiguous, Pending, Unattributed,
}

/// <summary>What had become of a promise.</summary>
enum SlaState : byte
{
    Pending, AtRisk, Breached, Met, Cancelled,
}

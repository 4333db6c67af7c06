using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;

namespace OnBehalf.Engine.Segments;

/// <summary>Makes findings of a segment's columns again.</summary>
sealed class FindingReader
{
    readonly DecodedColumns _columns;
    int _row;

    FindingReader(DecodedColumns columns) => _columns = columns;

    public static Finding[] Read(Segment segment)
    {
        using var columns = new DecodedColumns();
        columns.Open(segment);
        var reader = new FindingReader(columns);
        var findings = new Finding[segment.Rows];
        for (var row = 0; row < findings.Length; row++)
        {
            reader._row = row;
            findings[row] = reader.ReadRow();
        }
        return findings;
    }

    /// <summary>Those whose fact, or conversation, is one of some, in the segment's order.</summary>
    public static List<Finding> Find(Segment segment, IReadOnlySet<long> wanted, Column column)
    {
        using var columns = new DecodedColumns();
        columns.Open(segment);
        var reader = new FindingReader(columns);
        var findings = new List<Finding>();
        for (reader._row = 0; reader._row < segment.Rows; reader._row++)
            if (wanted.Contains(reader.Of(column))) findings.Add(reader.ReadRow());
        return findings;
    }

    Finding ReadRow() => new()
    {
        FactId = Of(Column.FactId),
        Conversation = Of(Column.Conversation),
        At = Of(Column.At),
        Direction = (Direction)Of(Column.Direction),
        Kind = (Kind)Of(Column.Kind),
        Marks = (Marks)(Of(Column.Marks) & Layout.FindingMarks),
        Evidence = (Evidence)Of(Column.Evidence),
        Reason = (UnattributedReason)Of(Column.Reason),
        Agent = _columns.Address(Column.Agent, _row),
        Requester = _columns.Address(Column.Requester, _row),
        Recipients = Int(Of(Column.Recipients)),
        Importance = (Importance)Of(Column.Importance),
        Category = _columns.Segment.TextOf(Of(Column.Category)),
        RepliedAt = IsIn(Group.Replied) ? Of(Column.RepliedAt) : null,
        Response = IsIn(Group.Response) ? ReadResponse() : null,
        Wait = IsIn(Group.Wait) ? ReadWait() : null,
        Cycle = IsIn(Group.Cycle) ? ReadCycle() : null,
        SinceParent = IsIn(Group.Parent) ? Int(Of(Column.SinceParent)) : null,
        Resolution = IsIn(Group.Resolution) ? ReadClocks(Column.ResolutionCalendar) : null,
        ResolutionKnownAt = IsIn(Group.Resolution) && Of(Column.ResolutionHas) != 0 ? Of(Column.ResolutionKnownAt) : null,
    };

    ResponseFinding ReadResponse() => new(
        Of(Column.OpenedBy), Of(Column.OpenedAt), ReadClocks(Column.ResponseCalendar), Int(Of(Column.ResponseTarget)),
        Of(Column.ResponseDue));

    WaitFinding ReadWait() => new(
        Of(Column.WaitHasEnded) != 0 ? Of(Column.EndedAt) : null, (WaitEnd)Of(Column.WaitEnd),
        ReadClocks(Column.WaitCalendar), Int(Of(Column.WaitTarget)), Of(Column.WaitDue), Of(Column.WaitAtRisk),
        Int(Of(Column.WaitPolicy)));

    CycleFinding ReadCycle() => new(
        Cycle(1, Column.LastReplyAt), Cycle(2, Column.ClosedAt), Cycle(4, Column.ClosingKnownAt),
        Int(Of(Column.Replies)), Int(Of(Column.Touches)), Int(Of(Column.Handoffs)), Int(Of(Column.Collisions)),
        ReadClocks(Column.CustomerCalendar));

    long? Cycle(int bit, Column column) => (Of(Column.CycleHas) & bit) != 0 ? Of(column) : null;

    Clocks ReadClocks(Column calendar) => new(Int(Of(calendar)), Int(Of(calendar + 1)), Int(Of(calendar + 2)));

    bool IsIn(Group group) => (_columns[Column.Marks][_row] & Layout.MarkOf(group)) != 0;

    long Of(Column column)
    {
        var group = Layout.Specs[(int)column].Group;
        return _columns[column][group == Group.Messages ? _row : _columns.PlaceIn(group, _row)];
    }

    static int Int(long value) => unchecked((int)value);
}

using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// A segment that was opened: its bytes are whole and its columns are known, not yet unpacked. It never changes, and
/// threads may share it.
/// </summary>
public sealed class Segment
{
    readonly byte[] _bytes;
    readonly Block[] _blocks;
    readonly int[] _groupRows;
    LongWait[]? _longWaits;
    int[]? _authors;
    int[]? _agents;

    readonly SegmentTexts _texts;

    Segment(PackedSegment packed, in SegmentHead head, Block[] blocks, SegmentTexts texts)
    {
        _texts = texts;
        (_bytes, _blocks, _groupRows) = (packed.Bytes, blocks, head.GroupRows);
        (Mailbox, Month, Part) = (packed.Mailbox, packed.Month, packed.Part);
        (MinAt, MaxAt) = (head.MinAt, head.MaxAt);
        (LastEndedAt, LastClosedAt) = (head.LastEndedAt, head.LastClosedAt);
    }

    /// <summary>The mailbox's primary address.</summary>
    public AddressId Mailbox { get; }

    /// <summary>Months since January 1970, UTC.</summary>
    public int Month { get; }

    /// <summary>From 0: a busy month has several parts.</summary>
    public int Part { get; }

    /// <summary>How many findings are in it.</summary>
    public int Rows => _groupRows[0];

    /// <summary>Time of the earliest finding, seconds since 1970 UTC.</summary>
    public long MinAt { get; }

    /// <summary>Time of the latest finding, seconds since 1970 UTC.</summary>
    public long MaxAt { get; }

    /// <summary>When the last wait of it ended; the end of time while one is open.</summary>
    internal long LastEndedAt { get; }

    /// <summary>When the last cycle of it was closed.</summary>
    internal long LastClosedAt { get; }

    /// <summary>Opens a segment. The bytes are kept and must not change.</summary>
    /// <exception cref="Mistake">damaged: the bytes are not what was packed, or of another version.</exception>
    public static Segment Open(PackedSegment packed)
    {
        var head = SegmentHead.Read(packed);
        var blocks = new Block[Layout.Specs.Length];
        var at = head.Length;
        for (var i = 0; i < blocks.Length; i++)
            blocks[i] = Block.Parse(packed.Bytes, ref at, head.GroupRows[(int)Layout.Specs[i].Group]);
        var texts = SegmentTexts.Parse(packed.Bytes.AsSpan(0, packed.Bytes.Length - Bits.Padding), ref at, head.GroupRows[0]);
        if (at != packed.Bytes.Length - Bits.Padding) throw SegmentHead.Damaged("it is longer than its columns");
        return new(packed, head, blocks, texts);
    }

    /// <summary>The findings, by time and fact.</summary>
    /// <exception cref="Mistake">damaged.</exception>
    public IReadOnlyList<Finding> Read() => FindingReader.Read(this);

    /// <summary>The findings about some facts, by time and fact.</summary>
    /// <exception cref="Mistake">damaged.</exception>
    public IReadOnlyList<Finding> Find(IReadOnlySet<long> factIds) => FindingReader.Find(this, factIds, Column.FactId);

    /// <summary>The findings of some conversations, by time and fact.</summary>
    /// <exception cref="Mistake">damaged.</exception>
    public IReadOnlyList<Finding> FindConversations(IReadOnlySet<long> conversations) =>
        FindingReader.Find(this, conversations, Column.Conversation);

    /// <summary>Whether it is of these very bytes.</summary>
    public bool IsSame(PackedSegment packed) => _bytes.AsSpan().SequenceEqual(packed.Bytes);

    /// <summary>Its waits that went on after its last message; whichever thread finds them first keeps them for all.</summary>
    internal LongWait[] LongWaits => _longWaits ??= LongWait.Of(this);

    /// <summary>Its outbound human messages, see <see cref="AuthorRows"/>.</summary>
    internal int[] Authors => _authors ??= AuthorRows.Of(this);

    /// <summary>Whether one of some agents wrote or answered a message of it.</summary>
    internal bool HasAny(HashSet<int> agents)
    {
        foreach (var agent in _agents ??= AuthorRows.AgentsOf(this))
            if (agents.Contains(agent)) return true;
        return false;
    }

    /// <summary>How many rows of it are in a group.</summary>
    internal int RowsOf(Group group) => _groupRows[(int)group];

    /// <summary>The text of a number of it; empty for none.</summary>
    internal string TextOf(long number) => _texts[number];

    internal bool IsRelative(Column column) => _blocks[(int)column].IsRelative;

    /// <summary>Unpacks a column as it lies there; a relative one is not yet added to its base.</summary>
    internal void Unpack(Column column, Span<long> values) => _blocks[(int)column].Unpack(_bytes, values);
}

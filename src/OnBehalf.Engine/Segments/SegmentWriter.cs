using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Engine.Segments;

/// <summary>
/// Packs the findings of one mailbox, month by month. Whatever order they come in, the parts of a month hold the same
/// findings, each part in order of time and fact; a mailbox of any size takes bounded memory.
/// </summary>
public sealed class SegmentWriter
{
    /// <summary>
    /// How many findings are held before they are packed into a part: about 6 MB. With four times as many a mailbox of
    /// 90,000 messages has a quarter fewer parts, and packing takes 50 MB more.
    /// </summary>
    public const int UsualHeld = 1 << 14;

    // Starts of the months from 1970 to 2100, seconds since 1970 UTC.
    static readonly long[] MonthStarts =
    [
        .. Enumerable.Range(0, 12 * 131 + 1).Select(month =>
            new LocalDate(1970, 1, 1).PlusMonths(month).AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds()),
    ];

    readonly AddressId _mailbox;
    readonly BlockWriter _blocks = new();
    readonly long[][] _values = [.. Layout.Specs.Select(_ => Array.Empty<long>())];
    readonly List<Finding>[] _groups = [.. Enumerable.Range(0, Layout.Groups).Select(_ => new List<Finding>())];
    readonly List<int>[] _rows = [.. Enumerable.Range(0, Layout.Groups).Select(_ => new List<int>())];
    readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    long[] _bases = [];

    SegmentWriter(AddressId mailbox) => _mailbox = mailbox;

    /// <summary>Months since January 1970, UTC.</summary>
    public static int MonthOf(long at)
    {
        if (at < OpenTime.First || at > OpenTime.End)
            throw new ArgumentOutOfRangeException(nameof(at), at, "Outside 1970 to 2100.");
        var place = Array.BinarySearch(MonthStarts, at);
        return place >= 0 ? place : ~place - 1;
    }

    /// <summary>Packs findings as they come. Parts of a month are numbered from 0 in the order in which they come out.</summary>
    /// <param name="mailbox">The mailbox's primary address.</param>
    /// <param name="findings">Its findings, each message once, in any order; read once.</param>
    /// <param name="held">How many are held at most.</param>
    /// <exception cref="ArgumentException">A finding's marks do not say what the finding holds.</exception>
    public static IEnumerable<PackedSegment> Pack(AddressId mailbox, IEnumerable<Finding> findings, int held = UsualHeld)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(held, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(held, SegmentHead.RowLimit);
        var writer = new SegmentWriter(mailbox);
        var months = new SortedDictionary<int, List<Finding>>();
        var parts = new Dictionary<int, int>();
        var count = 0;
        foreach (var finding in findings)
        {
            var month = MonthOf(finding.At);
            if (!months.TryGetValue(month, out var list)) months.Add(month, list = []);
            list.Add(finding);
            if (++count < held) continue;
            foreach (var segment in writer.Flush(months, parts)) yield return segment;
            count = 0;
        }
        foreach (var segment in writer.Flush(months, parts)) yield return segment;
    }

    IEnumerable<PackedSegment> Flush(SortedDictionary<int, List<Finding>> months, Dictionary<int, int> parts)
    {
        foreach (var (month, findings) in months)
        {
            if (findings.Count == 0) continue;
            var part = parts.GetValueOrDefault(month);
            parts[month] = part + 1;
            yield return PackPart(month, part, findings);
            findings.Clear();
        }
    }

    PackedSegment PackPart(int month, int part, List<Finding> findings)
    {
        findings.Sort(static (a, b) => a.At != b.At ? a.At.CompareTo(b.At) : a.FactId.CompareTo(b.FactId));
        Sort(findings);
        var head = new SegmentHead(
            findings[0].At, findings[^1].At, LastEndedAt(), LastClosedAt(), [.. _groups.Select(g => g.Count)]);
        _blocks.Begin(head.Length);
        Number(findings);
        for (var column = 0; column < Layout.Specs.Length; column++) Add((Column)column);
        _blocks.Add(_texts.Keys);
        var bytes = _blocks.End();
        head.Write(bytes);
        return new(_mailbox, month, part, findings.Count, head.MinAt, head.MaxAt, bytes);
    }

    /// <summary>Sorts the rows into their groups.</summary>
    void Sort(List<Finding> findings)
    {
        foreach (var group in _groups) group.Clear();
        foreach (var rows in _rows) rows.Clear();
        var readMarks = Layout.Specs[(int)Column.Marks].Read;
        for (var row = 0; row < findings.Count; row++)
        {
            var finding = findings[row];
            Check(finding);
            var marks = (int)readMarks(finding);
            for (var group = 0; group < Layout.Groups; group++)
            {
                if (group != 0 && (marks & Layout.MarkOf((Group)group)) == 0) continue;
                _groups[group].Add(finding);
                _rows[group].Add(row);
            }
        }
    }

    // In order of the texts, so that the same findings are the same bytes.
    void Number(List<Finding> findings)
    {
        _texts.Clear();
        foreach (var text in findings.Select(finding => finding.Category).Where(text => text.Length > 0).Distinct()
            .Order(StringComparer.Ordinal).ToList()) _texts.Add(text, _texts.Count + 1);
    }

    static void Check(Finding finding)
    {
        var says = finding.Marks & (Marks.AnsweredWait | Marks.OpenedWait | Marks.BeganCycle);
        var holds = (finding.Response is null ? 0 : Marks.AnsweredWait)
            | (finding.Wait is null ? 0 : Marks.OpenedWait)
            | (finding.Cycle is null ? 0 : Marks.BeganCycle);
        if (says != holds || finding.Marks < 0 || (int)finding.Marks > Layout.FindingMarks)
            throw new ArgumentException($"Fact {finding.FactId} is marked {finding.Marks} and holds {holds}.");
        if (finding.Resolution is null && finding.ResolutionKnownAt is not null)
            throw new ArgumentException($"Fact {finding.FactId} has no resolution that could be known.");
    }

    void Add(Column column)
    {
        var spec = Layout.Specs[(int)column];
        var findings = _groups[(int)spec.Group];
        ref var array = ref _values[(int)column];
        if (array.Length < findings.Count) array = new long[Math.Max(findings.Count, 2 * array.Length)];
        var values = array.AsSpan(0, findings.Count);
        if (column == Column.Category)
            for (var i = 0; i < values.Length; i++) values[i] = findings[i].Category is { Length: > 0 } text ? _texts[text] : 0;
        else
            for (var i = 0; i < values.Length; i++) values[i] = spec.Read(findings[i]);
        _blocks.Add(spec, values, BasesOf(spec, values.Length), column is Column.At or Column.FactId);
    }

    ReadOnlySpan<long> BasesOf(ColumnSpec spec, int count)
    {
        if (spec.Base is not { } column) return default;
        if (_bases.Length < count) _bases = new long[count];
        var bases = _values[(int)column];
        var isSameGroup = Layout.Specs[(int)column].Group == spec.Group;
        var rows = _rows[(int)spec.Group];
        var gate = spec.Gate is { } gated ? _values[(int)gated] : null;
        for (var i = 0; i < count; i++)
            _bases[i] = gate is not null && gate[i] == 0 ? 0 : bases[isSameGroup ? i : rows[i]];
        return _bases.AsSpan(0, count);
    }

    long LastEndedAt()
    {
        var last = long.MinValue;
        foreach (var finding in _groups[(int)Group.Wait]) last = Math.Max(last, finding.Wait!.EndedAt ?? long.MaxValue);
        return last;
    }

    long LastClosedAt()
    {
        var last = long.MinValue;
        foreach (var finding in _groups[(int)Group.Cycle]) last = Math.Max(last, finding.Cycle!.ClosedAt ?? long.MinValue);
        return last;
    }
}

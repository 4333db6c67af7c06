using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Store;

/// <summary>
/// The segments of one edition of the store, by mailbox. It never changes and threads may share it; the next edition has
/// the very segments that stayed as they were, so that two editions take little more memory than one.
/// </summary>
public sealed class SegmentShelf
{
    /// <summary>The segments of a mailbox, and what they stand on.</summary>
    readonly record struct Place(FindingStamp Stamp, Segment[] Segments);

    readonly Dictionary<AddressId, Place> _places;

    SegmentShelf(Dictionary<AddressId, Place> places)
    {
        _places = places;
        All = [.. places.OrderBy(place => place.Key.Value).SelectMany(place => place.Value.Segments)];
    }

    /// <summary>Every segment, by mailbox, month and part.</summary>
    public IReadOnlyList<Segment> All { get; }

    /// <summary>Reads the segments of the store; of mailboxes that are as they were before, those are taken.</summary>
    /// <param name="store">The store. Whoever wants more of the same instant reads within <see cref="MailStore.AtOnce"/>.</param>
    /// <param name="mailboxes">The mailboxes that may be seen; null: all.</param>
    /// <param name="before">An earlier edition of the same file, read for the same mailboxes; null: none.</param>
    /// <exception cref="Mistake">damaged: a segment is.</exception>
    public static SegmentShelf Read(
        MailStore store, IReadOnlyCollection<AddressId>? mailboxes = null, SegmentShelf? before = null) => store.AtOnce(() =>
    {
        var seen = mailboxes?.ToHashSet();
        var places = new Dictionary<AddressId, Place>();
        var changed = new List<AddressId>();
        var stamps = store.Findings.Stamps();
        foreach (var (mailbox, stamp) in stamps)
        {
            if (seen?.Contains(mailbox) == false) continue;
            if (before?._places.TryGetValue(mailbox, out var place) == true && place.Stamp == stamp) places.Add(mailbox, place);
            else changed.Add(mailbox);
        }
        foreach (var group in Groups(store, changed, isAll: before is null && mailboxes is null))
            places.Add(group[0].Mailbox, new(stamps[group[0].Mailbox], Opened(group, before)));
        return new SegmentShelf(places);
    });

    /// <summary>The segments of a mailbox, by month and part.</summary>
    public IReadOnlyList<Segment> Of(AddressId mailbox) =>
        _places.TryGetValue(mailbox, out var place) ? place.Segments : [];

    static IEnumerable<List<PackedSegment>> Groups(MailStore store, List<AddressId> mailboxes, bool isAll)
    {
        var group = new List<PackedSegment>();
        foreach (var packed in store.Findings.ReadSegments(isAll ? null : mailboxes))
        {
            if (group.Count > 0 && group[0].Mailbox != packed.Mailbox)
            {
                yield return group;
                group = [];
            }
            group.Add(packed);
        }
        if (group.Count > 0) yield return group;
    }

    /// <summary>A mailbox that changed has most months as they were: those are not kept twice.</summary>
    static Segment[] Opened(List<PackedSegment> group, SegmentShelf? before)
    {
        var known = before?.Of(group[0].Mailbox).ToDictionary(segment => (segment.Month, segment.Part));
        return [.. group.Select(packed => known?.GetValueOrDefault((packed.Month, packed.Part)) is { } same && same.IsSame(packed)
            ? same
            : Segment.Open(packed))];
    }
}

/// <summary>What a mailbox's findings stand on; other findings have another stamp.</summary>
/// <param name="Generation">The ground.</param>
/// <param name="Rules">Fingerprint of the settings.</param>
/// <param name="EngineVersion">The engine that computed.</param>
/// <param name="MadeAt">When, seconds since 1970 UTC.</param>
public readonly record struct FindingStamp(long Generation, long Rules, long EngineVersion, long MadeAt);

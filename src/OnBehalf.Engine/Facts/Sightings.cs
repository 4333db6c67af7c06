using OnBehalf.Engine.Conversations;

namespace OnBehalf.Engine.Facts;

/// <summary>One message out of its sightings, the same in any order of arrival.</summary>
public static class Sightings
{
    /// <summary>Which of two sightings stands for the message: the earlier, undated ones last, then the smaller digest.</summary>
    public static int Compare(MessageFact a, MessageFact b) =>
        (AtOf(a), a.Digest).CompareTo((AtOf(b), b.Digest));

    /// <summary>The sighting that stands for each message, in any order of arrival.</summary>
    public static IEnumerable<MessageFact> Chosen(IEnumerable<MessageFact> sightings)
    {
        var chosen = new Dictionary<MessageKey, MessageFact>();
        foreach (var sighting in sightings)
            if (!chosen.TryGetValue(sighting.Key, out var other) || Compare(sighting, other) < 0)
                chosen[sighting.Key] = sighting;
        return chosen.Values;
    }

    /// <summary>
    /// The chosen sighting, completed by what only another one knows: that the message lies in Sent Items, who wrote
    /// it, how the mailbox filed it.
    /// </summary>
    /// <param name="chosen">The sighting that stands for the message: earliest, then smallest digest.</param>
    /// <param name="others">The others, in any order.</param>
    /// <param name="copyOwners">Agents in whose own Sent Items the message lies.</param>
    public static MessageFact Merge(
        MessageFact chosen, IReadOnlyList<MessageFact> others, out IReadOnlyList<AddressId> copyOwners)
    {
        MessageFact[] all = [chosen, .. others.Order(Comparer<MessageFact>.Create(Compare))];
        copyOwners = [.. all.Select(s => s.FolderOwner).Where(o => !o.IsNone).Distinct()];
        return chosen with
        {
            Folder = all.Any(s => s.Folder == Folder.SentItems) ? Folder.SentItems : chosen.Folder,
            Sender = First(all, s => s.Sender),
            Author = First(all, s => s.Author),
            FlagComplete = all.Any(s => s.FlagComplete),
            Filed = [.. all.SelectMany(s => s.Filed).Distinct(StringComparer.OrdinalIgnoreCase)],
            Categories = [.. all.SelectMany(s => s.Categories).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
    }

    static long AtOf(MessageFact fact) => fact.At?.ToUnixTimeSeconds() ?? JoinKeys.Undated;

    static AddressId First(MessageFact[] all, Func<MessageFact, AddressId> part) =>
        all.Select(part).FirstOrDefault(id => !id.IsNone);
}

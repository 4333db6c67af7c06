namespace OnBehalf.Engine.Facts;

/// <summary>One message out of its sightings, the same in any order of arrival.</summary>
public static class Sightings
{
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
        copyOwners = [];
        if (others.Count == 0 && chosen.FolderOwner.IsNone) return chosen;

        MessageFact[] all = [chosen, .. others.OrderBy(o => o.At).ThenBy(o => o.Digest)];
        copyOwners = [.. all.Select(s => s.FolderOwner).Where(o => !o.IsNone).Distinct()];
        return chosen with
        {
            Folder = all.Any(s => s.Folder == Folder.SentItems) ? Folder.SentItems : chosen.Folder,
            Sender = First(all, s => s.Sender),
            Author = First(all, s => s.Author),
            FlagComplete = all.Any(s => s.FlagComplete),
            Categories = [.. all.SelectMany(s => s.Categories).Distinct(StringComparer.OrdinalIgnoreCase)],
        };
    }

    static AddressId First(MessageFact[] all, Func<MessageFact, AddressId> part) =>
        all.Select(part).FirstOrDefault(id => !id.IsNone);
}

using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>Messages that belong together, in total order: time, then key.</summary>
/// <param name="Messages">Never empty.</param>
/// <param name="Root">Place of the message that joins nothing; it gives the conversation its name.</param>
public sealed record Conversation(IReadOnlyList<JoinedMessage> Messages, int Root)
{
    /// <summary>The fact of the root.</summary>
    public long Name => Messages[Root].Fact.FactId;

    /// <summary>A conversation out of its threads and facts.</summary>
    /// <param name="threads">How the mailbox's messages belong together.</param>
    /// <param name="conversation">Which of its conversations.</param>
    /// <param name="factOf">The fact by number, other sightings included.</param>
    public static Conversation Gather(Threads threads, int conversation, Func<long, MessageFact> factOf)
    {
        var members = threads.MembersOf(conversation);
        var messages = new JoinedMessage[members.Length];
        var root = 0;
        for (var i = 0; i < members.Length; i++)
        {
            var parent = threads.ParentOf(members[i]);
            var others = threads.OtherSightingsOf(members[i]);
            var fact = factOf(threads.FactOf(members[i]));
            IReadOnlyList<AddressId> owners = [];
            if (others.Count > 0 || !fact.FolderOwner.IsNone)
                fact = Sightings.Merge(fact, [.. others.Select(factOf)], out owners);
            messages[i] = new(fact, parent < 0 ? -1 : threads.PlaceOf(parent), threads.RuleOf(members[i]), owners);
            if (parent < 0) root = i;
        }
        return new(messages, root);
    }
}

/// <summary>A message in its conversation.</summary>
/// <param name="Fact">The message.</param>
/// <param name="Parent">Place of its parent in the conversation, or -1.</param>
/// <param name="Rule">The rule that joined it.</param>
/// <param name="CopyOwners">Agents in whose own Sent Items the same message lies.</param>
public readonly record struct JoinedMessage(
    MessageFact Fact, int Parent, JoinRule Rule, IReadOnlyList<AddressId> CopyOwners);

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// How the messages of a mailbox belong together, by number. Numbers are this object's own; facts are named by
/// <see cref="FactOf"/>. Threads may share it, except where there is a <see cref="Spill"/>, from which what is asked for is fetched.
/// </summary>
public sealed class Threads
{
    readonly PagedLongs _facts;
    readonly PagedInts _parents;
    readonly PagedInts _ranks;
    readonly ThreadMembers _members;
    readonly RepeatedSightings _repeats;

    internal Threads(PagedLongs facts, PagedInts parents, PagedInts ranks, ThreadMembers members, RepeatedSightings repeats) =>
        (_facts, _parents, _ranks, _members, _repeats) = (facts, parents, ranks, members, repeats);

    /// <summary>How many messages there are, each key once.</summary>
    public int MessageCount => _members.MessageCount;

    /// <summary>How many conversations there are.</summary>
    public int ConversationCount => _members.ConversationCount;

    /// <summary>How many messages a conversation has.</summary>
    public int CountOf(int conversation) => _members.CountOf(conversation);

    /// <summary>
    /// The messages of a conversation in total order: time, then key. Where there is a spill, until those of another are asked for.
    /// </summary>
    public ReadOnlySpan<int> MembersOf(int conversation) => _members.Of(conversation);

    /// <summary>The message that joins nothing.</summary>
    public int RootOf(int conversation)
    {
        foreach (var message in MembersOf(conversation))
            if (_parents[message] < 0) return message;
        throw new InvalidOperationException("A conversation without a root.");
    }

    /// <summary>The fact chosen to stand for a message.</summary>
    public long FactOf(int message) => _facts[message];

    /// <summary>Facts that saw the same message elsewhere or differently.</summary>
    public IReadOnlyList<long> OtherSightingsOf(int message) => _repeats.FactsOf(message);

    /// <summary>Where in its conversation a message stands.</summary>
    public int PlaceOf(int message) => _members.PlaceOf(message);

    /// <summary>The message it was joined to, or -1.</summary>
    public int ParentOf(int message) => _parents[message];

    /// <summary>The rule that joined it.</summary>
    public JoinRule RuleOf(int message) => ConversationBuilder.RuleOf(_ranks[message]);
}

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// How the messages of a mailbox belong together, by number. Numbers are this object's own; facts are named by
/// <see cref="FactOf"/>.
/// </summary>
public sealed class Threads
{
    readonly SmallLongs _facts;
    readonly int[] _parents;
    readonly JoinRule[] _rules;
    readonly ThreadMembers _members;
    readonly RepeatedSightings _repeats;

    internal Threads(SmallLongs facts, int[] parents, JoinRule[] rules, ThreadMembers members, RepeatedSightings repeats) =>
        (_facts, _parents, _rules, _members, _repeats) = (facts, parents, rules, members, repeats);

    /// <summary>How many messages there are, each key once.</summary>
    public int MessageCount => _members.MessageCount;

    /// <summary>How many conversations there are.</summary>
    public int ConversationCount => _members.ConversationCount;

    /// <summary>The messages of a conversation in total order: time, then key.</summary>
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
    public JoinRule RuleOf(int message) => _rules[message];
}

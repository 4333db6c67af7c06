namespace OnBehalf.Engine.Conversations;

/// <summary>
/// How the messages of a mailbox belong together, by number. Numbers are this object's own; facts are named by
/// <see cref="FactOf"/>.
/// </summary>
public sealed class Threads
{
    readonly long[] _facts;
    readonly int[] _parents;
    readonly JoinRule[] _rules;
    readonly int[] _members;
    readonly int[] _places;
    readonly List<(int Start, int Length, int Root)> _conversations;
    readonly Dictionary<int, List<long>> _otherSightings;

    internal Threads(
        long[] facts, int[] parents, JoinRule[] rules, int[] members,
        List<(int Start, int Length, int Root)> conversations, Dictionary<int, List<long>> otherSightings)
    {
        (_facts, _parents, _rules, _members) = (facts, parents, rules, members);
        (_conversations, _otherSightings) = (conversations, otherSightings);
        _places = new int[members.Length];
        foreach (var (start, length, _) in conversations)
            for (var i = 0; i < length; i++) _places[members[start + i]] = i;
    }

    /// <summary>How many messages there are, each key once.</summary>
    public int MessageCount => _members.Length;

    /// <summary>How many conversations there are.</summary>
    public int ConversationCount => _conversations.Count;

    /// <summary>The messages of a conversation in total order: time, then key.</summary>
    public ReadOnlySpan<int> MembersOf(int conversation) =>
        _members.AsSpan(_conversations[conversation].Start, _conversations[conversation].Length);

    /// <summary>The message that joins nothing.</summary>
    public int RootOf(int conversation) => _conversations[conversation].Root;

    /// <summary>The fact chosen to stand for a message.</summary>
    public long FactOf(int message) => _facts[message];

    /// <summary>Facts that saw the same message elsewhere or differently.</summary>
    public IReadOnlyList<long> OtherSightingsOf(int message) =>
        _otherSightings.TryGetValue(message, out var others) ? others : [];

    /// <summary>Where in its conversation a message stands.</summary>
    public int PlaceOf(int message) => _places[message];

    /// <summary>The message it was joined to, or -1.</summary>
    public int ParentOf(int message) => _parents[message];

    /// <summary>The rule that joined it.</summary>
    public JoinRule RuleOf(int message) => _rules[message];
}

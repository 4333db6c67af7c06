using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Joins the messages of one mailbox into conversations by the rules of docs/metrics.md, in an order that does not
/// depend on arrival: a message's parent follows from the set of messages alone.
/// </summary>
/// <remarks>
/// Memory is about 90 bytes a message, and 48 more where Exchange gives conversations. Nothing recurses: references come from
/// strangers and may form chains of a million or circles.
/// </remarks>
public sealed class ConversationBuilder
{
    readonly KeyTable _keys;
    readonly IndexPrefixes _indexes;
    readonly Candidates _guids;
    readonly Dictionary<int, List<long>> _otherSightings = [];
    readonly Comparison<int> _inOrder; // Made once: it is needed for every message.
    long[] _facts;
    long[] _at;
    ulong[] _digests;
    int[] _parents = [];
    JoinRule[] _rules = [];

    ConversationBuilder(int expected)
    {
        (_keys, _indexes, _guids) = (new(expected), new(expected), new(expected));
        var room = Math.Max(expected, 16);
        (_facts, _at, _digests) = (new long[room], new long[room], new ulong[room]);
        _inOrder = Compare;
    }

    /// <summary>Joins the sightings of one mailbox; any order, which is the same both times that they are enumerated.</summary>
    /// <param name="sightings">The store's stream, or facts in memory.</param>
    /// <param name="expected">How many there are, roughly; saves growing.</param>
    public static Threads Build(IEnumerable<JoinKeys> sightings, int expected = 0)
    {
        var builder = new ConversationBuilder(expected);
        var ordinals = new List<int>(expected); // By sighting, so that the second reading need not look it up.
        foreach (var sighting in sightings) ordinals.Add(builder.Number(sighting));
        builder.OrderCandidates();
        var next = 0;
        foreach (var sighting in sightings)
        {
            if (next == ordinals.Count) break; // It came since the first reading.
            builder.Join(ordinals[next++], sighting);
        }
        builder.BreakCircles();
        return builder.Gather();
    }

    int Count => _keys.Count;

    int Number(in JoinKeys sighting)
    {
        var ordinal = _keys.Add(sighting.Key, out var isNew);
        if (isNew)
        {
            if (ordinal == _facts.Length) Grow();
            Keep(ordinal, sighting);
        }
        else
        {
            var replaces = (sighting.At, sighting.Digest).CompareTo((_at[ordinal], _digests[ordinal])) < 0;
            if (!_otherSightings.TryGetValue(ordinal, out var others)) _otherSightings[ordinal] = others = [];
            others.Add(replaces ? _facts[ordinal] : sighting.FactId);
            if (replaces) Keep(ordinal, sighting);
        }
        Offer(ordinal, sighting);
        return ordinal;
    }

    void Keep(int ordinal, in JoinKeys sighting)
    {
        _facts[ordinal] = sighting.FactId;
        _at[ordinal] = sighting.At;
        _digests[ordinal] = sighting.Digest;
    }

    /// <summary>What any sighting says may be joined to: the union, so that arrival order does not matter.</summary>
    void Offer(int ordinal, in JoinKeys sighting)
    {
        if (!sighting.ConversationIndex.IsEmpty) _indexes.Add(sighting.ConversationIndex.Span, ordinal);
        if (sighting.ConversationGuid.IsNone) return;
        _guids.Add(GuidAndSubject(sighting), ordinal);
    }

    void Grow()
    {
        Array.Resize(ref _facts, _facts.Length * 2);
        Array.Resize(ref _at, _at.Length * 2);
        Array.Resize(ref _digests, _digests.Length * 2);
    }

    void OrderCandidates()
    {
        (_parents, _rules) = (new int[Count], new JoinRule[Count]);
        Array.Fill(_parents, -1);
        _guids.Sort(_inOrder);
        _indexes.Sort(_inOrder);
    }

    /// <summary>The total order of a mailbox: time, then key.</summary>
    int Compare(int a, int b) => _at[a] != _at[b] ? _at[a].CompareTo(_at[b]) : _keys[a].CompareTo(_keys[b]);

    void Join(int ordinal, in JoinKeys sighting)
    {
        if (_facts[ordinal] != sighting.FactId) return;
        (_parents[ordinal], _rules[ordinal]) = ParentOf(ordinal, sighting);
    }

    (int Parent, JoinRule Rule) ParentOf(int ordinal, in JoinKeys message)
    {
        foreach (var key in message.InReplyTo.Span)
            if (_keys.Find(key) is var parent && parent >= 0 && parent != ordinal) return (parent, JoinRule.InReplyTo);

        var references = message.References.Span;
        for (var i = references.Length - 1; i >= 0; i--)
            if (_keys.Find(references[i]) is var parent && parent >= 0 && parent != ordinal)
                return (parent, JoinRule.References);

        if (_indexes.LongestProperPrefix(message.ConversationIndex.Span, ordinal, _inOrder) is var byIndex and >= 0)
            return (byIndex, JoinRule.ConversationIndex);

        if (!message.ConversationGuid.IsNone
            && _guids.LastBefore(GuidAndSubject(message), ordinal, _inOrder) is var byGuid and >= 0)
            return (byGuid, JoinRule.ConversationId);

        return (-1, JoinRule.Root);
    }

    static MessageKey GuidAndSubject(in JoinKeys message) => new(
        message.ConversationGuid.High, Fingerprint.Join(message.ConversationGuid.Low, message.Subject));

    /// <summary>Walks every chain of parents once; in a circle the earliest message becomes the root.</summary>
    void BreakCircles()
    {
        var walkOf = new int[Count]; // 0: not seen; else the number of the walk that saw it
        for (var start = 0; start < Count; start++)
        {
            var (walk, at) = (start + 1, start);
            while (at >= 0 && walkOf[at] == 0)
            {
                walkOf[at] = walk;
                at = _parents[at];
            }
            if (at < 0 || walkOf[at] != walk) continue;
            var earliest = at;
            for (var member = _parents[at]; member != at; member = _parents[member])
                if (Compare(member, earliest) < 0) earliest = member;
            (_parents[earliest], _rules[earliest]) = (-1, JoinRule.CircleBroken);
        }
    }

    Threads Gather()
    {
        var roots = Roots();
        var starts = new int[Count + 1]; // by root: where its members begin, once summed up
        foreach (var root in roots) starts[root + 1]++;
        for (var i = 0; i < Count; i++) starts[i + 1] += starts[i];

        var members = new int[Count];
        var next = starts.AsSpan(0, Count).ToArray();
        for (var ordinal = 0; ordinal < Count; ordinal++) members[next[roots[ordinal]]++] = ordinal;

        var conversations = new List<(int Start, int Length, int Root)>();
        for (var root = 0; root < Count; root++)
        {
            var length = starts[root + 1] - starts[root];
            if (length == 0) continue;
            if (length > 1) members.AsSpan(starts[root], length).Sort(_inOrder);
            conversations.Add((starts[root], length, root));
        }
        return new(_facts, _parents, _rules, members, conversations, _otherSightings);
    }

    int[] Roots()
    {
        var roots = new int[Count];
        Array.Fill(roots, -1);
        var path = new List<int>();
        for (var start = 0; start < Count; start++)
        {
            var at = start;
            while (roots[at] < 0 && _parents[at] >= 0)
            {
                path.Add(at);
                at = _parents[at];
            }
            var root = roots[at] >= 0 ? roots[at] : at;
            roots[at] = root;
            foreach (var passed in path) roots[passed] = root;
            path.Clear();
        }
        return roots;
    }
}

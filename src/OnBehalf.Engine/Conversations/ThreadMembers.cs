using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>The messages of each conversation, conversations in the order of their roots, and the place of each message.</summary>
sealed class ThreadMembers
{
    readonly int[] _starts; // One more than there are conversations.
    readonly int[] _members;
    readonly int[] _places;
    readonly List<(int Start, int Length)> _ties = [];

    ThreadMembers(int[] starts, int[] members, int[] places) => (_starts, _members, _places) = (starts, members, places);

    /// <summary>How many messages there are.</summary>
    public int MessageCount => _places.Length;

    /// <summary>How many conversations there are.</summary>
    public int ConversationCount => _starts.Length - 1;

    /// <summary>The messages of a conversation.</summary>
    public ReadOnlySpan<int> Of(int conversation) =>
        _members.AsSpan(_starts[conversation], _starts[conversation + 1] - _starts[conversation]);

    /// <summary>Where in its conversation a message stands.</summary>
    public int PlaceOf(int message) => _places[message];

    /// <summary>Gathers whose chains of parents end in the same root; there are no circles.</summary>
    /// <param name="parents">By message; -1 for a root.</param>
    /// <param name="conversations">Room for a number of each message, and for no more; it is kept.</param>
    /// <param name="members">Room for a number of each message; it is kept.</param>
    public static ThreadMembers Gather(int[] parents, int[] conversations, int[] members)
    {
        var count = conversations.Length;
        var number = Number(parents, conversations);
        var starts = new int[number + 1];
        foreach (var conversation in conversations) starts[conversation + 1]++;
        for (var i = 0; i < number; i++) starts[i + 1] += starts[i];
        // Filled from the end, so that starts need no second copy: what is left of each is its start.
        for (var message = count - 1; message >= 0; message--)
            members[--starts[conversations[message] + 1]] = message;
        starts.AsSpan(1).CopyTo(starts);
        starts[number] = count;
        return new(starts, members, conversations); // Places take the room of the conversations.
    }

    /// <summary>Brings each conversation in order of time.</summary>
    /// <param name="at">By message.</param>
    /// <returns>Messages of one second, which only their keys bring in order.</returns>
    public IEnumerable<int> SortByTime(SmallLongs at)
    {
        Comparison<int> byTime = (a, b) => at[a].CompareTo(at[b]);
        for (var conversation = 0; conversation < ConversationCount; conversation++)
        {
            var (start, end) = (_starts[conversation], _starts[conversation + 1]);
            if (end - start == 1) continue;
            _members.AsSpan(start, end - start).Sort(byTime);
            for (var next = start + 1; start < end; start = next, next++)
            {
                while (next < end && at[_members[next]] == at[_members[start]]) next++;
                if (next - start > 1) _ties.Add((start, next - start));
            }
        }
        return _ties.SelectMany(tie => _members.Skip(tie.Start).Take(tie.Length));
    }

    /// <summary>Brings messages of one second in order of their keys, after which places are known.</summary>
    public void SortByKey(Func<int, MessageKey> keyOf)
    {
        Comparison<int> byKey = (a, b) => keyOf(a).CompareTo(keyOf(b));
        foreach (var (start, length) in _ties) _members.AsSpan(start, length).Sort(byKey);
        _ties.Clear();
        _ties.Capacity = 0;
        for (var conversation = 0; conversation < ConversationCount; conversation++)
        {
            var members = Of(conversation);
            for (var place = 0; place < members.Length; place++) _places[members[place]] = place;
        }
    }

    // Each message's conversation; conversations are numbered in the order of their roots. Says how many there are.
    static int Number(int[] parents, int[] conversations)
    {
        var number = 0;
        for (var message = 0; message < conversations.Length; message++)
            conversations[message] = parents[message] < 0 ? number++ : -1;
        var path = new List<int>();
        for (var start = 0; start < conversations.Length; start++)
        {
            var at = start;
            while (conversations[at] < 0)
            {
                path.Add(at);
                at = parents[at];
            }
            foreach (var passed in path) conversations[passed] = conversations[at];
            path.Clear();
        }
        return number;
    }
}

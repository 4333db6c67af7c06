using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>The messages of each conversation, conversations in the order of their roots, and the place of each message.</summary>
sealed class ThreadMembers
{
    readonly PagedInts _starts; // One more than there are conversations.
    readonly PagedInts _members;
    readonly PagedInts _places;
    readonly List<(int Start, int Length)> _ties = [];
    int[] _some = []; // Those of the conversation that was asked for.

    ThreadMembers(PagedInts starts, PagedInts members, PagedInts places) => (_starts, _members, _places) = (starts, members, places);

    /// <summary>How many messages there are.</summary>
    public required int MessageCount { get; init; }

    /// <summary>How many conversations there are.</summary>
    public required int ConversationCount { get; init; }

    /// <summary>How many messages a conversation has.</summary>
    public int CountOf(int conversation) => _starts[conversation + 1] - _starts[conversation];

    /// <summary>The messages of a conversation; where there is a spill, until those of another are asked for.</summary>
    public ReadOnlySpan<int> Of(int conversation) => _members.Read(_starts[conversation], CountOf(conversation), ref _some);

    /// <summary>Where in its conversation a message stands.</summary>
    public int PlaceOf(int message) => _places[message];

    /// <summary>Gathers whose chains of parents end in the same root; there are no circles.</summary>
    /// <param name="parents">By message; -1 for a root.</param>
    /// <param name="count">How many messages there are.</param>
    /// <param name="members">Room for a number of each message; it is kept.</param>
    /// <param name="spill">Where numbers lie that are not at hand.</param>
    public static ThreadMembers Gather(PagedInts parents, int count, PagedInts members, Spill? spill)
    {
        var conversations = new PagedInts(count, spill);
        var number = Number(parents, conversations, count);
        var starts = new PagedInts(number + 1, spill);
        for (var message = 0; message < count; message++) starts[conversations[message] + 1]++;
        for (var i = 0; i < number; i++) starts[i + 1] += starts[i];
        // Filled from the end, so that starts need no second copy: what is left of each is its start.
        for (var message = count - 1; message >= 0; message--)
            members[--starts[conversations[message] + 1]] = message;
        for (var i = 0; i < number; i++) starts[i] = starts[i + 1];
        starts[number] = count;
        // Places take the room of the conversations.
        return new(starts, members, conversations) { MessageCount = count, ConversationCount = number };
    }

    /// <summary>Brings each conversation in order of time.</summary>
    /// <param name="at">By message.</param>
    /// <returns>Messages of one second, which only their keys bring in order.</returns>
    public IEnumerable<int> SortByTime(PagedLongs at)
    {
        Comparison<int> byTime = (a, b) => at[a].CompareTo(at[b]);
        for (var conversation = 0; conversation < ConversationCount; conversation++)
        {
            var (start, count) = (_starts[conversation], CountOf(conversation));
            if (count == 1 || IsInOrder(start, count, at)) continue;
            _members.Sort(start, count, byTime, ref _some);
            var sorted = _members.Read(start, count, ref _some);
            for (var (tie, next) = (0, 1); tie < count; tie = next, next++)
            {
                while (next < count && at[sorted[next]] == at[sorted[tie]]) next++;
                if (next - tie > 1) _ties.Add((start + tie, next - tie));
            }
        }
        return _ties.SelectMany(tie => Enumerable.Range(tie.Start, tie.Length).Select(place => _members[place]));
    }

    /// <summary>Brings messages of one second in order of their keys, after which places are known.</summary>
    public void SortByKey(Func<int, MessageKey> keyOf)
    {
        Comparison<int> byKey = (a, b) => keyOf(a).CompareTo(keyOf(b));
        foreach (var (start, length) in _ties) _members.Sort(start, length, byKey, ref _some);
        _ties.Clear();
        _ties.Capacity = 0;
        for (var conversation = 0; conversation < ConversationCount; conversation++)
        {
            var start = _starts[conversation];
            for (var i = start; i < _starts[conversation + 1]; i++) _places[_members[i]] = i - start;
        }
    }

    // As most mail comes.
    bool IsInOrder(int start, int count, PagedLongs at)
    {
        var before = at[_members[start]];
        for (var i = 1; i < count; i++)
        {
            var next = at[_members[start + i]];
            if (next <= before) return false;
            before = next;
        }
        return true;
    }

    // Each message's conversation; conversations are numbered in the order of their roots. Says how many there are.
    static int Number(PagedInts parents, PagedInts conversations, int count)
    {
        var number = 0;
        for (var message = 0; message < count; message++)
        {
            var parent = parents[message];
            // Most mail comes after what it answers, whose conversation is known then.
            conversations[message] = parent < 0 ? number++ : parent < message ? conversations[parent] : -1;
        }
        var path = new List<int>();
        for (var start = 0; start < count; start++)
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

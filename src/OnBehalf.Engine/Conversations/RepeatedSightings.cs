namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Sightings of messages that were seen before, by number of sighting. Messages are numbered by their first sightings; once
/// these are taken out, by the order of those.
/// </summary>
sealed class RepeatedSightings
{
    readonly List<(int First, int Again, bool Replaces)> _all = [];
    int[] _again = [];
    int[] _messages = [];
    long[] _facts = [];

    /// <summary>By the repeated sighting, once sorted.</summary>
    public IReadOnlyList<(int First, int Again, bool Replaces)> All => _all;

    /// <summary>The repeated sightings alone, once sorted.</summary>
    public ReadOnlySpan<int> Again => _again;

    /// <summary>Notes one.</summary>
    /// <param name="first">The first sighting of the same message.</param>
    /// <param name="again">The repeated one.</param>
    /// <param name="replaces">Whether it stands for the message from here on.</param>
    public void Add(int first, int again, bool replaces) => _all.Add((first, again, replaces));

    /// <summary>Once everything is added.</summary>
    public void Sort()
    {
        _all.Sort(static (a, b) => a.Again.CompareTo(b.Again));
        _again = [.. _all.Select(repeat => repeat.Again)];
    }

    /// <summary>The first sighting of the message that a sighting is of.</summary>
    public int MessageOf(int sighting) =>
        Array.BinarySearch(_again, sighting) is var at and >= 0 ? _all[at].First : sighting;

    /// <summary>Whether the message was seen before.</summary>
    public bool IsRepeat(int sighting) => _again.Length > 0 && Array.BinarySearch(_again, sighting) >= 0;

    /// <summary>The number of a message, by its first sighting, when repeated ones are taken out.</summary>
    public int Place(int first)
    {
        if (_again.Length == 0) return first;
        var before = Array.BinarySearch(_again, first);
        return first - (before >= 0 ? before : ~before);
    }

    /// <summary>Keeps the facts, by message, before they are moved.</summary>
    public void KeepFacts(PagedLongs facts)
    {
        _all.Sort(static (a, b) => (a.First, a.Again).CompareTo((b.First, b.Again)));
        _messages = [.. _all.Select(repeat => Place(repeat.First))];
        _facts = [.. _all.Select(repeat => facts[repeat.Again])];
        _all.Clear();
        _all.Capacity = 0;
    }

    /// <summary>The facts of a message's other sightings.</summary>
    public IReadOnlyList<long> FactsOf(int message)
    {
        var found = _messages.Length == 0 ? -1 : Array.BinarySearch(_messages, message);
        if (found < 0) return [];
        var (start, end) = (found, found + 1);
        while (start > 0 && _messages[start - 1] == message) start--;
        while (end < _messages.Length && _messages[end] == message) end++;
        return new ArraySegment<long>(_facts, start, end - start);
    }
}

using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Conversations;

/// <summary>
/// Joins the messages of one mailbox into conversations by the rules of docs/metrics.md, in an order that does not
/// depend on arrival: a message's parent follows from the set of messages alone.
/// </summary>
/// <remarks>
/// Memory is about 16 bytes a message, of which all but a few megabytes lie elsewhere where there is a <see cref="Spill"/>. What
/// is needed to look keys up takes 36 bytes a key more, and 48 where Exchange gives conversations; so of a large mailbox only a
/// part of the keys is at hand at a time, and its sightings are read again for the next part: docs/decisions/0008. Nothing
/// recurses: references come from strangers and may form chains of a million or circles.
/// </remarks>
public sealed class ConversationBuilder
{
    /// <summary>How many keys are at hand at a time: about 20 MB of them.</summary>
    public const int UsualKeys = 1 << 19;

    readonly IEnumerable<JoinKeys> _sightings;
    readonly Spill? _spill;
    readonly KeyParts _parts;
    readonly WantedKeys _wanted;
    readonly ThreadSightings _threadSightings;
    readonly RepeatedSightings _repeats = new();
    NumberedKeys? _allKeys; // Where there is one part.
    int _count = -1; // Sightings, once they were read. What comes while they are read again is left out.
    readonly PagedLongs _facts; // By sighting, until the repeated ones are taken out; then by message. The same with the next three.
    readonly PagedLongs _at;
    readonly PagedInts _parents;
    readonly PagedInts _ranks; // Of the reason for the parent, the best first: see Rank.
    bool _hasThreads;
    int _messages; // Once repeated sightings are taken out.

    ConversationBuilder(IEnumerable<JoinKeys> sightings, int expected, int keysAtATime, Spill? spill)
    {
        (_sightings, _spill, _parts) = (sightings, spill, new(expected, keysAtATime));
        (_wanted, _threadSightings) = (new(limit: keysAtATime / 2), new(limit: keysAtATime / 32));
        (_facts, _at, _parents, _ranks) = (new(expected, spill), new(expected, spill), new(expected, spill), new(expected, spill));
    }

    /// <summary>Joins the sightings of one mailbox; any order, which is the same every time that they are enumerated.</summary>
    /// <param name="sightings">The store's stream, or facts in memory.</param>
    /// <param name="expected">How many there are, roughly; saves growing, and decides in how many parts keys are taken.</param>
    /// <param name="keysAtATime">How many keys are at hand at a time; what is found does not depend on it.</param>
    /// <param name="spill">Where what is known of each message lies; null: in memory. What is found does not depend on it.</param>
    public static Threads Build(
        IEnumerable<JoinKeys> sightings, int expected = 0, int keysAtATime = UsualKeys, Spill? spill = null) =>
        Join(sightings, expected, keysAtATime, spill).Gather();

    /// <summary>The same in two steps: of what finding parents takes, the second needs a part only.</summary>
    public static ConversationBuilder Join(
        IEnumerable<JoinKeys> sightings, int expected = 0, int keysAtATime = UsualKeys, Spill? spill = null)
    {
        var builder = new ConversationBuilder(sightings, expected, keysAtATime, spill);
        var (parts, ids) = (builder._parts, new NumberedKeys(builder._parts.Expected)); // Used anew for each part.
        if (parts.Count == 1)
        {
            builder.JoinPart(0, ids, new(parts)); // Most mailboxes: all there is at hand.
            builder._allKeys = ids;
            return builder;
        }
        for (var part = 0; part < parts.Count; part++) builder.JoinPart(part, ids, threads: null);
        for (var part = 0; part < parts.Count && builder._hasThreads; part++) builder.JoinPart(part, ids: null, new(parts));
        return builder;
    }

    /// <summary>Gathers what was joined into conversations; once.</summary>
    public Threads Gather()
    {
        TakeRepeatsOut();
        var walks = new PagedInts(_messages, _spill);
        BreakCircles(walks);
        var members = ThreadMembers.Gather(_parents, _messages, walks, _spill); // Nobody needs the walks any more.
        members.SortByKey(KeysOf(members.SortByTime(_at)));
        return new(_facts, _parents, _ranks, members, _repeats);
    }

    /// <summary>Gathers by what a part of the messages may be named, then finds who names one of them.</summary>
    /// <param name="part">The part of the keys.</param>
    /// <param name="ids">Message-IDs; null: they were looked at before.</param>
    /// <param name="threads">What Exchange says, once all messages have their numbers; null: later.</param>
    void JoinPart(int part, NumberedKeys? ids, ThreadKeys? threads)
    {
        ids?.Clear();
        _wanted.Clear();
        if (ids is null && _threadSightings.AreAll)
            foreach (var (sighting, read) in _threadSightings.All) threads?.Add(part, sighting, read);
        else
            Read(part, ids, threads);
        if (ids is not null)
        {
            _repeats.Sort();
            FindWanted(ids);
        }
        if (!_hasThreads) threads = null;
        threads?.Sort(_repeats, _at);
        if (threads is not null || _wanted.AreTooMany) ReadAgain(part, ids, threads);
    }

    void Read(int part, NumberedKeys? ids, ThreadKeys? threads)
    {
        var sighting = 0;
        foreach (var read in _sightings)
        {
            if (_count < 0) Begin(sighting, read);
            else if (sighting == _count) break;
            if (ids is not null)
            {
                if (_parts.Of(read.Key) == part) Number(ids, sighting, read);
                FindParent(ids, part, sighting, read);
            }
            // What any sighting says may be joined to: the union, so that arrival order does not matter.
            if (_hasThreads) threads?.Add(part, sighting, read);
            sighting++;
        }
        _count = sighting;
    }

    void ReadAgain(int part, NumberedKeys? ids, ThreadKeys? threads)
    {
        if (threads is not null && _threadSightings.AreAll)
        {
            foreach (var (again, read) in _threadSightings.All) FindThread(threads, part, again, read);
            threads = null;
        }
        if (threads is null && !_wanted.AreTooMany) return;
        var sighting = 0;
        foreach (var read in _sightings)
        {
            if (sighting == _count) break;
            if (ids is not null && _wanted.AreTooMany) FindParent(ids, part, sighting, read);
            if (threads is not null) FindThread(threads, part, sighting, read);
            sighting++;
        }
    }

    void Begin(int sighting, in JoinKeys read)
    {
        (_parents[sighting], _ranks[sighting]) = (-1, int.MaxValue);
        if (read.ConversationIndex.IsEmpty && read.ConversationGuid.IsNone) return;
        _hasThreads = true;
        _threadSightings.Note(sighting, read);
    }

    // The first sighting of a message gives it its number; the earliest stands for it, and changes places with the first.
    void Number(NumberedKeys keys, int sighting, in JoinKeys read)
    {
        (_facts[sighting], _at[sighting]) = (read.FactId, read.At);
        if (keys.Add(read.Key, sighting, read.Digest) is not (var first and >= 0)) return;
        var replaces = (read.At, read.Digest).CompareTo((_at[first], keys.DigestOf(read.Key))) < 0;
        _repeats.Add(first, sighting, replaces);
        if (!replaces) return;
        (_facts[first], _facts[sighting], _at[first]) = (_facts[sighting], _facts[first], read.At);
        keys.SetDigest(read.Key, read.Digest);
    }

    /// <summary>The rules' order, then their own: of what all parts offer the smallest rank is taken.</summary>
    static int Rank(JoinRule rule, int place) => ((int)rule << PlaceBits) | Math.Min(place, (1 << PlaceBits) - 1);

    internal static JoinRule RuleOf(int rank) => rank == int.MaxValue ? JoinRule.Root : (JoinRule)(rank >> PlaceBits);

    const int PlaceBits = 24;

    void Take(int sighting, int parent, int rank) => (_parents[sighting], _ranks[sighting]) = (parent, rank);

    void FindParent(NumberedKeys keys, int part, int sighting, in JoinKeys read)
    {
        var answered = read.InReplyTo.Span;
        for (var i = 0; i < answered.Length; i++)
            if (IsSettled(keys, part, sighting, read.Key, answered[i], Rank(JoinRule.InReplyTo, i))) return;
        var references = read.References.Span;
        for (var i = 0; i < references.Length; i++)
            if (IsSettled(keys, part, sighting, read.Key, references[^(i + 1)], Rank(JoinRule.References, i))) return;
    }

    /// <summary>Takes the message of a key for the parent if it is here; says whether those named after it need not be asked.</summary>
    bool IsSettled(NumberedKeys keys, int part, int sighting, MessageKey own, MessageKey named, int rank)
    {
        if (rank >= _ranks[sighting]) return true;
        if (_parts.Of(named) != part || named == own) return false;
        if (keys.Find(named) is not (var parent and >= 0))
        {
            _wanted.Add(named, sighting, rank);
            return false;
        }
        Take(sighting, parent, rank);
        return true;
    }

    /// <summary>What was named before it was read.</summary>
    void FindWanted(NumberedKeys keys)
    {
        foreach (var (key, sighting, rank) in _wanted.All())
            if (rank < _ranks[sighting] && keys.Find(key) is var parent and >= 0) Take(sighting, parent, rank);
    }

    // Only the sighting that stands for a message is asked in the end, and its time is the message's.
    void FindThread(ThreadKeys threads, int part, int sighting, in JoinKeys read)
    {
        var index = read.ConversationIndex.Span;
        for (var i = 1; IndexPrefixes.Shorter(index, i) is { IsEmpty: false } prefix; i++)
        {
            var rank = Rank(JoinRule.ConversationIndex, i);
            if (rank >= _ranks[sighting]) return;
            if (threads.Indexes.LastBefore(part, IndexPrefixes.KeyOf(prefix), read.At, read.Key) is var earlier and >= 0)
                Take(sighting, earlier, rank);
        }
        if (read.ConversationGuid.IsNone || Rank(JoinRule.ConversationId, 0) >= _ranks[sighting]) return;
        if (threads.Guids.LastBefore(part, ThreadKeys.GuidAndSubject(read), read.At, read.Key) is var before and >= 0)
            Take(sighting, before, Rank(JoinRule.ConversationId, 0));
    }

    /// <summary>From here on everything is by message: each has the parent of the sighting that stands for it.</summary>
    void TakeRepeatsOut()
    {
        foreach (var (first, again, replaces) in _repeats.All)
            if (replaces)
                (_parents[first], _parents[again], _ranks[first], _ranks[again]) =
                    (_parents[again], _parents[first], _ranks[again], _ranks[first]);
        _repeats.KeepFacts(_facts);
        var message = 0;
        var repeated = _repeats.Again; // Those that are still to come.
        for (var sighting = 0; sighting < _count; sighting++)
        {
            if (!repeated.IsEmpty && repeated[0] == sighting)
            {
                repeated = repeated[1..];
                continue;
            }
            var parent = _parents[sighting];
            if (parent >= 0) parent = _repeats.Place(parent);
            (_facts[message], _at[message], _ranks[message]) = (_facts[sighting], _at[sighting], _ranks[sighting]);
            _parents[message++] = parent;
        }
        _messages = message;
    }

    /// <summary>Walks every chain of parents once that may be a circle; in one the earliest message becomes the root.</summary>
    /// <param name="walkOf">By message. 0: not seen; else the number of the walk that saw it.</param>
    void BreakCircles(PagedInts walkOf)
    {
        var circles = new List<List<int>>(); // Of each those of the earliest second.
        for (var start = 0; start < _messages; start++)
        {
            // Somewhere in a circle a message comes before its parent; most mail comes after it.
            if (_parents[start] < start) continue;
            var (walk, at) = (start + 1, start);
            while (at >= 0 && walkOf[at] == 0)
            {
                walkOf[at] = walk;
                at = _parents[at];
            }
            if (at >= 0 && walkOf[at] == walk) circles.Add(EarliestOf(at));
        }
        var keyOf = KeysOf(circles.Where(circle => circle.Count > 1).SelectMany(circle => circle));
        foreach (var circle in circles)
        {
            var earliest = circle.Count == 1 ? circle[0] : circle.MinBy(keyOf);
            (_parents[earliest], _ranks[earliest]) = (-1, Rank(JoinRule.CircleBroken, 0));
        }
    }

    List<int> EarliestOf(int inCircle)
    {
        List<int> earliest = [inCircle];
        for (var member = _parents[inCircle]; member != inCircle; member = _parents[member])
        {
            if (_at[member] < _at[earliest[0]]) earliest.Clear();
            else if (_at[member] > _at[earliest[0]]) continue;
            earliest.Add(member);
        }
        return earliest;
    }

    /// <summary>Keys of messages that nothing but their key can bring into order; read once more, unless they are at hand.</summary>
    Func<int, MessageKey> KeysOf(IEnumerable<int> messages)
    {
        if (_allKeys is { } all) return message => all[message];
        var keys = new SomeKeys(messages);
        if (keys.Count == 0) return keys.Of;
        var sighting = 0;
        foreach (var read in _sightings)
        {
            if (sighting == _count) break;
            var isRepeat = _repeats.IsRepeat(sighting);
            var message = _repeats.Place(sighting++);
            if (!isRepeat) keys.Note(message, read.Key);
        }
        return keys.Of;
    }
}

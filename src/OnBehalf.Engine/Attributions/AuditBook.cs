using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Attributions;

/// <summary>
/// The audit records of one mailbox, ready to be asked by message. In which order and how often records arrived makes
/// no difference.
/// </summary>
public sealed class AuditBook
{
    /// <summary>How far a record's time may be from the message's when only subject and time can join them.</summary>
    public const int SubjectWindowSeconds = 120;

    /// <summary>No audit records.</summary>
    public static readonly AuditBook Empty = new([], [], []);

    readonly Dictionary<MessageKey, List<SendFact>> _byKey;
    readonly Dictionary<MessageKey, List<SendFact>> _byFoldedKey;
    readonly Dictionary<MessageKey, List<SendFact>> _bySubject;

    AuditBook(
        Dictionary<MessageKey, List<SendFact>> byKey, Dictionary<MessageKey, List<SendFact>> byFoldedKey,
        Dictionary<MessageKey, List<SendFact>> bySubject) =>
        (_byKey, _byFoldedKey, _bySubject) = (byKey, byFoldedKey, bySubject);

    /// <summary>Whether some records can only be joined by subject and time.</summary>
    public static bool NeedsSubjects(IEnumerable<SendFact> sends) => sends.Any(s => s.Key.IsNone && s.Subject != "");

    /// <summary>Gathers the records whose mailbox is one of the own addresses.</summary>
    /// <param name="sends">Records of any mailbox, in any order; repeats by record id do no harm.</param>
    /// <param name="roles">Who is who.</param>
    /// <param name="outbound">
    /// Sightings of messages in the mailbox's name, in any order, to see that a record without Message-ID fits exactly
    /// one; needed only when
    /// <see cref="NeedsSubjects"/>.
    /// </param>
    public static AuditBook Gather(IEnumerable<SendFact> sends, Roles roles, IEnumerable<MessageFact> outbound)
    {
        var (byKey, byFolded) = (new Dictionary<MessageKey, List<SendFact>>(), new Dictionary<MessageKey, List<SendFact>>());
        var keyless = new List<SendFact>();
        foreach (var send in sends.DistinctBy(s => s.RecordId).OrderBy(s => s.RecordId))
        {
            if (!roles.Has(send.Mailbox, Role.Own)) continue;
            if (send.Key.IsNone) keyless.Add(send);
            else
            {
                Add(byKey, send.Key, send);
                Add(byFolded, send.FoldedKey, send);
            }
        }
        return new(byKey, byFolded, FitBySubject(keyless, outbound));
    }

    /// <summary>The records about a message by its Message-ID: ordinal, else without regard to case.</summary>
    public IReadOnlyList<SendFact> RecordsOf(MessageFact message)
    {
        if (_byKey.Count == 0) return [];
        if (_byKey.TryGetValue(message.Key, out var exact)) return exact;
        var folded = MessageKey.Of(message.MessageId.ToLowerInvariant());
        return !folded.IsNone && _byFoldedKey.TryGetValue(folded, out var found) ? found : [];
    }

    /// <summary>The one record without Message-ID that fits this message by subject and time, and fits no other.</summary>
    public IReadOnlyList<SendFact> RecordsBySubjectOf(MessageFact message) =>
        _bySubject.TryGetValue(message.Key, out var found) ? found : [];

    static Dictionary<MessageKey, List<SendFact>> FitBySubject(
        List<SendFact> keyless, IEnumerable<MessageFact> outbound)
    {
        var fits = new Dictionary<MessageKey, List<SendFact>>();
        if (keyless.Count == 0) return fits;
        var subjects = keyless.Select(s => s.Subject).ToHashSet(StringComparer.Ordinal);
        var bySubject = Sightings.Chosen(outbound).Where(m => m.At is not null && subjects.Contains(m.Subject))
            .ToLookup(m => m.Subject, StringComparer.Ordinal);

        foreach (var send in keyless)
        {
            var near = bySubject[send.Subject].Where(m => IsNear(m, send)).Take(2).ToList();
            if (near.Count == 1) Add(fits, near[0].Key, send);
        }
        // Two records for one message: neither is the only candidate.
        return fits.Where(f => f.Value.Count == 1).ToDictionary();
    }

    static bool IsNear(MessageFact message, SendFact send) =>
        Math.Abs((message.At!.Value - send.At).TotalSeconds) <= SubjectWindowSeconds;

    static void Add(Dictionary<MessageKey, List<SendFact>> book, MessageKey key, SendFact send)
    {
        if (!book.TryGetValue(key, out var sends)) book[key] = sends = [];
        sends.Add(send);
    }
}

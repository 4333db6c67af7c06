using System.Buffers.Binary;
using System.Security.Cryptography;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Segments;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Store;

/// <summary>A mailbox to compute, with what its findings will stand on.</summary>
/// <param name="Mailbox">The mailbox.</param>
/// <param name="Generation">The ground that is read; what comes later makes the mailbox dirty again.</param>
/// <param name="Rules">Fingerprint of the settings.</param>
/// <param name="EngineVersion">The engine that computes.</param>
/// <param name="Because">Why it is dirty.</param>
public readonly record struct Ground(
    AddressId Mailbox, long Generation, long Rules, int EngineVersion, DirtyBecause Because);

/// <summary>Why findings do not stand on what there is now.</summary>
[Flags]
public enum DirtyBecause
{
    /// <summary>They do.</summary>
    Nothing = 0,
    /// <summary>There are none.</summary>
    Missing = 1,
    /// <summary>Facts came later.</summary>
    Facts = 2,
    /// <summary>Audit records came later.</summary>
    Sends = 4,
    /// <summary>The settings are others.</summary>
    Rules = 8,
    /// <summary>Another engine made them.</summary>
    Engine = 16,
}

/// <summary>What was found out: derived, replaced whole, and never added to.</summary>
public sealed class FindingStore
{
    readonly MailStore _store;

    internal FindingStore(MailStore store) => _store = store;

    /// <summary>
    /// Every mailbox with facts, and whether its findings stand on what there is now. A crash between an import and
    /// its computation shows here, too.
    /// </summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="engineVersion">The engine in use.</param>
    public IReadOnlyList<Ground> Ground(RuleBook rules, int engineVersion = Corridor.EngineVersion)
    {
        var sends = SendGenerations();
        // Whose address is whose is looked at only where some record is newer than the findings: judging all addresses takes long.
        var newest = sends.Count == 0 ? 0 : sends.Values.Max();
        var grounds = new List<Ground>();
        using var statement = _store.Database.Prepare("FindingStore.Ground.sql");
        while (statement.Step())
        {
            var mailbox = new AddressId(statement.Int(0));
            var fingerprint = rules.Fingerprint(mailbox);
            var because = DirtyBecause.Nothing;
            if (statement.IsNull(3)) because = DirtyBecause.Missing;
            else
            {
                var stand = statement.Long(3);
                if (statement.Long(1) > stand) because |= DirtyBecause.Facts;
                if (newest > stand && rules.OwnAddresses(mailbox).Any(name => sends.GetValueOrDefault(name) > stand))
                    because |= DirtyBecause.Sends;
                if (statement.Long(4) != fingerprint) because |= DirtyBecause.Rules;
                if (statement.Long(5) != engineVersion) because |= DirtyBecause.Engine;
            }
            grounds.Add(new(mailbox, statement.Long(2), fingerprint, engineVersion, because));
        }
        return grounds;
    }

    /// <summary>The mailboxes of <see cref="Ground"/> whose findings do not stand on what there is now.</summary>
    public IReadOnlyList<Ground> Dirty(RuleBook rules, int engineVersion = Corridor.EngineVersion) =>
        [.. Ground(rules, engineVersion).Where(ground => ground.Because != DirtyBecause.Nothing)];

    /// <summary>Replaces everything that was found out about a mailbox, in one transaction.</summary>
    /// <param name="ground">What the findings stand on, as it was before the facts were read.</param>
    /// <param name="segments">
    /// The findings; read as they are stored, so that they need not be in memory together.
    /// </param>
    public void Replace(Ground ground, IEnumerable<PackedSegment> segments) => _store.Write(() =>
    {
        using (var delete = _store.Database.Prepare("FindingStore.Delete.sql").Bind(1, ground.Mailbox.Value))
            delete.Execute();
        using var append = _store.Database.Prepare("FindingStore.Append.sql");
        foreach (var segment in segments)
        {
            if (segment.Mailbox != ground.Mailbox)
                throw new InvalidOperationException("A segment of another mailbox.");
            append.Bind(1, segment.Mailbox.Value).Bind(2, segment.Month).Bind(3, segment.Part).Bind(4, segment.Rows)
                .Bind(5, segment.MinAt).Bind(6, segment.MaxAt).Bind(7, segment.Bytes).Execute();
        }
        using var stamp = _store.Database.Prepare("FindingStore.Stamp.sql")
            .Bind(1, ground.Mailbox.Value).Bind(2, ground.Generation).Bind(3, ground.Rules)
            .Bind(4, ground.EngineVersion).Bind(5, _store.Now);
        return stamp.Execute();
    });

    /// <summary>The segments of some mailboxes and months, by mailbox, month and part; streamed.</summary>
    /// <param name="mailboxes">The mailboxes; null: all.</param>
    /// <param name="firstMonth">Months since January 1970.</param>
    /// <param name="lastMonth">Months since January 1970, included.</param>
    public IEnumerable<PackedSegment> ReadSegments(
        IReadOnlyCollection<AddressId>? mailboxes = null, int firstMonth = int.MinValue, int lastMonth = int.MaxValue)
    {
        using var statement = _store.Database.Prepare("FindingStore.ReadSegments.sql")
            .Bind(3, firstMonth).Bind(4, lastMonth);
        foreach (var (low, high) in Ranges(mailboxes))
        {
            statement.Bind(1, low).Bind(2, high);
            for (var isFirst = true; statement.Step(); isFirst = false)
            {
                if (isFirst) _store.Refresh();
                yield return new(new(statement.Int(0)), statement.Int(1), statement.Int(2), statement.Int(3),
                    statement.Long(4), statement.Long(5), statement.Bytes(6).ToArray());
            }
            statement.Reset();
        }
    }

    /// <summary>What each mailbox's findings stand on.</summary>
    public IReadOnlyDictionary<AddressId, FindingStamp> Stamps()
    {
        using var statement = _store.Database.Prepare("FindingStore.Stamps.sql");
        var stamps = new Dictionary<AddressId, FindingStamp>();
        while (statement.Step())
            stamps.Add(new(statement.Int(0)), new(statement.Long(1), statement.Long(2), statement.Long(3), statement.Long(4)));
        return stamps;
    }

    /// <summary>
    /// A text that is another whenever findings were replaced or settings saved, and the same for every reader.
    /// </summary>
    public string Edition()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var statement = _store.Database.Prepare("FindingStore.Edition.sql");
        Span<byte> number = stackalloc byte[sizeof(long)];
        while (statement.Step())
            for (var column = 0; column < EditionColumns; column++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(number, statement.Long(column));
                hash.AppendData(number);
            }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, EditionBytes));
    }

    const int EditionColumns = 5;

    // Sixty-four bits tell all editions of one file apart, and are short in a header.
    const int EditionBytes = 8;

    static IEnumerable<(long Low, long High)> Ranges(IReadOnlyCollection<AddressId>? mailboxes) => mailboxes is null
        ? [(0, int.MaxValue)]
        : mailboxes.OrderBy(mailbox => mailbox.Value).Select(mailbox => ((long)mailbox.Value, (long)mailbox.Value));

    Dictionary<AddressId, long> SendGenerations()
    {
        using var statement = _store.Database.Prepare("FindingStore.SendGenerations.sql");
        var generations = new Dictionary<AddressId, long>();
        while (statement.Step()) generations.Add(new(statement.Int(0)), statement.Long(1));
        return generations;
    }
}

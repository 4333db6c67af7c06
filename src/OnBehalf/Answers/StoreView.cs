using System.Collections.Concurrent;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Answers;

/// <summary>
/// One edition of the store, held in memory and never changed: many may ask it at once, and all figures of a page agree.
/// </summary>
public sealed class StoreView
{
    /// <summary>Groups that remembered answers may have together; beyond it all are forgotten.</summary>
    const long RememberedRows = 400_000;

    /// <summary>Groups of an answer that is worth remembering.</summary>
    const int RowsWorthRemembering = 20_000;

    /// <summary>Rows behind a figure that are worth remembering: a page that people look at.</summary>
    const int PageWorthRemembering = 100;

    /// <summary>Pages of rows and the like that are remembered; beyond it all are forgotten.</summary>
    const int OthersRemembered = 5_000;

    readonly Addresses _addresses;
    readonly MetricReader _reader;
    readonly SegmentShelf _shelf;
    readonly bool _hasAudit;
    readonly (long First, long Last)? _span;
    readonly ConcurrentDictionary<string, MetricResult> _remembered = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, object> _others = new(StringComparer.Ordinal);
    long _rememberedRows;

    StoreView(MailStore store, StoreView? before)
    {
        Edition = store.Findings.Edition();
        (Settings, SettingsVersion) = store.Settings.Load();
        _hasAudit = store.Facts.SendNames().Count > 0;
        // Whoever was judged under the same settings need not be judged again: addresses are many.
        Rules = before is not null && (before.SettingsVersion, before._hasAudit) == (SettingsVersion, _hasAudit)
            ? before.Rules
            : new(Settings, store.Addresses, _hasAudit);
        _shelf = SegmentShelf.Read(store, before: before?._shelf);
        _addresses = store.Addresses;
        _reader = new(_addresses, Rules, _shelf);
        _span = _reader.Span();
        var imports = store.Facts.Imports();
        var mail = imports.Where(i => i.Kind == ImportKind.Mail).ToLookup(i => i.Mailbox, i => i.EndedAt);
        Sources =
        [
            .. _reader.Extents().Select(extent => new DataAge(
                extent.Mailbox, _addresses[extent.Mailbox], extent.First, extent.Last, extent.Messages,
                mail[extent.Mailbox].Max()))
                .OrderBy(age => age.Name, StringComparer.Ordinal),
        ];
        AuditReadAt = imports.Where(i => i.Kind == ImportKind.Audit).Max(i => i.EndedAt);
        Zone = Settings.CompanySchedule is [var first, ..]
            ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(first.Zone) ?? DateTimeZone.Utc
            : DateTimeZone.Utc;
    }

    /// <summary>Reads the store as it is now.</summary>
    public static StoreView Read(string path, TimeProvider time)
    {
        using var store = MailStore.Open(path, StoreAccess.Read, time);
        return Read(store, null);
    }

    /// <summary>Reads the store as it is now; what is as it was before is not read again.</summary>
    /// <param name="store">The store, open to read; its addresses are those of the view, whoever learns more later.</param>
    /// <param name="before">A view of the same open store; null: none.</param>
    public static StoreView Read(MailStore store, StoreView? before) => store.AtOnce(() => new StoreView(store, before));

    /// <summary>A text that is another whenever figures may be.</summary>
    public string Edition { get; }

    /// <summary>The settings in force.</summary>
    public Settings Settings { get; }

    /// <summary>Under which they are saved.</summary>
    public long SettingsVersion { get; }

    /// <summary>The settings applied to the addresses met; asked for names only.</summary>
    public RuleBook Rules { get; }

    /// <summary>Every mailbox that has messages, by address.</summary>
    public IReadOnlyList<DataAge> Sources { get; }

    /// <summary>
    /// When the mailbox that was read longest ago was read, seconds since 1970 UTC; null: one never was, or there is none.
    /// </summary>
    public long? CompleteUntil => Sources.Any(age => age.ReadAt is null) ? null : Sources.Min(age => age.ReadAt);

    /// <summary>When audit records were last read to their end, seconds since 1970 UTC; null: never.</summary>
    public long? AuditReadAt { get; }

    /// <summary>The zone of days where a question names none: the company's, else UTC.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The newest message of any mailbox; null without any.</summary>
    public long? Newest => Sources.Count == 0 ? null : Sources.Max(age => age.Newest);

    /// <summary>What a question has where its text says nothing. "Now" is the last whole minute, so answers can be kept.</summary>
    public QueryDefaults Defaults(TimeProvider time)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        return new(Instant.FromUnixTimeSeconds(now), Zone,
            (Instant.FromUnixTimeSeconds(_span?.First ?? 0), Instant.FromUnixTimeSeconds((_span?.Last ?? 0) + 1)));
    }

    /// <summary>Answers a question, and the one it is compared with.</summary>
    public Answer Answer(MetricQuery query, CancellationToken cancellation)
    {
        query = query.Normalised();
        return new(this, Ask(query, cancellation),
            query.Earlier() is { } earlier ? Ask(earlier, cancellation) : null);
    }

    /// <summary>Figures of this edition.</summary>
    internal MetricReader Reader => _reader;

    /// <summary>Works something out once for this edition.</summary>
    internal T Remember<T>(string name, Func<T> make) where T : class
    {
        if (_others.TryGetValue(name, out var known)) return (T)known;
        var made = make();
        if (_others.Count >= OthersRemembered) _others.Clear();
        _others[name] = made;
        return made;
    }

    /// <summary>The rows behind a figure.</summary>
    public FigureRows RowsBehind(
        MetricQuery query, IReadOnlyList<string?> keys, int take, FigureRow? after, CancellationToken cancellation) =>
        take > PageWorthRemembering ? _reader.RowsBehind(query, keys, take, after, cancellation)
        : Remember($"rows {QueryText.PrintUrl(query)} {string.Join('\0', keys.Select(key => key ?? "\u0001"))} {take} {after}",
            () => _reader.RowsBehind(query, keys, take, after, cancellation));

    /// <summary>What was found out about the messages of some rows.</summary>
    public IReadOnlyDictionary<(AddressId Mailbox, long FactId), Finding> FindingsBehind(IReadOnlyList<FigureRow> rows) =>
        _reader.FindingsBehind(rows);

    /// <summary>What was found out about the messages of some conversations of a mailbox, by time.</summary>
    public IReadOnlyList<Finding> FindingsIn(AddressId mailbox, IReadOnlySet<long> conversations) =>
        _reader.FindingsIn(mailbox, conversations);

    /// <summary>What was found out about the messages of the conversation that a fact is in; nothing when it is in none.</summary>
    public IReadOnlyList<Finding> ConversationOf(AddressId mailbox, long factId) =>
        _shelf.Of(mailbox).SelectMany(segment => segment.Find(new HashSet<long> { factId })).Select(finding => finding.Conversation)
            .Take(1).SelectMany(conversation => _reader.FindingsIn(mailbox, new HashSet<long> { conversation })).ToList();

    /// <summary>The clocks of a mailbox.</summary>
    public Engine.Waits.WaitClocks ClocksOf(AddressId mailbox) => _reader.ClocksOf(mailbox);

    /// <summary>An address as text; empty for none.</summary>
    public string Address(AddressId id) => _addresses[id];

    /// <summary>The number of an address; none when nobody of it was met.</summary>
    public AddressId Find(string address) => _addresses.Find(address);

    /// <summary>What people call an address.</summary>
    public string NameOf(string address) =>
        _addresses.Find(address) is { IsNone: false } id ? Rules.NameOf(id) : address;

    MetricResult Ask(MetricQuery query, CancellationToken cancellation)
    {
        var text = QueryText.PrintUrl(query);
        if (_remembered.TryGetValue(text, out var known)) return known;
        var result = _reader.Answer(query, cancellation);
        if (result.Rows.Count > RowsWorthRemembering) return result;
        if (Interlocked.Add(ref _rememberedRows, result.Rows.Count + 1) > RememberedRows)
        {
            _remembered.Clear();
            Interlocked.Exchange(ref _rememberedRows, 0);
        }
        _remembered[text] = result;
        return result;
    }
}

/// <summary>An answer, what it is compared with, and the edition that both stand on.</summary>
public sealed record Answer(StoreView View, MetricResult Result, MetricResult? Compared)
{
    /// <summary>The question in its normal form.</summary>
    public MetricQuery Query => Result.Query;
}

using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>How far the list that looks for what delta missed has come. Times are seconds since 1970 UTC.</summary>
sealed record ListBookmark
{
    /// <summary>When the last list began that came to its end; null: there was none yet.</summary>
    public long? Done { get; init; }

    /// <summary>When the list that is being read began; null: none is.</summary>
    public long? Began { get; init; }

    /// <summary>Where it goes on.</summary>
    public string? Link { get; init; }

    /// <summary>Reads what <see cref="Print"/> wrote; whatever else it is, the list is read anew.</summary>
    public static ListBookmark Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, GraphJson.Default.ListBookmark) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    /// <summary>The bookmark as text.</summary>
    public string Print() => JsonSerializer.Serialize(this, GraphJson.Default.ListBookmark);
}

/// <summary>
/// Looks once in twenty hours for what no round gave: with immutable ids, delta may miss a message that left a folder and
/// came back (Graph, "Known issues", section "Mail", 2026-02). One list of the mailbox, newest first, back to a day before
/// the last such list; farther, up to a month, only while it finds something. An idle mailbox costs one request a day.
/// </summary>
/// <param name="messages">Reads pages and makes facts of them.</param>
/// <param name="account">The mailbox.</param>
/// <param name="kept">The bookmark that was kept, and whether the mailbox is read for the first time.</param>
/// <param name="now">When this round began.</param>
sealed class Reconciliation(FolderRounds messages, MailAccount account, (string? Text, bool IsFirst) kept, Instant now)
{
    /// <summary>The place of the bookmark; no folder has this id.</summary>
    public const string Place = "list";

    /// <summary>How long a list is enough: a nightly round comes a little earlier now and then.</summary>
    static readonly Duration Interval = Duration.FromHours(20);

    /// <summary>How far it reaches behind the beginning of the last one, for copies that come late.</summary>
    static readonly Duration Overlap = Duration.FromDays(1);

    /// <summary>How far back it goes while it finds something.</summary>
    static readonly Duration Window = Duration.FromDays(30);

    readonly ListBookmark _bookmark = kept.Text is null ? new() : ListBookmark.Parse(kept.Text);
    int _added;

    /// <summary>Whether it is time.</summary>
    public bool IsDue => !kept.IsFirst
        && (_bookmark is not { Link: null, Done: { } done } || now - Instant.FromUnixTimeSeconds(done) >= Interval);

    /// <summary>The bookmark that a mailbox's first reading begins with: nothing before it can have been missed.</summary>
    public Bookmark First => Mark(new() { Done = now.ToUnixTimeSeconds() });

    /// <summary>Learns that so many of the messages it gave were new.</summary>
    public void Tell(int added) => _added += added;

    /// <summary>Reads the list, from where it broke off.</summary>
    /// <param name="placeOf">What a folder is; null where it is not read.</param>
    /// <param name="cancellation">Gives up.</param>
    public async IAsyncEnumerable<MailPage> ReadAsync(
        Func<string, FolderPlace?> placeOf, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = messages.ReaderOf(message =>
            placeOf(message.ParentFolderId) is { } place ? messages.ToFact(message, place) : null);
        var (began, least) = Span();
        var (link, isKept, empty) = (_bookmark.Link, _bookmark.Link is not null, 0);
        for (var count = 0; count < GraphLimits.PagesOfRound; count++)
        {
            var page = await TryReadAsync(link ?? MessageLinks.Since(account, Floor(least)), isKept, reader, cancellation);
            isKept = false;
            if (page is null)
            {
                link = null;
                continue;
            }
            _added = 0;
            var isEnd = page.NextLink is null;
            var mark = isEnd ? new ListBookmark { Done = began } : _bookmark with { Began = began, Link = page.NextLink };
            foreach (var part in messages.Parts(page, [Mark(mark)])) yield return part;
            if (isEnd) yield break;
            empty = page.Count == 0 ? empty + 1 : 0;
            if (page.NextLink == link || empty > GraphLimits.EmptyPagesInRow) break;
            link = page.NextLink;
            if (_added > 0 || !(FolderRounds.Oldest(null, page.Messages) < least.ToUnixTimeSeconds())) continue;
            foreach (var part in messages.Parts(null, [Mark(new() { Done = began })])) yield return part;
            yield break;
        }
        throw FolderRounds.Endless();
    }

    // Since when the list of this round began, and how far back it goes in any case.
    (long Began, Instant Least) Span()
    {
        var began = _bookmark.Link is null ? now.ToUnixTimeSeconds() : _bookmark.Began ?? now.ToUnixTimeSeconds();
        return (began, _bookmark.Done is { } done ? Instant.FromUnixTimeSeconds(done) - Overlap : now - Window);
    }

    Instant Floor(Instant least) => Instant.Max(account.Horizon, Instant.Min(least, now - Window));

    // A link that was kept for long may be known no longer: then the list begins anew.
    async Task<MessagePage?> TryReadAsync(
        string link, bool isKept, MessagePageReader reader, CancellationToken cancellation)
    {
        try
        {
            return await messages.ReadPageAsync(link, reader, cancellation);
        }
        catch (GraphRefusal refusal) when (isKept
            && refusal.Status is (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone))
        {
            return null;
        }
    }

    Bookmark Mark(ListBookmark bookmark) => new(account.Mailbox, Place, bookmark.Print());
}

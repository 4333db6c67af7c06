using System.Runtime.CompilerServices;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// A mailbox of a tenant, read by delta: its folders, then what lies in each, newest first, from where the last round
/// ended. Every page names the bookmarks to keep with it; reading goes on behind them. Needs Mail.ReadBasic.All.
/// </summary>
/// <remarks>
/// A folder's first round goes back to the horizon. A filtered round gives 5,000 messages at most, so what lies behind
/// them is listed afterwards. Once a day a list of the mailbox looks for what delta missed. Removals are passed over: a
/// message that somebody moved or deleted was sent all the same (docs/decisions/0005). Source: Graph, "Get incremental
/// changes to messages in a folder".
/// </remarks>
public sealed class GraphMailSource : IMailSource
{
    /// <summary>The place of the bookmark of the folders themselves; no folder has this id.</summary>
    internal const string FolderList = "folders";

    readonly MailAccount _account;
    readonly IReadOnlyDictionary<string, string> _kept;
    readonly GraphPages _pages;
    readonly MailFolders _folders;
    readonly FolderRounds _rounds;
    readonly Reconciliation _list;

    /// <param name="connection">The tenant.</param>
    /// <param name="account">The mailbox.</param>
    /// <param name="kept">Its bookmarks by place; none: it is read for the first time.</param>
    /// <param name="own">Which addresses are a tracked mailbox's.</param>
    /// <param name="addresses">Every address met. Pages are read under its lock, and whoever else uses it takes that, too.</param>
    /// <param name="time">The clock of waits.</param>
    public GraphMailSource(
        TenantConnection connection, MailAccount account, IReadOnlyDictionary<string, string> kept, OwnNames own,
        Addresses addresses, TimeProvider time)
    {
        (_account, _kept) = (account, kept);
        _pages = new(connection, account.Id, time);
        _folders = new(_pages, account.Id);
        _rounds = new(_pages, account, own, addresses);
        _list = new(_rounds, account, (kept.GetValueOrDefault(Reconciliation.Place), kept.Count == 0),
            Instant.FromDateTimeOffset(time.GetUtcNow()));
        _rounds.Renews = _list.IsDue;
    }

    /// <summary>Messages that the folders to be read hold, as Graph counts them; 0 while that is not known.</summary>
    public long Expected { get; private set; }

    /// <summary>Learns how many messages of the page it gave last were new: a list ends where nothing is.</summary>
    public void Tell(int added) => _list.Tell(added);

    /// <summary>Reads what is new, in pages.</summary>
    /// <exception cref="Mistake">
    /// not_found: no such mailbox. unavailable: it may not be read, or does not answer. invalid: signing in is refused.
    /// Each with its remedy; what was read is not lost.
    /// </exception>
    public async IAsyncEnumerable<MailPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var pages = WalkAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await pages.MoveNextAsync()) yield break;
            }
            catch (GraphRefusal refusal)
            {
                throw GraphRemedies.ToMistake(refusal, _account.Address);
            }
            yield return pages.Current;
        }
    }

    IAsyncEnumerable<MailPage> WalkAsync(CancellationToken cancellation) =>
        _account.IsAgent ? WalkSentItemsAsync(cancellation) : WalkFoldersAsync(cancellation);

    async IAsyncEnumerable<MailPage> WalkFoldersAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var (bookmarks, changes) = await FindFoldersAsync(cancellation);
        if (changes.Count > 0) yield return new([], [], _pages.BytesRead) { Bookmarks = changes };

        // What was sent comes first: with it, what comes next is known to be answered.
        foreach (var (id, bookmark) in bookmarks.OrderBy(pair => pair.Value.Role == Folder.SentItems ? 0 : 1)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (PlaceOf(id, bookmarks) is not { } place) continue;
            await foreach (var page in _rounds.ReadAsync(id, place, bookmark, cancellation)) yield return page;
        }
        if (!_list.IsDue) yield break;
        await foreach (var page in _list.ReadAsync(id => PlaceOf(id, bookmarks), cancellation)) yield return page;
    }

    async IAsyncEnumerable<MailPage> WalkSentItemsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const string sent = "sentitems";
        if (_kept.Count == 0) yield return new([], [], 0) { Bookmarks = [_list.First] };
        var bookmark = _kept.TryGetValue(sent, out var text) ? FolderBookmark.Parse(text) : new();
        await foreach (var page in _rounds.ReadAsync(sent, FolderPlace.SentItems, bookmark with { Role = Folder.SentItems }, cancellation))
            yield return page;
        if (!_list.IsDue) yield break;
        await foreach (var page in _list.ReadAsync(_ => FolderPlace.SentItems, cancellation)) yield return page;
    }

    /// <summary>The folders as they are now with their bookmarks, and those bookmarks that are new or gone.</summary>
    async Task<(Dictionary<string, FolderBookmark> Bookmarks, List<Bookmark> Changes)> FindFoldersAsync(
        CancellationToken cancellation)
    {
        var bookmarks = _kept.Where(pair => pair.Key is not (FolderList or Reconciliation.Place))
            .ToDictionary(pair => pair.Key, pair => FolderBookmark.Parse(pair.Value), StringComparer.Ordinal);
        var areNamed = bookmarks.Values.All(bookmark => bookmark.Name is not null);
        var (changed, link) = await ReadFoldersAsync(areNamed ? _kept.GetValueOrDefault(FolderList) : null, cancellation);
        var changes = new List<Bookmark>();
        if (changed.Count > 0)
        {
            var parents = bookmarks.ToDictionary(pair => pair.Key, pair => new MailFolder
            {
                Id = pair.Key, ParentFolderId = pair.Value.Parent, DisplayName = pair.Value.Name,
            });
            foreach (var (id, folder) in changed)
                if (folder is not null) parents[id] = folder;
                else if (parents.Remove(id) | bookmarks.Remove(id)) changes.Add(new(_account.Mailbox, id, null));
            foreach (var (id, role) in await _folders.RolesAsync(parents, cancellation))
            {
                var bookmark = bookmarks.GetValueOrDefault(id) ?? new();
                var now = bookmark with
                {
                    Role = role, Parent = parents[id].ParentFolderId, Name = NameOf(parents[id]), IsInbox = id == _folders.Inbox,
                };
                bookmarks[id] = now;
                if (now != bookmark || !_kept.ContainsKey(id)) changes.Add(new(_account.Mailbox, id, now.Print()));
                if (role is not null && !now.IsLoaded) Expected += parents[id].TotalItemCount ?? 0;
            }
        }
        // Where nothing changed the old token says the same as the new one, and is not worth a write every few minutes.
        var isSame = changed.Count == 0 && _kept.ContainsKey(FolderList) && !_list.IsDue;
        if (_kept.Count == 0) changes.Add(_list.First);
        if (!isSame && link != _kept.GetValueOrDefault(FolderList)) changes.Add(new(_account.Mailbox, FolderList, link));
        return (bookmarks, changes);
    }

    // Folders lie in one another, at most so deep; names come from outside.
    const int Depth = 300, NameLength = 255, PathLength = 1000;

    static FolderPlace? PlaceOf(string id, Dictionary<string, FolderBookmark> bookmarks)
    {
        if (bookmarks.GetValueOrDefault(id) is not { Role: { } role } bookmark) return null;
        return new(role, role == Folder.Received && !bookmark.IsInbox ? PathOf(id, bookmarks) : "");
    }

    static string PathOf(string id, Dictionary<string, FolderBookmark> bookmarks)
    {
        var path = "";
        for (var depth = 0; depth < Depth && path.Length < PathLength && bookmarks.GetValueOrDefault(id) is { } at; depth++)
        {
            path = path.Length == 0 ? at.Name ?? "" : $"{at.Name}/{path}";
            if (at.Parent is null) break;
            id = at.Parent;
        }
        return path;
    }

    static string NameOf(MailFolder folder) =>
        folder.DisplayName is not { } name ? "" : name.Length <= NameLength ? name : name[..NameLength];

    async Task<(Dictionary<string, MailFolder?> Changed, string Link)> ReadFoldersAsync(
        string? link, CancellationToken cancellation)
    {
        try
        {
            return await _folders.ReadAsync(link, cancellation);
        }
        catch (GraphRefusal refusal) when (refusal.AsksForResync)
        {
            return await _folders.ReadAsync(null, cancellation);
        }
    }
}

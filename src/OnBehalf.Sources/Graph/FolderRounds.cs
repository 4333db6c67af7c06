using System.Runtime.CompilerServices;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>Rounds of pages over the messages of one folder after another.</summary>
sealed class FolderRounds(GraphPages pages, MailAccount account, OwnNames own, Addresses addresses)
{
    /// <summary>Whether tokens of rounds that found nothing are kept, too: they should not grow old, nor cost a write each time.</summary>
    public bool Renews { get; set; }

    /// <summary>Reads a folder from its bookmark to the end of the round, and what its first round left out.</summary>
    public async IAsyncEnumerable<MailPage> ReadAsync(
        string folder, FolderPlace place, FolderBookmark bookmark, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = ReaderOf(message => ToFact(message, place));
        var (restarts, empty) = (0, 0);
        for (var count = 0; count < GraphLimits.PagesOfRound; count++)
        {
            var (page, outcome) = await TryReadAsync(folder, bookmark, reader, cancellation);
            if (outcome == Outcome.FolderIsGone)
            {
                yield return new([], [], pages.BytesRead) { Bookmarks = [new(account.Mailbox, folder, null)] };
                yield break;
            }
            if (outcome == Outcome.Resync)
            {
                if (restarts++ == GraphLimits.Restarts)
                    throw new GraphRefusal(0, "EndlessResync", "A folder's token is refused however often it is begun anew.");
                bookmark = bookmark with { Link = null, IsLoaded = false, Given = 0, Oldest = null, Older = null };
                continue;
            }
            var next = Advance(bookmark, page!, out var isEnd); // A page came, or one of the above.
            empty = page!.Count == 0 ? empty + 1 : 0;
            if (!isEnd && (empty > GraphLimits.EmptyPagesInRow || LinkOf(next) == LinkOf(bookmark))) throw Endless();
            Bookmark[] marks = next == bookmark || (IsSameRest(next, bookmark, page) && !Renews)
                ? [] : [new(account.Mailbox, folder, next.Print())];
            foreach (var part in Parts(page, marks)) yield return part;
            bookmark = next;
            if (isEnd) yield break;
        }
        throw Endless();
    }

    enum Outcome { Page, Resync, FolderIsGone }

    async Task<(MessagePage? Page, Outcome Outcome)> TryReadAsync(
        string folder, FolderBookmark bookmark, MessagePageReader reader, CancellationToken cancellation)
    {
        try
        {
            var path = LinkOf(bookmark) ?? MessageLinks.First(account, folder, bookmark.Role);
            return (await ReadPageAsync(path, reader, cancellation), Outcome.Page);
        }
        catch (GraphRefusal refusal) when (refusal.AsksForResync)
        {
            return (null, Outcome.Resync);
        }
        catch (GraphRefusal refusal) when (refusal.SaysFolderIsGone)
        {
            return (null, Outcome.FolderIsGone);
        }
    }

    static string? LinkOf(FolderBookmark bookmark) => bookmark.Older ?? bookmark.Link;

    /// <summary>The bookmark behind a page.</summary>
    FolderBookmark Advance(FolderBookmark bookmark, MessagePage page, out bool isEnd)
    {
        if (bookmark.Older is not null)
        {
            isEnd = page.NextLink is null;
            return bookmark with { Older = page.NextLink };
        }
        if (page.NextLink is null && page.DeltaLink is null)
            throw new GraphRefusal(0, "MalformedPage", "A page of changes says neither where it goes on nor that it ends.");
        var next = bookmark with { Link = page.NextLink ?? page.DeltaLink };
        isEnd = page.NextLink is null;
        if (bookmark.IsLoaded) return next;
        next = next with
        {
            Given = bookmark.Given + page.Count,
            Oldest = Oldest(bookmark.Oldest, page.Messages),
            IsLoaded = isEnd,
        };
        if (!isEnd || next.Given < GraphLimits.FilteredRound || next.Oldest is not { } oldest) return next;
        isEnd = false;
        return next with { Older = MessageLinks.Older(account, next, oldest) };
    }

    /// <summary>
    /// What is kept of a page: the source is one, its messages' mailboxes may be several; bookmarks go with the last part.
    /// </summary>
    public IEnumerable<MailPage> Parts(MessagePage? page, IReadOnlyList<Bookmark> bookmarks)
    {
        IReadOnlyList<MessageFact> messages = page?.Messages ?? [];
        IReadOnlyList<Damage> damaged = page?.Damaged ?? [];
        if (!account.IsAgent)
        {
            if (page is { Count: > 0 } || bookmarks.Count > 0)
                yield return new(messages, damaged, pages.BytesRead) { Bookmarks = bookmarks, Mailbox = account.Mailbox };
            yield break;
        }
        foreach (var mailbox in ByMailbox(messages))
            yield return new([.. mailbox], [], pages.BytesRead) { Mailbox = mailbox.Key };
        if (bookmarks.Count > 0 || damaged.Count > 0) yield return new([], damaged, pages.BytesRead) { Bookmarks = bookmarks };
    }

    /// <summary>Reads pages of which something is made.</summary>
    public MessagePageReader ReaderOf(Func<WireMessage, MessageFact?> toFact) => new(addresses, toFact);

    /// <summary>Reads a page of messages.</summary>
    public Task<MessagePage> ReadPageAsync(string path, MessagePageReader reader, CancellationToken cancellation)
    {
        return pages.ReadAsync(path, Parse, cancellation);

        // Many mailboxes are read at the same time, and what they meet goes into one book of addresses.
        MessagePage Parse(ReadOnlyMemory<byte> bytes)
        {
            lock (addresses) return reader.Read(bytes.Span, account.Address);
        }
    }

    /// <summary>A message of a folder as a fact; null where it is none of a tracked mailbox.</summary>
    public MessageFact? ToFact(WireMessage message, FolderPlace place)
    {
        var mailbox = own.MailboxOf(message.From);
        if (!account.IsAgent) return message.ToFact(place, AddressId.None, !mailbox.IsNone);
        return mailbox.IsNone ? null : message.ToFact(FolderPlace.SentItems, account.Mailbox, isOurs: true);
    }

    /// <summary>The time of the oldest message, seconds since 1970 UTC.</summary>
    public static long? Oldest(long? oldest, IReadOnlyList<MessageFact> messages)
    {
        foreach (var message in messages)
            if (message.At?.ToUnixTimeSeconds() is { } at && !(at >= oldest)) oldest = at;
        return oldest;
    }

    /// <summary>Pages lead on and on.</summary>
    public static GraphRefusal Endless() => new(0, "EndlessPages", "The pages of a folder do not come to an end.");

    IReadOnlyList<IGrouping<AddressId, MessageFact>> ByMailbox(IReadOnlyList<MessageFact> messages)
    {
        lock (addresses) return [.. messages.GroupBy(message => own.MailboxOf(message.From))];
    }

    // A round that found nothing: the old token says the same as the new one, and is not worth a write.
    static bool IsSameRest(FolderBookmark next, FolderBookmark before, MessagePage page) =>
        before is { IsLoaded: true, Older: null } && page is { Count: 0, NextLink: null } && next.IsLoaded;
}

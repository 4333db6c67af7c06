using System.Globalization;
using System.Runtime.CompilerServices;
using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>Rounds of pages over the messages of one folder after another.</summary>
sealed class FolderRounds(GraphPages pages, MailAccount account, OwnNames own, Addresses addresses)
{
    // Never a body, a preview or an attachment. Headers are the largest part, and sent messages have none.
    const string Select = "id,internetMessageId,conversationId,conversationIndex,subject,from,sender,toRecipients,ccRecipients,"
        + "bccRecipients,replyTo,receivedDateTime,sentDateTime,isDraft,importance,categories,flag";

    /// <summary>
    /// How far a list reaches into what its round gave: rounds go by when a message was received, facts of sent ones by
    /// when they were sent, and a copy may be received hours later.
    /// </summary>
    static readonly Duration Overlap = Duration.FromDays(1);

    /// <summary>Reads a folder from its bookmark to the end of the round, and what its first round left out.</summary>
    public async IAsyncEnumerable<MailPage> ReadAsync(
        string folder, FolderBookmark bookmark, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var reader = new MessagePageReader(addresses, message => ToFact(message, bookmark.Role!.Value)); // Only read ones come here.
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
            foreach (var part in Parts(page, folder, next, bookmark)) yield return part;
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
            var path = LinkOf(bookmark) ?? FirstLink(folder, bookmark.Role);
            return (await pages.ReadAsync(path, Parse, cancellation), Outcome.Page);
        }
        catch (GraphRefusal refusal) when (refusal.AsksForResync)
        {
            return (null, Outcome.Resync);
        }
        catch (GraphRefusal refusal) when (refusal.SaysFolderIsGone)
        {
            return (null, Outcome.FolderIsGone);
        }

        // Many mailboxes are read at the same time, and what they meet goes into one book of addresses.
        MessagePage Parse(ReadOnlyMemory<byte> bytes)
        {
            lock (addresses) return reader.Read(bytes.Span, account.Address);
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
            Oldest = Older(bookmark.Oldest, page.Messages),
            IsLoaded = isEnd,
        };
        if (!isEnd || next.Given < GraphLimits.FilteredRound || next.Oldest is not { } oldest) return next;
        isEnd = false;
        return next with { Older = OlderLink(next, oldest) };
    }

    // The source of a page's messages is one, their mailboxes may be several: the bookmark goes with the last part.
    IEnumerable<MailPage> Parts(MessagePage page, string folder, FolderBookmark next, FolderBookmark before)
    {
        Bookmark[] bookmarks = next == before || IsSameRest(next, before, page) ? [] : [new(account.Mailbox, folder, next.Print())];
        if (!account.IsAgent)
        {
            if (page.Count > 0 || bookmarks.Length > 0)
                yield return new(page.Messages, page.Damaged, pages.BytesRead) { Bookmarks = bookmarks, Mailbox = account.Mailbox };
            yield break;
        }
        foreach (var mailbox in ByMailbox(page.Messages))
            yield return new([.. mailbox], [], pages.BytesRead) { Mailbox = mailbox.Key };
        if (bookmarks.Length > 0 || page.Damaged.Count > 0)
            yield return new([], page.Damaged, pages.BytesRead) { Bookmarks = bookmarks };
    }

    IReadOnlyList<IGrouping<AddressId, MessageFact>> ByMailbox(IReadOnlyList<MessageFact> messages)
    {
        lock (addresses) return [.. messages.GroupBy(message => own.MailboxOf(message.From))];
    }

    // A round that found nothing: the old token says the same as the new one, and is not worth a write.
    static bool IsSameRest(FolderBookmark next, FolderBookmark before, MessagePage page) =>
        before is { IsLoaded: true, Older: null } && page is { Count: 0, NextLink: null } && next.IsLoaded;

    MessageFact? ToFact(WireMessage message, Folder role)
    {
        var mailbox = own.MailboxOf(message.From);
        if (!account.IsAgent) return message.ToFact(role, AddressId.None, !mailbox.IsNone);
        return mailbox.IsNone ? null : message.ToFact(Folder.SentItems, account.Mailbox, isOurs: true);
    }

    string FirstLink(string folder, Folder? role) => $"users/{account.Id}/mailFolders/{folder}/messages/delta"
        + $"?$select={SelectOf(role)}&$filter=receivedDateTime ge {Text(account.Horizon)}&$orderby=receivedDateTime desc";

    string OlderLink(FolderBookmark bookmark, long oldest)
    {
        var folder = bookmark.Link!.Split("/messages/", 2)[0]; // The link of the round that has just ended.
        return $"{folder}/messages?$select={SelectOf(bookmark.Role)}&$filter=receivedDateTime ge {Text(account.Horizon)} and "
            + $"receivedDateTime le {Text(Instant.FromUnixTimeSeconds(oldest) + Overlap)}&$orderby=receivedDateTime desc"
            + $"&$top={GraphLimits.PageSize.ToString(CultureInfo.InvariantCulture)}";
    }

    static string SelectOf(Folder? role) => role == Folder.SentItems ? Select : Select + ",internetMessageHeaders";

    static string Text(Instant instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static long? Older(long? oldest, IReadOnlyList<MessageFact> messages)
    {
        foreach (var message in messages)
            if (message.At?.ToUnixTimeSeconds() is { } at && !(at >= oldest)) oldest = at;
        return oldest;
    }

    static GraphRefusal Endless() => new(0, "EndlessPages", "The pages of a folder do not come to an end.");
}

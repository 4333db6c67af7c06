using System.Globalization;
using NodaTime;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>Where pages of messages begin, and which properties are asked for. Never a body, a preview or an attachment.</summary>
static class MessageLinks
{
    // Headers are the largest part, and sent messages have none.
    const string Select = "id,internetMessageId,conversationId,conversationIndex,subject,from,sender,toRecipients,ccRecipients,"
        + "bccRecipients,replyTo,receivedDateTime,sentDateTime,isDraft,importance,categories,flag";

    const string Headers = ",internetMessageHeaders";

    /// <summary>
    /// How far a list reaches into what its round gave: rounds go by when a message was received, facts of sent ones by
    /// when they were sent, and a copy may be received hours later.
    /// </summary>
    static readonly Duration Overlap = Duration.FromDays(1);

    /// <summary>The first delta round of a folder.</summary>
    public static string First(MailAccount account, string folder, Folder? role) =>
        $"users/{account.Id}/mailFolders/{folder}/messages/delta"
        + $"?$select={SelectOf(role)}&$filter=receivedDateTime ge {Text(account.Horizon)}&$orderby=receivedDateTime desc";

    /// <summary>The list of what a folder's first round left out.</summary>
    public static string Older(MailAccount account, FolderBookmark bookmark, long oldest)
    {
        var folder = bookmark.Link!.Split("/messages/", 2)[0]; // The link of the round that has just ended.
        return $"{folder}/messages?$select={SelectOf(bookmark.Role)}&$filter=receivedDateTime ge {Text(account.Horizon)} and "
            + $"receivedDateTime le {Text(Instant.FromUnixTimeSeconds(oldest) + Overlap)}&$orderby=receivedDateTime desc&$top={Top}";
    }

    /// <summary>
    /// The list of everything received since, newest first: of an agent the Sent Items, else of the whole mailbox, whose
    /// messages say in which folder they lie.
    /// </summary>
    public static string Since(MailAccount account, Instant since)
    {
        var (place, select) = account.IsAgent
            ? ("/mailFolders/sentitems", SelectOf(Folder.SentItems)) : ("", SelectOf(Folder.Received) + ",parentFolderId");
        return $"users/{account.Id}{place}/messages?$select={select}&$filter=receivedDateTime ge {Text(since)}"
            + $"&$orderby=receivedDateTime desc&$top={Top}";
    }

    static string Top => GraphLimits.PageSize.ToString(CultureInfo.InvariantCulture);

    static string SelectOf(Folder? role) => role == Folder.SentItems ? Select : Select + Headers;

    static string Text(Instant instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

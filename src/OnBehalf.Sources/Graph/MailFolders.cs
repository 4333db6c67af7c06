using System.Text.Json;
using System.Text.Json.Serialization;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Graph;

/// <summary>A page of <c>mailFolders/delta</c>; names as Graph spells them.</summary>
sealed record FolderPage
{
    [JsonPropertyName("value")] public IReadOnlyList<MailFolder> Value { get; set; } = [];
    [JsonPropertyName("@odata.nextLink")] public string? NextLink { get; init; }
    [JsonPropertyName("@odata.deltaLink")] public string? DeltaLink { get; init; }
}

/// <summary>A mailFolder; names as Graph spells them.</summary>
sealed record MailFolder
{
    [JsonPropertyName("id")] public string Id { get; set; } = "";
    [JsonPropertyName("parentFolderId")] public string? ParentFolderId { get; init; }
    [JsonPropertyName("displayName")] public string? DisplayName { get; init; }
    [JsonPropertyName("totalItemCount")] public int? TotalItemCount { get; init; }
    [JsonPropertyName("@removed")] public JsonElement? Removed { get; init; }
}

/// <summary>
/// The folders of a mailbox that are read, and what lies in each. Well-known folders are asked for by name, since what
/// they are called on the screen depends on the language (Graph, "mailFolder resource type").
/// </summary>
sealed class MailFolders(GraphPages pages, string mailbox)
{
    const string Select = "$select=id,parentFolderId,displayName,totalItemCount";

    /// <summary>How deep folders lie at most; a ring of parents ends here.</summary>
    const int Depth = 300;

    /// <summary>
    /// Folders whose messages are not mail that people sent or got: unsent, suspected as junk and not looked at, chats,
    /// reports of the mail program.
    /// </summary>
    static readonly string[] Unread = ["drafts", "outbox", "junkemail", "conversationhistory", "syncissues", "scheduled"];

    /// <summary>The id of the folder where mail arrives, once <see cref="RolesAsync"/> has answered; null: there is none.</summary>
    public string? Inbox { get; private set; }

    /// <summary>What has become of the folders since the link was given; all of them without one.</summary>
    /// <returns>New and changed folders by id, null for those that are gone, and the link for the next time.</returns>
    public async Task<(Dictionary<string, MailFolder?> Changed, string Link)> ReadAsync(
        string? link, CancellationToken cancellation)
    {
        var changed = new Dictionary<string, MailFolder?>(StringComparer.Ordinal);
        var path = link ?? $"users/{mailbox}/mailFolders/delta?{Select}";
        for (var count = 0; count < GraphLimits.PagesOfRound; count++)
        {
            var page = await pages.ReadAsync(path, GraphJson.Default.FolderPage, cancellation);
            foreach (var folder in page.Value) changed[folder.Id] = folder.Removed is null ? folder : null;
            if (changed.Count > GraphLimits.Folders)
                throw new GraphRefusal(0, "TooManyFolders", $"The mailbox has more than {GraphLimits.Folders:N0} folders.");
            if (page.DeltaLink is { } end) return (changed, GraphPages.Below(end));
            path = page.NextLink is { } next && GraphPages.Below(next) is var below && below != path ? below
                : throw new GraphRefusal(0, "EndlessPages", "The list of folders does not end.");
        }
        throw new GraphRefusal(0, "EndlessPages", "The list of folders does not end.");
    }

    /// <summary>What lies in each folder by id; null where it is not read. Folders inside another are of its kind.</summary>
    public async Task<Dictionary<string, Folder?>> RolesAsync(
        IReadOnlyDictionary<string, MailFolder> folders, CancellationToken cancellation)
    {
        var known = new Dictionary<string, Folder?>(StringComparer.Ordinal);
        foreach (var name in Unread) await AddAsync(known, name, null, cancellation);
        await AddAsync(known, "sentitems", Folder.SentItems, cancellation);
        await AddAsync(known, "deleteditems", Folder.Deleted, cancellation);
        Inbox = await FindAsync("inbox", cancellation);
        return folders.Keys.ToDictionary(id => id, id => RoleOf(id, folders, known), StringComparer.Ordinal);
    }

    /// <summary>The id of a well-known folder; null where the mailbox has none.</summary>
    public async Task<string?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await pages.ReadAsync(
                $"users/{mailbox}/mailFolders/{name}?$select=id", GraphJson.Default.MailFolder, cancellation)).Id;
        }
        catch (GraphRefusal refusal) when (refusal.SaysFolderIsGone
            || refusal.Is("ErrorInvalidIdMalformed", "ErrorFolderNotFound"))
        {
            return null;
        }
    }

    async Task AddAsync(Dictionary<string, Folder?> known, string name, Folder? role, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation) is { } id) known[id] = role;
    }

    static Folder? RoleOf(
        string id, IReadOnlyDictionary<string, MailFolder> folders, Dictionary<string, Folder?> known)
    {
        string? at = id;
        for (var depth = 0; at is not null && depth < Depth; depth++)
        {
            if (known.TryGetValue(at, out var role)) return role;
            at = folders.GetValueOrDefault(at)?.ParentFolderId;
        }
        return Folder.Received;
    }
}

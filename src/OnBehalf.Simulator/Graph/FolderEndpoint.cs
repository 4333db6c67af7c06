using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>Mail folders: the root's children, children of one, one, and all of them by delta.</summary>
sealed class FolderEndpoint(World world)
{
    readonly FolderTree _tree = new(world.Company);

    /// <summary>The folder of a path: by well-known name, or by id.</summary>
    public Folder Find(Mailbox mailbox, string key)
    {
        var code = _tree.FindWellKnown(key)?.Code ?? MessageKeys.ReadFolder(key, mailbox);
        if (code is null) throw GraphError.Malformed();
        return _tree.Find(code.Value, world.Now) ?? throw GraphError.FolderNotFound();
    }

    public GraphAnswer List(GraphRequest request, Mailbox mailbox, FolderCode parent)
    {
        var children = _tree.ChildrenOf(parent, world.Now).ToArray();
        var size = int.TryParse(request.Option("$top"), out var top) && top > 0 ? top : 10;
        var skip = int.TryParse(request.Option("$skip"), out var skipped) && skipped > 0 ? skipped : 0;
        var counts = Count(mailbox);
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users('{mailbox.ObjectId}')/mailFolders");
            json.WriteStartArray("value"u8);
            foreach (var folder in children.Skip(skip).Take(size)) WriteOne(json, mailbox, folder, counts, typed: false);
            json.WriteEndArray();
            if (skip + size < children.Length)
                json.WriteString("@odata.nextLink"u8,
                    $"{request.Root}/users('{mailbox.ObjectId}')/mailFolders('{MessageKeys.OfFolder(mailbox, parent)}')/childFolders" +
                    $"?$top={size}&$skip={skip + size}");
        });
    }

    public GraphAnswer Get(GraphRequest request, Mailbox mailbox, Folder folder)
    {
        var counts = Count(mailbox);
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users('{mailbox.ObjectId}')/mailFolders/$entity");
            Write(json, mailbox, folder, counts);
        });
    }

    /// <summary>All folders, flat; later only those that are new, renamed or gone.</summary>
    public GraphAnswer Delta(GraphRequest request, Mailbox mailbox)
    {
        int? since = null;
        if (request.Option("$deltatoken") is { Length: > 0 } text)
        {
            if (!int.TryParse(text, out var second)) throw GraphError.BadRequest("Badly formed token.");
            since = second;
        }
        var now = world.Now;
        var counts = Count(mailbox);
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, request.Root + "/$metadata#Collection(mailFolder)");
            json.WriteStartArray("value"u8);
            foreach (var folder in _tree.Folders.Where(folder => folder.WellKnownName
                is not ("msgfolderroot" or "recoverableitemsdeletions")))
                WriteChange(json, mailbox, folder, since, now, counts);
            json.WriteEndArray();
            json.WriteString("@odata.deltaLink"u8, $"{request.Root}/users('{mailbox.ObjectId}')/mailFolders/delta?$deltatoken={now}");
        });
    }

    static void WriteChange(
        Utf8JsonWriter json, Mailbox mailbox, Folder folder, int? since, int now, Dictionary<FolderCode, (int Total, int Unread)> counts)
    {
        var exists = folder.ExistsAt(now);
        if (since is not { } before)
        {
            if (exists) WriteOne(json, mailbox, folder, counts, typed: true, now);
            return;
        }
        var existed = folder.ExistsAt(before);
        if (exists && (!existed || folder.NameAt(before) != folder.NameAt(now)))
            WriteOne(json, mailbox, folder, counts, typed: true, now);
        if (exists || !existed) return;
        json.WriteStartObject();
        json.WriteString("@odata.type"u8, "#microsoft.graph.mailFolder"u8);
        json.WriteString("id"u8, MessageKeys.OfFolder(mailbox, folder.Code));
        json.WriteStartObject("@removed"u8);
        json.WriteString("reason"u8, "deleted"u8);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    void WriteOne(Utf8JsonWriter json, Mailbox mailbox, Folder folder, Dictionary<FolderCode, (int Total,
        int Unread)> counts, bool typed) =>
        WriteOne(json, mailbox, folder, counts, typed, world.Now);

    static void WriteOne(
        Utf8JsonWriter json, Mailbox mailbox, Folder folder, Dictionary<FolderCode, (int Total, int Unread)> counts, bool typed, int now)
    {
        json.WriteStartObject();
        if (typed) json.WriteString("@odata.type"u8, "#microsoft.graph.mailFolder"u8);
        Write(json, mailbox, folder, counts, now);
        json.WriteEndObject();
    }

    void Write(Utf8JsonWriter json, Mailbox mailbox, Folder folder, Dictionary<FolderCode, (int Total, int Unread)> counts) =>
        Write(json, mailbox, folder, counts, world.Now);

    static void Write(
        Utf8JsonWriter json, Mailbox mailbox, Folder folder, Dictionary<FolderCode, (int Total, int Unread)> counts, int now)
    {
        var (total, unread) = counts.GetValueOrDefault(folder.Code);
        json.WriteString("id"u8, MessageKeys.OfFolder(mailbox, folder.Code));
        json.WriteString("displayName"u8, folder.NameAt(now));
        json.WriteString("parentFolderId"u8, MessageKeys.OfFolder(mailbox, folder.Parent ?? FolderCode.Root));
        json.WriteNumber("childFolderCount"u8, folder.Code == FolderCode.Inbox ? 3 : folder.Code == FolderCode.Root ? 9 : 0);
        json.WriteNumber("unreadItemCount"u8, unread);
        json.WriteNumber("totalItemCount"u8, total);
        json.WriteNumber("sizeInBytes"u8, total * 20_480L);
        json.WriteBoolean("isHidden"u8, folder.IsHidden);
    }

    Dictionary<FolderCode, (int Total, int Unread)> Count(Mailbox mailbox)
    {
        var now = world.Now;
        var counts = new Dictionary<FolderCode, (int Total, int Unread)>();
        foreach (var message in world.Shelf.Open(mailbox).Stored)
        {
            var state = message.StateAt(now);
            if (!state.Exists) continue;
            var (total, unread) = counts.GetValueOrDefault(state.Folder);
            counts[state.Folder] = (total + 1, unread + (state.IsRead ? 0 : 1));
        }
        return counts;
    }
}

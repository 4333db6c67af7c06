using System.Globalization;
using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>Messages outside of delta: lists, one by its id, its MIME text.</summary>
sealed class MessageEndpoint(World world)
{
    const int UsualPage = 10;
    const int LargestPage = 1_000;

    /// <summary>GET …/messages, of one folder or of all that are listed.</summary>
    public GraphAnswer List(GraphRequest request, Mailbox mailbox, FolderCode? folder, bool readsBodies)
    {
        if (request.Option("$search") is not null)
            throw readsBodies ? new GraphError(501, "NotImplemented", "$search is not simulated.") : GraphError.AccessDenied();
        var filter = MessageFilter.Parse(request.Option("$filter"), world.Company);
        var oldestFirst = IsOldestFirst(request.Option("$orderby"), filter);
        var view = ViewOf(request, readsBodies);
        var size = SizeOf(request);
        var stored = world.Shelf.Open(mailbox).Stored;
        var now = world.Now;
        var writer = new MessageWriter(world.Company, mailbox, view);
        return GraphAnswer.Of(json =>
        {
            var select = request.Option("$select") is { } names ? $"({names})" : "";
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users('{mailbox.ObjectId}')/messages{select}");
            if (request.Option("$count") == "true") json.WriteNumber("@odata.count"u8, stored.Count(IsListed));
            json.WriteStartArray("value"u8);
            var position = Skip(request);
            for (var room = size; position < stored.Length && room > 0; position++)
            {
                var message = stored[oldestFirst ? position : stored.Length - 1 - position];
                if (!IsListed(message)) continue;
                json.WriteStartObject();
                writer.Write(json, message, message.StateAt(now));
                json.WriteEndObject();
                room--;
            }
            json.WriteEndArray();
            if (position < stored.Length) json.WriteString("@odata.nextLink"u8, NextLink(request, mailbox, folder, position));
        });

        bool IsListed(StoredMessage message)
        {
            var state = message.StateAt(now);
            if (!state.Exists || (folder is { } only ? state.Folder != only : state.Folder == FolderCode.RecoverableItems)) return false;
            return filter.IsEmpty || filter.Holds(message, state);
        }
    }

    /// <summary>GET …/messages/{id}.</summary>
    public GraphAnswer Get(GraphRequest request, Mailbox mailbox, string id, bool readsBodies)
    {
        var message = Find(mailbox, id, out var state);
        if (world.Strikes(Quirk.GoneItems, message.Letter.IdSeed)) throw GraphError.ItemNotFound();
        var view = ViewOf(request, readsBodies);
        return GraphAnswer.Of(json =>
        {
            var select = request.Option("$select") is { } names ? $"({names})" : "";
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users('{mailbox.ObjectId}')/messages{select}/$entity");
            new MessageWriter(world.Company, mailbox, view).Write(json, message, state);
        });
    }

    /// <summary>GET …/messages/{id}/$value: the MIME text, for Mail.Read only.</summary>
    public GraphAnswer GetMime(Mailbox mailbox, string id)
    {
        var message = Find(mailbox, id, out _);
        return GraphAnswer.OfBytes(Exports.MimeText.Of(world.Company, message), "text/plain");
    }

    /// <summary>POST …/translateExchangeIds, between the two forms of rest ids.</summary>
    public GraphAnswer Translate(GraphRequest request, Mailbox mailbox)
    {
        using var asked = JsonDocument.Parse(request.Body);
        var immutable = asked.RootElement.GetProperty("targetIdType").GetString() == "restImmutableEntryId";
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, request.Root + "/$metadata#Collection(microsoft.graph.convertIdResult)");
            json.WriteStartArray("value"u8);
            foreach (var input in asked.RootElement.GetProperty("inputIds").EnumerateArray())
            {
                var source = input.GetString()!; // A null in the list is a bad request, answered as one.
                var message = Find(mailbox, source, out var state);
                json.WriteStartObject();
                json.WriteString("sourceId"u8, source);
                json.WriteString("targetId"u8, MessageKeys.Of(mailbox, message, state, immutable));
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    StoredMessage Find(Mailbox mailbox, string id, out MessageState state)
    {
        if (MessageKeys.Read(id, mailbox) is not { } key) throw GraphError.Malformed();
        var stored = world.Shelf.Open(mailbox).Stored;
        if (key.Number < 0 || key.Number >= stored.Length) throw GraphError.ItemNotFound();
        state = stored[key.Number].StateAt(world.Now);
        // A default id dies with every move.
        var isCurrent = state.Exists && (key.Moves is null || key.Moves == state.Moves);
        return isCurrent ? stored[key.Number] : throw GraphError.ItemNotFound();
    }

    static MessageView ViewOf(GraphRequest request, bool readsBodies)
    {
        var properties = ExtendedProperties.Parse(request.Option("$expand"));
        var expands = request.Option("$expand") is not null;
        if (expands && !readsBodies) throw GraphError.AccessDenied();
        return new MessageView(
            MessageSelection.Parse(request.Option("$select")), request.WantsImmutableIds, readsBodies, TypesEach: false, properties);
    }

    static int SizeOf(GraphRequest request)
    {
        if (request.Option("$top") is not { } top) return Math.Min(request.MaxPageSize ?? UsualPage, LargestPage);
        return int.TryParse(top, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestPage
            ? size
            : throw GraphError.BadRequest($"The limit of '{LargestPage}' for Top query has been exceeded.");
    }

    /// <summary>What is sorted by has to be filtered by, first and in the same order; else the mailbox refuses.</summary>
    static bool IsOldestFirst(string? order, MessageFilter filter)
    {
        if (order is null) return false;
        var names = order.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split(' ', '+')).ToArray();
        for (var place = 0; place < names.Length && !filter.IsEmpty; place++)
            if (place >= filter.Properties.Count || filter.Properties[place] != names[place][0]) throw GraphError.TooComplex();
        if (names[0][0] is not ("receivedDateTime" or "sentDateTime" or "createdDateTime")) throw GraphError.TooComplex();
        return names[0].Length == 1 || names[0][1].Equals("asc", StringComparison.OrdinalIgnoreCase);
    }

    static int Skip(GraphRequest request) =>
        int.TryParse(request.Option("$skip") ?? request.Option("$skiptoken"), CultureInfo.InvariantCulture, out var position)
            ? Math.Max(0, position)
            : 0;

    static string NextLink(GraphRequest request, Mailbox mailbox, FolderCode? folder, int position)
    {
        var path = folder is { } within ? $"/mailFolders('{MessageKeys.OfFolder(mailbox, within)}')" : "";
        var options = request.Query
            .Where(option => option.Key is not ("$skip" or "$skiptoken"))
            .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value)}")
            .Append(string.Create(CultureInfo.InvariantCulture, $"$skip={position}"));
        return $"{request.Root}/users('{mailbox.ObjectId}'){path}/messages?{string.Join('&', options)}";
    }
}

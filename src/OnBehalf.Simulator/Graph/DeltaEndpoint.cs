using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>GET …/mailFolders/{folder}/messages/delta: rounds of pages, tokens, removals and resyncs.</summary>
sealed class DeltaEndpoint(World world)
{
    const int UsualPage = 10;
    const int LargestPage = 1_000;

    /// <summary>With a $filter, a round gives no more than that (Graph delta query for messages).</summary>
    const int MostFiltered = 5_000;

    readonly ConcurrentDictionary<(Guid Mailbox, FolderCode Folder), int> _generations = new();
    readonly ConcurrentDictionary<(Guid Mailbox, FolderCode Folder), (int From, int Until)> _quiet = new();
    long _serial;

    /// <summary>From now on the folder's tokens are unknown.</summary>
    public void Expire(Guid mailbox, FolderCode folder) => _generations.AddOrUpdate((mailbox, folder), 1, (_, old) => old + 1);

    public GraphAnswer Answer(GraphRequest request, Mailbox mailbox, FolderCode folder, bool readsBodies)
    {
        var token = TokenOf(request, mailbox, folder);
        var link = $"{request.Root}/users('{mailbox.ObjectId}')/mailFolders('{MessageKeys.OfFolder(mailbox, folder)}')/messages/delta";
        if (IsQuiet(mailbox, folder, token)) return Page(request, link, _ => null, token);
        var content = world.Shelf.Open(mailbox);
        var round = new DeltaRound(world, content, folder, token, request.WantsImmutableIds);
        RememberQuiet(mailbox, folder, content, token.Until);
        var properties = ExtendedProperties.Parse(token.Expand);
        if (properties.Count > 0 && !readsBodies) throw GraphError.AccessDenied();
        var view = new MessageView(
            MessageSelection.Parse(token.Select), request.WantsImmutableIds, readsBodies, TypesEach: true, properties);
        var page = new DeltaPage(world, round, token, new MessageWriter(world.Company, mailbox, view), mailbox, view.Immutable);
        return Page(request, link, json => page.Write(json, SizeOf(request, token)), token);
    }

    GraphAnswer Page(GraphRequest request, string link, Func<Utf8JsonWriter, DeltaProgress?> write, DeltaToken token)
    {
        var answer = GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, request.Root + "/$metadata#Collection(message)");
            json.WriteStartArray("value"u8);
            var progress = write(json);
            json.WriteEndArray();
            var next = Next(token);
            if (progress is { IsLast: false } more)
                json.WriteString("@odata.nextLink"u8, link + "?$skiptoken=" + (next with
                {
                    Position = more.Position, PageBegan = token.Position, Given = more.Given,
                }).Write());
            else
                json.WriteString("@odata.deltaLink"u8, link + "?$deltatoken=" + (next with
                {
                    Since = token.Until, Position = 0, PageBegan = 0, Given = 0,
                }).Write());
        });
        return answer;
    }

    DeltaToken Next(DeltaToken token) => token with { Serial = Interlocked.Increment(ref _serial) % int.MaxValue };

    int SizeOf(GraphRequest request, DeltaToken token)
    {
        var size = Math.Min(request.MaxPageSize ?? UsualPage, LargestPage);
        // Never two empty pages in a row: the round has to end.
        if (token.Position > token.PageBegan && world.Strikes(Quirk.EmptyPages, (ulong)token.Serial + 7)) return 0;
        return world.Strikes(Quirk.ShortPages, (ulong)token.Serial) ? Math.Max(1, size * 2 / 3) : size;
    }

    DeltaToken TokenOf(GraphRequest request, Mailbox mailbox, FolderCode folder)
    {
        var generation = _generations.GetValueOrDefault((mailbox.ObjectId, folder));
        if (request.Option("$skiptoken") is { } skip) return Known(skip, generation, request, mayExpire: false);
        if (request.Option("$deltatoken") is { Length: > 0 } delta && delta != "latest")
            return Known(delta, generation, request, mayExpire: true) with { Until = world.Now };
        var isLatest = request.Option("$deltatoken") == "latest";
        // Microsoft never promised $deltatoken=latest for messages; some tenants refuse it, others answer with everything.
        if (isLatest && world.Strikes(Quirk.LatestToken, mailbox.Seed))
            throw GraphError.BadRequest("The token 'latest' is not supported for this resource.");
        var startsNow = isLatest && world.Quirks[Quirk.LatestToken] == 0;
        return FirstToken(request, generation) with { Since = startsNow ? world.Now : -1 };
    }

    DeltaToken FirstToken(GraphRequest request, int generation)
    {
        if (request.Option("$search") is not null) throw GraphError.BadRequest("$search is not supported on delta.");
        if (request.Option("$orderby") is { } order && order is not ("receivedDateTime desc" or "receivedDateTime+desc"))
            throw GraphError.BadRequest("The only supported $orderby expression is receivedDateTime desc.");
        _ = MessageSelection.Parse(request.Option("$select"));
        _ = MessageFilter.ParseDelta(request.Option("$filter"), world.Company);
        int? top = int.TryParse(request.Option("$top"), CultureInfo.InvariantCulture, out var limit) ? limit : null;
        return new DeltaToken(Interlocked.Increment(ref _serial), generation, -1, world.Now, 0, 0, 0, request.Option("$select"),
            request.Option("$filter"), world.Quirks[Quirk.TopCapsDelta] > 0 ? top : null, request.Option("$orderby") is not null,
            request.Option("changeType"), request.Option("$expand"));
    }

    DeltaToken Known(string text, int generation, GraphRequest request, bool mayExpire)
    {
        if (DeltaToken.Read(text) is not { } token) throw GraphError.BadRequest("Badly formed token.");
        var expires = mayExpire && world.Strikes(Quirk.ExpiredTokens, (ulong)token.Serial * 3);
        return token.Generation == generation && !expires ? token : throw Expired(request, token.Serial);
    }

    /// <summary>Seen in the field: mostly 410 with a place to start again, now and then 400; the code is spelled in many ways.</summary>
    static GraphError Expired(GraphRequest request, long serial)
    {
        var code = (serial % 4) switch { 0 => "syncStateNotFound", 1 => "ResyncRequired", 2 => "SyncStateInvalid",
            _ => "SyncStateNotFound" };
        var again = $"{request.Root}/{string.Join('/', request.Path.Select(Uri.EscapeDataString))}?$deltatoken=";
        return new GraphError(code == "syncStateNotFound" ? 400 : 410, code, "The sync state generation is not found. " +
            "The delta token is expired and data must be synchronized again.") { Location = again };
    }

    /// <summary>
    /// Nothing has happened in the mailbox since: the round is empty, and the mailbox need not be made to know that.
    /// </summary>
    bool IsQuiet(Mailbox mailbox, FolderCode folder, DeltaToken token) =>
        token is { Since: >= 0, Position: 0 }
        && (token.Since == token.Until
            || (_quiet.TryGetValue((mailbox.ObjectId, folder), out var quiet) && token.Since >= quiet.From && token.Until < quiet.Until));

    void RememberQuiet(Mailbox mailbox, FolderCode folder, Correspondence content, int from) =>
        _quiet[(mailbox.ObjectId, folder)] = (from, content.NextChangeAfter(from));

    /// <summary>The most messages a round may give.</summary>
    public static int MostOf(DeltaToken token) => Math.Min(token.Top ?? int.MaxValue, token.Filter is null ? int.MaxValue : MostFiltered);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>Change notifications: subscriptions with validation, what is sent to them, and their lifecycle.</summary>
sealed class SubscriptionEndpoint(World world, FolderTree tree)
{
    /// <summary>The longest life of a subscription to messages, in minutes (Graph subscription resource, 2026).</summary>
    const int LongestMinutes = 10_080;
    const int ShortestMinutes = 45;

    readonly ConcurrentDictionary<Guid, Subscription> _subscriptions = new();
    readonly HttpClient _http = new();
    int _created;

    sealed class Subscription
    {
        public required JsonObject Asked { get; init; }
        public required string App { get; init; }
        public required Mailbox Mailbox { get; init; }
        public required FolderCode? Folder { get; init; }
        public required bool Immutable { get; init; }
        public required DateTimeOffset Expires { get; set; }

        /// <summary>The second up to which changes have been told.</summary>
        public required int ToldUntil { get; set; }
        public string? Text(string name) => (string?)Asked[name];
    }

    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, CancellationToken cancel) =>
        (request.Method, request.Path[1..]) switch
        {
            ("POST", []) => await CreateAsync(request, cancel),
            ("GET", []) => List(request),
            ("GET", [var id]) => Show(request, id),
            ("PATCH", [var id]) => Renew(request, id),
            ("DELETE", [var id]) => Delete(request, id),
            ("POST", [var id, "reauthorize"]) => Reauthorize(request, id),
            _ => throw GraphError.UnknownSegment(request.Path[^1]),
        };

    /// <summary>Tells every subscriber what has changed since the last time.</summary>
    public async Task<int> NotifyAsync(CancellationToken cancel)
    {
        var sent = 0;
        foreach (var (id, subscription) in _subscriptions)
        {
            if (subscription.Expires <= world.Time.GetUtcNow())
            {
                _subscriptions.TryRemove(id, out _);
                continue;
            }
            var notices = NoticesFor(id, subscription);
            if (notices.Count == 0) continue;
            await PostAsync(subscription.Text("notificationUrl")!, notices, cancel); // Creation demands the URL.
            sent += notices.Count;
        }
        return sent;
    }

    /// <summary>Sends a lifecycle notice to every subscriber that has a place for it.</summary>
    public async Task TellAsync(string lifecycle, CancellationToken cancel)
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            if (subscription.Text("lifecycleNotificationUrl") is not { } url) continue;
            await PostAsync(url, [new JsonObject
            {
                ["subscriptionId"] = id, ["subscriptionExpirationDateTime"] = Iso(subscription.Expires),
                ["tenantId"] = world.Company.TenantId, ["clientState"] = subscription.Text("clientState"),
                ["lifecycleEvent"] = lifecycle,
            }], cancel);
            if (lifecycle == "subscriptionRemoved") _subscriptions.TryRemove(id, out _);
        }
    }

    async Task<GraphAnswer> CreateAsync(GraphRequest request, CancellationToken cancel)
    {
        var asked = Parse(request.Body);
        var (mailbox, folder) = ResourceOf((string?)asked["resource"] ?? "");
        MailAccess.ReadsBodies(request.Token, mailbox);
        var expires = ExpiryOf(asked);
        var app = request.Token.App.ClientId;
        if (_subscriptions.Values.Any(old => old.App == app && old.Expires > world.Time.GetUtcNow()
            && old.Text("resource") == (string?)asked["resource"] && old.Text("changeType") == (string?)asked["changeType"]))
            throw new GraphError(409, "InvalidRequest", "The subscription already exists for this resource and change type.");
        await ValidateAsync((string?)asked["notificationUrl"], cancel);
        if ((string?)asked["lifecycleNotificationUrl"] is { } lifecycle) await ValidateAsync(lifecycle, cancel);
        var id = Chance.GuidFrom(Chance.Mix(world.Company.Seed, 400, (ulong)Interlocked.Increment(ref _created)));
        var subscription = new Subscription
        {
            Asked = asked, App = app, Mailbox = mailbox, Folder = folder, Expires = expires, ToldUntil = world.Now,
            Immutable = request.WantsImmutableIds,
        };
        _subscriptions[id] = subscription;
        return GraphAnswer.Of(json => Write(json, request, id, subscription), 201);
    }

    (Mailbox Mailbox, FolderCode? Folder) ResourceOf(string resource)
    {
        var path = GraphRequest.Cut(resource);
        if (path is not (["users", _, "messages"] or ["users", _, "mailFolders", _, "messages"]))
            throw new GraphError(400, "InvalidRequest", $"Unsupported resource '{resource}'.");
        var mailbox = world.FindMailbox(path[1]) ?? throw GraphError.ResourceNotFound(path[1]);
        if (path.Length == 3) return (mailbox, null);
        var code = tree.FindWellKnown(path[3])?.Code ?? MessageKeys.ReadFolder(path[3], mailbox);
        return (mailbox, code ?? throw GraphError.FolderNotFound());
    }

    DateTimeOffset ExpiryOf(JsonObject asked)
    {
        var now = world.Time.GetUtcNow();
        if (!DateTimeOffset.TryParse((string?)asked["expirationDateTime"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var expires) || expires <= now)
            throw new GraphError(400, "InvalidRequest", "Subscription expiration can only be in the future.");
        if (expires - now > TimeSpan.FromMinutes(LongestMinutes))
            throw new GraphError(400, "ExtensionError", $"Subscription expiration can only be {LongestMinutes} minutes in the future.");
        var earliest = now.AddMinutes(ShortestMinutes);
        return expires < earliest ? earliest : expires;
    }

    /// <summary>The receiver has to send the token back as plain text.</summary>
    async Task ValidateAsync(string? url, CancellationToken cancel)
    {
        var token = $"Validation: {Chance.GuidFrom(Chance.Mix(world.Company.Seed, 401, (ulong)_created))}";
        try
        {
            using var nothing = new StringContent("", Encoding.UTF8, "text/plain");
            var target = $"{url}{(url?.Contains('?') == true ? '&' : '?')}validationToken={Uri.EscapeDataString(token)}";
            using var answer = await _http.PostAsync(new Uri(target), nothing, cancel);
            if (answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(cancel) == token) return;
        }
        catch (Exception failure) when (failure is HttpRequestException or UriFormatException)
        {
            // Whatever went wrong, the answer to the caller is the same.
        }
        throw new GraphError(400, "ValidationError", "Subscription validation request failed. Notification endpoint must respond " +
            "with 200 OK to validation request.");
    }

    List<JsonNode> NoticesFor(Guid id, Subscription subscription)
    {
        var (since, now) = (subscription.ToldUntil, world.Now);
        subscription.ToldUntil = now;
        var content = world.Shelf.Open(subscription.Mailbox);
        var notices = new List<JsonNode>();
        foreach (var number in content.ChangedBetween(since, now))
        {
            var message = content.Stored[number];
            var (before, after) = (message.StateAt(since), message.StateAt(now));
            if (KindOf(subscription.Folder, before, after) is not { } kind) continue;
            if (subscription.Text("changeType")?.Contains(kind, StringComparison.OrdinalIgnoreCase) != true) continue;
            notices.Add(Notice(id, subscription, message, kind == "deleted" ? before : after, kind));
        }
        return notices;
    }

    static string? KindOf(FolderCode? folder, MessageState before, MessageState after)
    {
        var wasHere = before.Exists && (folder is null || before.Folder == folder);
        var isHere = after.Exists && (folder is null || after.Folder == folder);
        return (wasHere, isHere) switch
        {
            (false, true) => "created",
            (true, true) => "updated",
            (true, false) => "deleted",
            _ => null,
        };
    }

    JsonObject Notice(Guid id, Subscription subscription, StoredMessage message, MessageState state, string kind)
    {
        var key = MessageKeys.Of(subscription.Mailbox, message, state, subscription.Immutable);
        var owner = $"{subscription.Mailbox.ObjectId}@{world.Company.TenantId}";
        Span<byte> changeKey = stackalloc byte[48];
        var length = MessageKeys.WriteChangeKey(changeKey, subscription.Mailbox, message, state);
        return new JsonObject
        {
            ["id"] = $"lsgTZMr9KwAAA{message.Number}",
            ["subscriptionId"] = id,
            ["subscriptionExpirationDateTime"] = Iso(subscription.Expires),
            ["clientState"] = subscription.Text("clientState"),
            ["changeType"] = kind,
            ["resource"] = $"users/{owner}/messages/{key}",
            ["tenantId"] = world.Company.TenantId,
            ["resourceData"] = new JsonObject
            {
                ["@odata.type"] = "#Microsoft.Graph.Message",
                ["@odata.id"] = $"Users/{owner}/Messages/{key}",
                ["@odata.etag"] = $"W/\"{Encoding.ASCII.GetString(changeKey[..length])}\"",
                ["id"] = key,
            },
        };
    }

    async Task PostAsync(string url, List<JsonNode> notices, CancellationToken cancel)
    {
        var body = new JsonObject { ["value"] = new JsonArray([.. notices]) };
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.PostAsync(new Uri(url), content, cancel);
        }
        catch (HttpRequestException)
        {
            // A receiver that is away loses the notice; Graph would retry for four hours and then give up.
        }
    }

    GraphAnswer List(GraphRequest request) => GraphAnswer.Of(json =>
    {
        json.WriteString("@odata.context"u8, request.Root + "/$metadata#subscriptions");
        json.WriteStartArray("value"u8);
        foreach (var (id, subscription) in _subscriptions.Where(pair => pair.Value.App == request.Token.App.ClientId))
        {
            json.WriteStartObject();
            WriteProperties(json, request, id, subscription);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    GraphAnswer Show(GraphRequest request, string text)
    {
        var (id, subscription) = Find(request, text);
        return GraphAnswer.Of(json => Write(json, request, id, subscription));
    }

    GraphAnswer Renew(GraphRequest request, string text)
    {
        var (id, subscription) = Find(request, text);
        subscription.Expires = ExpiryOf(Parse(request.Body));
        return GraphAnswer.Of(json => Write(json, request, id, subscription));
    }

    GraphAnswer Delete(GraphRequest request, string text)
    {
        _subscriptions.TryRemove(Find(request, text).Id, out _);
        return GraphAnswer.Empty(204);
    }

    GraphAnswer Reauthorize(GraphRequest request, string text)
    {
        _ = Find(request, text);
        return GraphAnswer.Empty(204);
    }

    (Guid Id, Subscription Subscription) Find(GraphRequest request, string text) =>
        Guid.TryParse(text, out var id) && _subscriptions.TryGetValue(id, out var found)
            && found.App == request.Token.App.ClientId && found.Expires > world.Time.GetUtcNow()
            ? (id, found)
            : throw new GraphError(404, "ResourceNotFound", "The object was not found.");

    static void Write(Utf8JsonWriter json, GraphRequest request, Guid id, Subscription subscription)
    {
        json.WriteString("@odata.context"u8, request.Root + "/$metadata#subscriptions/$entity");
        WriteProperties(json, request, id, subscription);
    }

    static void WriteProperties(Utf8JsonWriter json, GraphRequest request, Guid id, Subscription subscription)
    {
        json.WriteString("id"u8, id);
        json.WriteString("resource"u8, subscription.Text("resource"));
        json.WriteString("applicationId"u8, request.Token.App.ClientId);
        json.WriteString("changeType"u8, subscription.Text("changeType"));
        json.WriteString("clientState"u8, subscription.Text("clientState"));
        json.WriteString("notificationUrl"u8, subscription.Text("notificationUrl"));
        json.WriteString("lifecycleNotificationUrl"u8, subscription.Text("lifecycleNotificationUrl"));
        json.WriteString("expirationDateTime"u8, Iso(subscription.Expires));
        json.WriteString("creatorId"u8, request.Token.App.ClientId);
        json.WriteString("latestSupportedTlsVersion"u8, subscription.Text("latestSupportedTlsVersion") ?? "v1_2");
        json.WriteNull("encryptionCertificate"u8);
        json.WriteNull("encryptionCertificateId"u8);
        json.WriteNull("includeResourceData"u8);
        json.WriteNull("notificationUrlAppId"u8);
        json.WriteNull("notificationQueryOptions"u8);
    }

    static string Iso(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    static JsonObject Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject ?? throw GraphError.BadRequest("The body is no object.");
        }
        catch (JsonException)
        {
            throw GraphError.BadRequest("The body is no JSON.");
        }
    }
}

using System.Globalization;
using OnBehalf.Simulator.Audit;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Graph;

/// <summary>Graph v1.0: finds the endpoint of a request, lets it through the throttle, and turns refusals into answers.</summary>
sealed class GraphServer(World world, AuditTrail trail, SubscriptionEndpoint subscriptions, Throttle throttle, DeltaEndpoint delta)
{
    readonly DirectoryEndpoint _directory = new(world);
    readonly FolderEndpoint _folders = new(world);
    readonly MessageEndpoint _messages = new(world);
    readonly SettingsEndpoint _settings = new(world);
    readonly AuditQueryEndpoint _auditQueries = new(world, trail);
    long _requests;

    public FolderEndpoint Folders => _folders;

    public async Task<GraphAnswer> AnswerAsync(GraphRequest request, string requestId, string clientRequestId, CancellationToken cancel)
    {
        try
        {
            if (request.Token.Audience is not ("https://graph.microsoft.com" or "00000003-0000-0000-c000-000000000000"))
                throw new GraphError(401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");
            if (request.Is("$batch")) return await new BatchEndpoint(this).AnswerAsync(request, cancel);
            if (request.Path is ["subscriptions", ..]) return await subscriptions.AnswerAsync(request, cancel);
            return Route(request);
        }
        catch (GraphError error)
        {
            return error.ToAnswer(requestId, clientRequestId, world.Time.GetUtcNow());
        }
    }

    GraphAnswer Route(GraphRequest request) => request.Path switch
    {
        ["users", var key, _, ..] => RouteMailbox(request, key),
        ["users", var key] => Directory(request, "User.Read.All", () => _directory.Get(request, key)),
        ["users"] => Directory(request, "User.Read.All", () => _directory.List(request)),
        ["domains"] => Directory(request, "Domain.Read.All", () => DirectoryEndpoint.ListDomains(request)),
        ["organization"] => Directory(request, "User.Read.All", () => _directory.GetOrganization(request)),
        ["groups"] => Directory(request, "GroupMember.Read.All", () => _directory.ListGroups(request)),
        ["groups", var key, "transitiveMembers" or "members", ..] =>
            Directory(request, "GroupMember.Read.All", () => _directory.ListMembers(request, key)),
        ["security", "auditLog", "queries", ..] => _auditQueries.Answer(request),
        _ => throw GraphError.UnknownSegment(string.Join('/', request.Path)),
    };

    static GraphAnswer Directory(GraphRequest request, string role, Func<GraphAnswer> answer)
    {
        MailAccess.Demand(request.Token, role, "Directory.Read.All", "User.ReadWrite.All");
        return answer();
    }

    GraphAnswer RouteMailbox(GraphRequest request, string key)
    {
        if (request.Path[2].Equals("manager", StringComparison.OrdinalIgnoreCase))
            return Directory(request, "User.Read.All", () => _directory.GetManager(request, key));
        if (request.Path[2].StartsWith("photo", StringComparison.OrdinalIgnoreCase))
            throw new GraphError(404, "ImageNotFound",
                "Exception of type 'Microsoft.Fast.Profile.Core.Exception.ImageNotFoundException' was thrown.");
        var mailbox = world.FindMailbox(key) ?? throw WithoutMailbox(request, key);
        using var pass = throttle.Enter(request.Token.App.ClientId, mailbox.ObjectId);
        if (pass.Refusal is { } refusal) throw Throttled(refusal, pass.Wait);
        var luck = (ulong)Interlocked.Increment(ref _requests);
        if (world.Strikes(Quirk.Throttling, luck * 2 + 1)) throw ThrottledByLuck(luck);
        if (world.Strikes(Quirk.GatewayErrors, luck * 2)) return GraphError.FromGateway(Chance.Mix(luck, 4));
        return RouteContent(request, mailbox);
    }

    GraphAnswer RouteContent(GraphRequest request, Mailbox mailbox)
    {
        var path = request.Path;
        if (Names(path[2], "mailboxSettings"))
        {
            MailAccess.DemandSettings(request.Token, mailbox);
            return path.Length == 3 ? _settings.Get(request, mailbox) : _settings.GetPart(request, mailbox, path[3]);
        }
        var readsBodies = MailAccess.ReadsBodies(request.Token, mailbox);
        if (Names(path[2], "translateExchangeIds") && request.Method == "POST") return _messages.Translate(request, mailbox);
        if (request.Method != "GET") throw GraphError.AccessDenied();
        if (Names(path[2], "messages")) return RouteMessages(request, mailbox, null, 3, readsBodies);
        if (!Names(path[2], "mailFolders")) throw GraphError.UnknownSegment(path[2]);
        if (path.Length == 3) return _folders.List(request, mailbox, FolderCode.Root);
        if (path.Length == 4 && Names(path[3], "delta")) return _folders.Delta(request, mailbox);
        var folder = _folders.Find(mailbox, path[3]);
        if (path.Length == 4) return _folders.Get(request, mailbox, folder);
        if (Names(path[4], "childFolders")) return _folders.List(request, mailbox, folder.Code);
        if (!Names(path[4], "messages")) throw GraphError.UnknownSegment(path[4]);
        return path.Length == 6 && Names(path[5], "delta")
            ? delta.Answer(request, mailbox, folder.Code, readsBodies)
            : RouteMessages(request, mailbox, folder.Code, 5, readsBodies);
    }

    GraphAnswer RouteMessages(GraphRequest request, Mailbox mailbox, FolderCode? folder, int at, bool readsBodies)
    {
        var rest = request.Path.Skip(at).ToArray();
        switch (rest)
        {
            case []: return _messages.List(request, mailbox, folder, readsBodies);
            case [var one] when Names(one, "delta"):
                throw GraphError.BadRequest("Change tracking is not supported against 'microsoft.graph.message'.");
            case [var id]: return _messages.Get(request, mailbox, id, readsBodies);
            case [var id, "$value"]:
                MailAccess.DemandBodies(request.Token, mailbox);
                return _messages.GetMime(mailbox, id);
            case [_, "attachments", ..]:
                MailAccess.DemandBodies(request.Token, mailbox);
                return GraphAnswer.Of(json =>
                {
                    json.WriteStartArray("value"u8);
                    json.WriteEndArray();
                });
            default: throw GraphError.UnknownSegment(rest[^1]);
        }
    }

    static bool Names(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>An account without a mailbox differs from no account at all.</summary>
    GraphError WithoutMailbox(GraphRequest request, string key)
    {
        if (key.StartsWith("administrator@", StringComparison.OrdinalIgnoreCase)) return GraphError.NoMailbox();
        if (request.Token.Roles.Count == 0) return GraphError.AccessDenied();
        return DirectoryEntry.AllOf(world.Company).Any(entry => entry.IsCalled(key, world.Now))
            ? GraphError.NoMailbox()
            : new GraphError(404, "ErrorInvalidUser", $"The requested user '{key}' is invalid.");
    }

    static GraphError Throttled(string limit, TimeSpan wait) =>
        new(429, "ApplicationThrottled", $"Application is over its {limit} limit.")
        {
            RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
        };

    /// <summary>Retry-After may be whole, fractional (Graph throttling guidance) or missing.</summary>
    static GraphError ThrottledByLuck(ulong luck) =>
        new(429, luck % 2 == 0 ? "TooManyRequests" : "ApplicationThrottled", "Please retry again later.")
        {
            RetryAfter = (Chance.Mix(luck, 6) % 3) switch { 0 => "1", 1 => "2.128", _ => null },
        };
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using OnBehalf.Simulator.Audit;
using OnBehalf.Simulator.Exchange;
using OnBehalf.Simulator.Graph;
using OnBehalf.Simulator.Identities;

namespace OnBehalf.Simulator;

/// <summary>Takes HTTP requests, finds out who asks, and sends them to the endpoint their address belongs to.</summary>
sealed class FrontDoor(
    World world, TokenEndpoint tokens, TokenMint mint, GraphServer graph, ActivityFeed feed, ExchangeAdmin exchange)
{
    const string Feed = "/activity/feed/";

    public async Task AnswerAsync(HttpContext context)
    {
        var requestId = Guid.NewGuid().ToString();
        var clientRequestId = (string?)context.Request.Headers["client-request-id"] ?? requestId;
        using var answer = await RouteAsync(context, requestId, clientRequestId);
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["request-id"] = requestId;
        response.Headers["client-request-id"] = clientRequestId;
        response.Headers["x-ms-ags-diagnostic"] =
            """{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5","ScaleUnit":"003","RoleInstance":"AM4PEPF00012345"}}""";
        response.Headers.Date = world.Time.GetUtcNow().AddSeconds(world.Company.Options.ClockSkewSeconds)
            .ToString("R", CultureInfo.InvariantCulture);
        ApplyPreferences(context, answer);
        foreach (var header in answer.Headers) response.Headers[header.Key] = header.Value;
        if (answer.ContentType is not null) response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        if (answer.Body.Length > 0) await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    static void ApplyPreferences(HttpContext context, GraphAnswer answer)
    {
        if (answer.Status != 200 || context.Request.Headers["Prefer"] is not { Count: > 0 } prefer) return;
        var applied = prefer.SelectMany(text => (text ?? "").Split(',', StringSplitOptions.TrimEntries))
            .Where(text => text.StartsWith("IdType", StringComparison.OrdinalIgnoreCase)
                || text.StartsWith("odata.maxpagesize", StringComparison.OrdinalIgnoreCase));
        context.Response.Headers["Preference-Applied"] = string.Join(", ", applied);
    }

    async Task<GraphAnswer> RouteAsync(HttpContext context, string requestId, string clientRequestId)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.EndsWith("/token", StringComparison.OrdinalIgnoreCase) && path.Contains("/oauth2/", StringComparison.OrdinalIgnoreCase))
            return await SignInAsync(context, path);
        var token = ReadToken(context, out var refusal);
        if (token is null) return Unauthorized(refusal, requestId, clientRequestId);
        var raw = context.Request.Path.ToUriComponent();
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        var root = address + "/v1.0";
        if (path.StartsWith("/v1.0/", StringComparison.OrdinalIgnoreCase))
            return await graph.AnswerAsync(
                await ToRequestAsync(context, token, raw[6..], root), requestId, clientRequestId, context.RequestAborted);
        if (path.IndexOf(Feed, StringComparison.OrdinalIgnoreCase) is > 0 and var at)
            return feed.Answer(await ToRequestAsync(context, token, path[(at + Feed.Length)..], root),
                address + path[..(at + Feed.Length - 1)]);
        if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["adminapi", var version, _, .. var rest])
            return exchange.Answer(
                await ToRequestAsync(context, token, string.Join('/', rest), root), address + path, version);
        return GraphError.UnknownSegment(path).ToAnswer(requestId, clientRequestId, world.Time.GetUtcNow());
    }

    async Task<GraphAnswer> SignInAsync(HttpContext context, string path)
    {
        var form = context.Request.HasFormContentType
            ? (await context.Request.ReadFormAsync(context.RequestAborted)).ToDictionary(field => field.Key, field =>
                field.Value.ToString())
            : [];
        return tokens.Answer(path.Split('/', StringSplitOptions.RemoveEmptyEntries)[0], form);
    }

    AccessToken? ReadToken(HttpContext context, out string refusal)
    {
        const string bearer = "Bearer ";
        refusal = "Access token is empty.";
        if ((string?)context.Request.Headers.Authorization is not { } header
            || !header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)) return null;
        refusal = "CompactToken parsing failed with error code: 80049217";
        if (mint.Read(header[bearer.Length..].Trim()) is not { } token) return null;
        refusal = "Lifetime validation failed, the token is expired.";
        return token.Expires > world.Time.GetUtcNow() ? token : null;
    }

    GraphAnswer Unauthorized(string refusal, string requestId, string clientRequestId) =>
        new GraphError(401, "InvalidAuthenticationToken", refusal)
            .ToAnswer(requestId, clientRequestId, world.Time.GetUtcNow())
            .With("WWW-Authenticate", "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"");

    static async Task<GraphRequest> ToRequestAsync(HttpContext context, AccessToken token, string path, string root)
    {
        ReadOnlyMemory<byte> body = default;
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
            body = buffer.ToArray();
        }
        return new GraphRequest
        {
            Method = context.Request.Method, Path = GraphRequest.Cut(path), Root = root, Token = token, Body = body,
            Query = GraphRequest.ReadQuery(context.Request.QueryString.Value ?? ""),
            Prefer = context.Request.Headers["Prefer"].ToString(),
        };
    }
}

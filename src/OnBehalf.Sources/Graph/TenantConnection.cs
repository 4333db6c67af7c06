using System.Buffers.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using NodaTime;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// A tenant that we may ask: signs in as an application, and sends requests to Graph, the Management Activity API and
/// the Exchange admin API of the tenant's cloud. Tokens stay inside, and nothing here prints a secret. Thread-safe.
/// </summary>
public sealed class TenantConnection : IDisposable
{
    readonly AppCredential _credential;
    readonly TimeProvider _time;
    readonly HttpMessageHandler _wire;
    readonly ClockWatch _clock;
    readonly HttpClient _signIn;
    TokenCredential _tokens;

    /// <param name="cloud">The tenant's cloud.</param>
    /// <param name="tenant">The tenant's id, or one of its domains.</param>
    /// <param name="client">The application's id.</param>
    /// <param name="credential">What it signs in with.</param>
    /// <param name="time">The clock of waits and of a certificate's end.</param>
    /// <exception cref="Mistake">invalid: an id that is none.</exception>
    public TenantConnection(
        NationalCloud cloud, string tenant, string client, AppCredential credential, TimeProvider time)
        : this(cloud, tenant, client, credential, time, Wire())
    {
    }

    /// <param name="cloud">The tenant's cloud.</param>
    /// <param name="tenant">The tenant's id, or one of its domains.</param>
    /// <param name="client">The application's id.</param>
    /// <param name="credential">What it signs in with.</param>
    /// <param name="time">The clock of waits and of a certificate's end.</param>
    /// <param name="wire">What requests go out by: tests answer them here.</param>
    internal TenantConnection(
        NationalCloud cloud, string tenant, string client, AppCredential credential, TimeProvider time,
        HttpMessageHandler wire)
    {
        (Cloud, Tenant, Client) = (cloud, Name("tenant", tenant), Name("application", client));
        (_credential, _time) = (credential, time);
        _clock = new ClockWatch(time, cloud.Loopback is null ? wire : new LoopbackRoute(cloud, wire));
        _wire = _clock;
        _signIn = new(_wire, disposeHandler: false);
        _tokens = NewTokens();
        Throttle = new GraphThrottle(time, new TokenHandler(this, _wire));
        Http = GraphClientFactory.Create(Middleware(), finalHandler: Throttle, disposeHandler: false);
        Http.Timeout = Timeout.InfiniteTimeSpan; // Waiting for a turn is no failure; the throttle limits each attempt.
    }

    /// <summary>The tenant's cloud.</summary>
    public NationalCloud Cloud { get; }

    /// <summary>The tenant's id, or one of its domains.</summary>
    public string Tenant { get; }

    /// <summary>The application's id.</summary>
    public string Client { get; }

    /// <summary>When the certificate ends; null for a secret.</summary>
    public DateTimeOffset? CredentialExpires => _credential.Expires;

    /// <summary>Whether the cloud has a Management Activity API.</summary>
    public bool HasActivity => Cloud.Manage is not null;

    /// <summary>
    /// By how much this machine's clock is ahead of the services'; null before they answered anything, and where a simulator
    /// lives in another season.
    /// </summary>
    public Duration? ClockAhead => Cloud.Loopback is not null && _clock.Ahead is { } ahead
        && (ahead > Duration.FromDays(1) || ahead < Duration.FromDays(-1)) ? null : _clock.Ahead;

    /// <summary>
    /// Sends requests to any of the three roots below, with the right token, and waits and tries again as the services
    /// ask. It follows no link to another host.
    /// </summary>
    internal HttpClient Http { get; }

    /// <summary>The root of Graph v1.0, with a slash at its end.</summary>
    internal Uri Graph => new($"https://{Cloud.Graph}/v1.0/");

    /// <summary>The root of the tenant's activity feed, with a slash at its end; null where the cloud has none.</summary>
    internal Uri? Activity => Cloud.Manage is { } host ? new($"https://{host}/api/v1.0/{Tenant}/activity/feed/") : null;

    /// <summary>The root of the tenant's Exchange admin API, with a slash at its end.</summary>
    internal Uri Exchange => new($"https://{Cloud.Outlook}/adminapi/beta/{Tenant}/");

    internal GraphThrottle Throttle { get; }

    /// <summary>
    /// Signs in, and says what the application was allowed for Graph, as the token lists it. Permissions that were
    /// given in Exchange (RBAC for Applications) are not listed: their absence proves nothing.
    /// </summary>
    /// <exception cref="Mistake">invalid: refused, with the remedy. unavailable: no answer.</exception>
    public Task<IReadOnlyList<string>> GraphRolesAsync(CancellationToken cancellation) =>
        RolesAsync(Cloud.Graph, cancellation);

    /// <summary>As <see cref="GraphRolesAsync"/>, for the Office 365 Management APIs.</summary>
    /// <exception cref="Mistake">invalid: refused, with the remedy. unavailable: no answer, or no such API here.</exception>
    public Task<IReadOnlyList<string>> ActivityRolesAsync(CancellationToken cancellation) => RolesAsync(Cloud.Manage
        ?? throw new Mistake("unavailable", $"The cloud {Cloud.Name} has no Management Activity API."), cancellation);

    /// <summary>As <see cref="GraphRolesAsync"/>, for Exchange Online.</summary>
    /// <exception cref="Mistake">invalid: refused, with the remedy. unavailable: no answer.</exception>
    public Task<IReadOnlyList<string>> ExchangeRolesAsync(CancellationToken cancellation) =>
        RolesAsync(Cloud.Outlook, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Http.Dispose();
        _signIn.Dispose();
        Throttle.Dispose();
        _wire.Dispose();
    }

    /// <summary>What a token for this host is asked for; null: the host is none of the cloud's.</summary>
    internal string? ScopeOf(string host) =>
        host.Equals(Cloud.Graph, StringComparison.OrdinalIgnoreCase)
        || host.Equals(Cloud.Manage, StringComparison.OrdinalIgnoreCase)
        || host.Equals(Cloud.Outlook, StringComparison.OrdinalIgnoreCase)
            ? $"https://{host.ToLowerInvariant()}/.default" : null;

    /// <summary>A token, from memory while it lasts.</summary>
    /// <exception cref="Mistake">invalid: refused, with the remedy. unavailable: no answer.</exception>
    internal async Task<AccessToken> TokenAsync(string scope, CancellationToken cancellation)
    {
        if (_credential.Expires is { } end && end <= _time.GetUtcNow())
            throw new Mistake("invalid", $"The certificate of application {Client} expired on {end:yyyy-MM-dd}. Make a new "
                + "one and upload its public part in Entra under App registrations, Certificates & secrets. "
                + "What was read is stored; run the same command again afterwards.");
        try
        {
            return await _tokens.GetTokenAsync(new TokenRequestContext([scope]), cancellation);
        }
        catch (AuthenticationFailedException refused)
        {
            throw SignInTrouble.ToMistake(refused, Tenant, Client, Cloud);
        }
    }

    /// <summary>Asks for new tokens from here on.</summary>
    internal void ForgetTokens() => _tokens = NewTokens();

    async Task<IReadOnlyList<string>> RolesAsync(string host, CancellationToken cancellation)
    {
        var token = await TokenAsync($"https://{host}/.default", cancellation);
        var parts = token.Token.Split('.');
        if (parts.Length < 2 || !Base64Url.IsValid(parts[1])) return [];
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        return claims.RootElement.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
            ? [.. roles.EnumerateArray().Select(role => role.ToString())] : [];
    }

    // The authority comes from our own table of clouds, so nobody need be asked whether it is one.
    TokenCredential NewTokens() => _credential.ToTokenCredential(
        Tenant, Client, new Uri($"https://{Cloud.Login}/"), new HttpClientTransport(_signIn));

    // All of Microsoft's steps but its retry, which neither reads a fractional Retry-After nor knows of mailboxes.
    static IEnumerable<DelegatingHandler> Middleware() =>
        GraphClientFactory.CreateDefaultHandlers().Where(handler => handler is not RetryHandler);

    static HttpMessageHandler Wire() => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        ConnectTimeout = TimeSpan.FromSeconds(30),
    };

    static string Name(string what, string id) =>
        id.Length is > 0 and <= 255 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.')
            ? id : throw new Mistake("invalid", $"{id} is no id of {what}; it looks like 00000000-0000-0000-0000-000000000000.");
}

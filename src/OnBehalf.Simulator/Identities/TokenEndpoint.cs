using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using OnBehalf.Simulator.Graph;

namespace OnBehalf.Simulator.Identities;

/// <summary>
/// POST /{tenant}/oauth2/v2.0/token and the older /oauth2/token: client credentials by secret or certificate, and the
/// AADSTS errors an administrator meets.
/// </summary>
sealed class TokenEndpoint(Guid tenant, string domain, IReadOnlyList<RegisteredApp> apps, TokenMint mint, TimeProvider time)
{
    /// <summary>An assertion lives ten minutes at most; five minutes of clock difference are forgiven.</summary>
    static readonly TimeSpan ForgivenSkew = TimeSpan.FromMinutes(5);

    const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    static readonly Dictionary<string, string[]> RolesOfResource = new()
    {
        ["https://manage.office.com"] = ["ActivityFeed."],
        ["https://outlook.office365.com"] = ["Exchange.", "full_access_as_app"],
    };

    public GraphAnswer Answer(string tenantKey, IReadOnlyDictionary<string, string> form)
    {
        try
        {
            return Issue(tenantKey, form);
        }
        catch (SignInError error)
        {
            return ToAnswer(error);
        }
    }

    GraphAnswer Issue(string tenantKey, IReadOnlyDictionary<string, string> form)
    {
        DemandTenant(tenantKey);
        if (form.GetValueOrDefault("grant_type") != "client_credentials")
            throw new SignInError(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.");
        var id = form.GetValueOrDefault("client_id")
            ?? throw new SignInError(400, "invalid_request", 900144, "The request body must contain the following parameter: 'client_id'.");
        var app = apps.FirstOrDefault(known => known.ClientId.Equals(id, StringComparison.OrdinalIgnoreCase))
            ?? throw new SignInError(400, "unauthorized_client", 700016,
                $"Application with identifier '{id}' was not found in the directory 'Acme'.");
        if (!app.IsConsented)
            throw new SignInError(400, "unauthorized_client", 7000229,
                $"The client application {id} is missing service principal in the tenant {tenant}.");
        if (app.IsDisabled) throw new SignInError(400, "unauthorized_client", 7000112, $"Application '{id}' is disabled.");
        DemandCredential(app, form);
        var audience = AudienceOf(form);
        var token = mint.Issue(app, audience, RolesFor(app, audience));
        return GraphAnswer.Of(json =>
        {
            var seconds = (int)app.TokenLifetime.TotalSeconds;
            json.WriteString("token_type"u8, "Bearer"u8);
            json.WriteNumber("expires_in"u8, seconds);
            json.WriteNumber("ext_expires_in"u8, seconds);
            json.WriteString("access_token"u8, token);
        });
    }

    void DemandTenant(string key)
    {
        if (key.Equals(tenant.ToString(), StringComparison.OrdinalIgnoreCase) || key.Equals(domain,
            StringComparison.OrdinalIgnoreCase)) return;
        if (Guid.TryParse(key, out _) || key.Contains('.', StringComparison.Ordinal))
            throw new SignInError(400, "invalid_request", 90002,
                $"Tenant '{key}' not found. Check to make sure you have the correct tenant ID " +
                "and are signing into the correct cloud.");
        throw new SignInError(400, "invalid_request", 900023, $"Specified tenant identifier '{key}' is neither a valid DNS name, " +
            "nor a valid external domain.");
    }

    static string AudienceOf(IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("resource") is { } resource) return resource.TrimEnd('/');
        var scope = form.GetValueOrDefault("scope") ?? "";
        const string all = "/.default";
        return scope.EndsWith(all, StringComparison.Ordinal)
            ? scope[..^all.Length].TrimEnd('/')
            : throw new SignInError(400, "invalid_scope", 70011,
                $"The provided request must include a 'scope' input parameter. The provided " +
                $"value for the input parameter 'scope' is not valid. The scope {scope} is not valid.");
    }

    static IEnumerable<string> RolesFor(RegisteredApp app, string audience)
    {
        if (RolesOfResource.TryGetValue(audience, out var mine))
            return app.Roles.Where(role => mine.Any(start => role.StartsWith(start, StringComparison.Ordinal)));
        var others = RolesOfResource.Values.SelectMany(starts => starts).ToArray();
        return app.Roles.Where(role => !others.Any(start => role.StartsWith(start, StringComparison.Ordinal)));
    }

    void DemandCredential(RegisteredApp app, IReadOnlyDictionary<string, string> form)
    {
        if (form.GetValueOrDefault("client_assertion") is { } assertion)
        {
            if (form.GetValueOrDefault("client_assertion_type") != AssertionType)
                throw new SignInError(400, "invalid_request", 900144, "The request body must contain: 'client_assertion_type'.");
            DemandAssertion(app, assertion);
            return;
        }
        var secret = form.GetValueOrDefault("client_secret")
            ?? throw new SignInError(401, "invalid_client", 7000218, "The request body must contain the following parameter: " +
                "'client_assertion' or 'client_secret'.");
        if (secret != app.Secret)
            throw new SignInError(401, "invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent in the " +
                $"request is the client secret value, not the client secret ID, for a secret added to app '{app.ClientId}'.");
        if (app.SecretExpires <= time.GetUtcNow())
            throw new SignInError(401, "invalid_client", 7000222, $"The provided client secret keys for app '{app.ClientId}' are expired.");
    }

    void DemandAssertion(RegisteredApp app, string assertion)
    {
        var parts = assertion.Split('.');
        if (parts.Length != 3 || Parse(parts[0]) is not { } header || Parse(parts[1]) is not { } claims)
            throw new SignInError(400, "invalid_client", 50027, "JWT token is invalid or malformed.");
        var signed = Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]);
        if (!app.Certificates.Any(certificate => IsSignedBy(certificate, header, signed, parts[2])))
            throw new SignInError(401, "invalid_client", 700027,
                "The certificate with identifier used to sign the client assertion is not " +
                "registered on application.");
        if (Text(claims, "iss") != app.ClientId || Text(claims, "sub") != app.ClientId)
            throw new SignInError(401, "invalid_client", 700021,
                "Client assertion application identifier doesn't match 'client_id' parameter.");
        if (Text(claims, "aud")?.Contains(tenant.ToString(), StringComparison.OrdinalIgnoreCase) != true)
            throw new SignInError(401, "invalid_client", 700023, "Client assertion audience claim does not match Realm issuer.");
        DemandTimes(claims);
    }

    void DemandTimes(JsonElement claims)
    {
        var now = time.GetUtcNow();
        var begins = Number(claims, "nbf") is { } nbf ? DateTimeOffset.FromUnixTimeSeconds(nbf) : now;
        var ends = DateTimeOffset.FromUnixTimeSeconds(Number(claims, "exp") ?? 0);
        if (begins - ForgivenSkew > now || ends + ForgivenSkew < now)
            throw new SignInError(401, "invalid_client", 700024, "Client assertion is not within its valid time range. " +
                $"Current time: {now.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z, assertion valid from {begins.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z, " +
                $"expiry time of assertion {ends.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z.");
    }

    bool IsSignedBy(X509Certificate2 certificate, JsonElement header, byte[] signed, string signature)
    {
        if (certificate.NotAfter.ToUniversalTime() < time.GetUtcNow().UtcDateTime) return false;
        if (Text(header, "x5t#S256") is { } thumbprint
            && thumbprint != Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256))) return false;
        using var key = certificate.GetRSAPublicKey();
        var padding = Text(header, "alg") == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return key is not null && Base64Url.IsValid(signature)
            && key.VerifyData(signed, Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, padding);
    }

    static JsonElement? Parse(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        try
        {
            var element = JsonElement.Parse(Base64Url.DecodeFromChars(part));
            return element.ValueKind == JsonValueKind.Object ? element : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Microsoft's own client library writes times as texts in some versions, and Entra takes them.
    static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
        && long.TryParse(value.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    GraphAnswer ToAnswer(SignInError error)
    {
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var (trace, correlation) = (Chance.GuidFrom((ulong)error.Number), Chance.GuidFrom((ulong)error.Number + 1));
        return GraphAnswer.Of(json =>
        {
            json.WriteString("error"u8, error.Code);
            json.WriteString("error_description"u8,
                $"AADSTS{error.Number}: {error.Message} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}");
            json.WriteStartArray("error_codes"u8);
            json.WriteNumberValue(error.Number);
            json.WriteEndArray();
            json.WriteString("timestamp"u8, stamp);
            json.WriteString("trace_id"u8, trace);
            json.WriteString("correlation_id"u8, correlation);
            json.WriteString("error_uri"u8, $"https://login.microsoftonline.com/error?code={error.Number}");
        }, error.Status);
    }

    sealed class SignInError(int status, string code, int number, string message) : Exception(message)
    {
        public int Status => status;
        public string Code => code;
        public int Number => number;
    }
}

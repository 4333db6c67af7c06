using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnBehalf.Simulator.Identities;

/// <summary>What a bearer of a token is and may do.</summary>
sealed record AccessToken(RegisteredApp App, string Audience, IReadOnlySet<string> Roles, DateTimeOffset Expires)
{
    public bool Holds(params ReadOnlySpan<string> anyOf)
    {
        foreach (var role in anyOf)
            if (Roles.Contains(role)) return true;
        return false;
    }
}

/// <summary>Makes and reads the tenant's tokens: JWTs with the claims a connection test looks at, signed with a key of the run.</summary>
sealed class TokenMint(Guid tenant, IReadOnlyList<RegisteredApp> apps, TimeProvider time)
{
    readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Issue(RegisteredApp app, string audience, IEnumerable<string> roles)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["aud"] = audience,
            ["iss"] = $"https://sts.windows.net/{tenant}/",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + app.TokenLifetime).ToUnixTimeSeconds(),
            ["appid"] = app.ClientId,
            ["idtyp"] = "app",
            ["tid"] = tenant.ToString(),
            ["ver"] = "1.0",
        };
        if (roles.ToArray() is { Length: > 0 } held) claims["roles"] = new JsonArray([.. held.Select(role => (JsonNode)role)]);
        var signed = Part("""{"typ":"JWT","alg":"HS256","kid":"simulated"}""") + "." + Part(claims.ToJsonString());
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)));
    }

    /// <summary>Who bears this token; null when it is none of ours. Whether it has expired is for the caller to see.</summary>
    public AccessToken? Read(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3) return null;
        var signature = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]));
        if (Base64Url.EncodeToString(signature) != parts[2]) return null;
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var root = claims.RootElement;
        var app = apps.FirstOrDefault(known => known.ClientId == root.GetProperty("appid").GetString());
        if (app is null) return null;
        var roles = root.TryGetProperty("roles", out var held)
            ? held.EnumerateArray().Select(role => role.GetString()!).ToHashSet()
            : [];
        var expires = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp").GetInt64());
        return new AccessToken(app, root.GetProperty("aud").GetString()!, roles, expires);
    }

    static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

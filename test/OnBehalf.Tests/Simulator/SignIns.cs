using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;

namespace OnBehalf.Tests.Simulator;

/// <summary>What the token endpoint says to good and bad credentials.</summary>
public sealed class SignIns
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly Guid Tenant = Guid.Parse("0873ee4d-d342-44f2-8961-74c442a2fad2");

    static (int Status, string Body) SignIn(RegisteredApp app, string tenant, params (string Name, string Value)[] changes)
    {
        var clock = new WorldClock(Now);
        var endpoint = new TokenEndpoint(Tenant, "acme.onmicrosoft.example", [app], new TokenMint(Tenant, [app], clock), clock);
        var form = new Dictionary<string, string>
        {
            ["client_id"] = app.ClientId, ["client_secret"] = app.Secret ?? "", ["grant_type"] = "client_credentials",
            ["scope"] = "https://graph.microsoft.com/.default",
        };
        foreach (var (name, value) in changes)
            if (value.Length == 0) form.Remove(name);
            else form[name] = value;
        var answer = endpoint.Answer(tenant, form);
        return (answer.Status, Encoding.UTF8.GetString(answer.Body.Span));
    }

    public static TheoryData<string, int, string, string> Refusals => new()
    {
        { "secret", 401, "invalid_client", "7000215" },
        { "no secret", 401, "invalid_client", "7000218" },
        { "expired", 401, "invalid_client", "7000222" },
        { "unknown app", 400, "unauthorized_client", "700016" },
        { "no consent", 400, "unauthorized_client", "7000229" },
        { "disabled", 400, "unauthorized_client", "7000112" },
        { "tenant", 400, "invalid_request", "90002" },
        { "malformed tenant", 400, "invalid_request", "900023" },
        { "scope", 400, "invalid_scope", "70011" },
        { "grant", 400, "unsupported_grant_type", "70003" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Bad_credentials_are_refused_in_Entras_words(string what, int status, string error, string number)
    {
        var app = RegisteredApp.Default;
        var (gotStatus, body) = what switch
        {
            "secret" => SignIn(app, $"{Tenant}", ("client_secret", "wrong")),
            "no secret" => SignIn(app, $"{Tenant}", ("client_secret", "")),
            "expired" => SignIn(app with { SecretExpires = Now.AddDays(-1) }, $"{Tenant}"),
            "unknown app" => SignIn(app, $"{Tenant}", ("client_id", "00000000-0000-0000-0000-000000000001")),
            "no consent" => SignIn(app with { IsConsented = false }, $"{Tenant}"),
            "disabled" => SignIn(app with { IsDisabled = true }, $"{Tenant}"),
            "tenant" => SignIn(app, "00000000-0000-0000-0000-000000000001"),
            "malformed tenant" => SignIn(app, "nonsense"),
            "scope" => SignIn(app, $"{Tenant}", ("scope", "Mail.Read")),
            _ => SignIn(app, $"{Tenant}", ("grant_type", "password")),
        };
        Assert.Equal(status, gotStatus);
        Assert.Contains($"\"error\":\"{error}\"", body, StringComparison.Ordinal);
        Assert.Contains($"AADSTS{number}:", body, StringComparison.Ordinal);
        Assert.Contains($"\"error_codes\":[{number}]", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good", 200, "Bearer")]
    [InlineData("other key", 401, "AADSTS700027")]
    [InlineData("other app", 401, "AADSTS700021")]
    [InlineData("other audience", 401, "AADSTS700023")]
    [InlineData("old", 401, "AADSTS700024")]
    [InlineData("nonsense", 400, "AADSTS50027")]
    public void A_certificate_assertion_is_checked(string what, int status, string word)
    {
        using var registered = Certificate();
        using var other = Certificate();
        var app = RegisteredApp.Default with { Certificates = [registered] };
        var at = what == "old" ? Now.AddHours(-1) : Now;
        var assertion = what == "nonsense" ? "a.b" : Assertion(
            what == "other key" ? other : registered,
            what == "other app" ? "another" : app.ClientId,
            what == "other audience" ? "https://elsewhere.example" : $"https://login.microsoftonline.com/{Tenant}/oauth2/v2.0/token", at);
        var (gotStatus, body) = SignIn(app, $"{Tenant}", ("client_secret", ""), ("client_assertion", assertion),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
        Assert.Equal(status, gotStatus);
        Assert.Contains(word, body, StringComparison.Ordinal);
    }

    static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2_048);
        return new CertificateRequest("CN=reader", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    static string Assertion(X509Certificate2 certificate, string app, string audience, DateTimeOffset at)
    {
        var thumbprint = Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256));
        var header = Part($$"""{"alg":"PS256","typ":"JWT","x5t#S256":"{{thumbprint}}"}""");
        var claims = Part($$"""
            {"aud":"{{audience}}","iss":"{{app}}","sub":"{{app}}","jti":"1","nbf":{{at.ToUnixTimeSeconds()}},
             "exp":{{at.AddMinutes(9).ToUnixTimeSeconds()}}}
            """);
        using var key = certificate.GetRSAPrivateKey()!;
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature)}";
    }

    static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

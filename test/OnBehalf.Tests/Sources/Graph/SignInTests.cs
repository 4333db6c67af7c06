using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OnBehalf.Engine;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>Signing in to a simulated tenant: what works, and what an administrator is told when it does not.</summary>
public sealed class SignInTests
{
    static readonly RegisteredApp App = RegisteredApp.Default;

    [Fact]
    public async Task A_secret_signs_in_and_the_token_says_what_was_allowed()
    {
        await using var tenant = await StartAsync(App);
        using var connection = Connect(tenant, AppCredential.OfSecret(App.Secret!));
        Assert.Contains("Mail.ReadBasic.All", await connection.GraphRolesAsync(Cancel));
        Assert.Equal(["ActivityFeed.Read"], await connection.ActivityRolesAsync(Cancel));
        Assert.Equal(["Exchange.ManageAsApp"], await connection.ExchangeRolesAsync(Cancel));
    }

    [Fact]
    public async Task A_certificate_signs_in()
    {
        using var certificate = Certificate(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var tenant = await StartAsync(App with { Certificates = [certificate] }, TimeProvider.System);
        using var connection = Connect(tenant, AppCredential.OfCertificate(certificate));
        Assert.Contains("User.Read.All", await connection.GraphRolesAsync(Cancel));
    }

    [Fact]
    public async Task A_request_carries_the_token_of_its_own_host()
    {
        await using var tenant = await StartAsync(App);
        using var connection = Connect(tenant, AppCredential.OfSecret(App.Secret!));
        using var domains = await connection.Http.GetAsync(new Uri(connection.Graph, "domains"), Cancel);
        Assert.Equal(HttpStatusCode.OK, domains.StatusCode);
        using var feed = await connection.Http.GetAsync(new Uri(connection.Activity!, "subscriptions/list"), Cancel);
        Assert.Equal(HttpStatusCode.OK, feed.StatusCode);
    }

    [Fact]
    public async Task No_token_goes_to_another_host()
    {
        await using var tenant = await StartAsync(App);
        using var connection = Connect(tenant, AppCredential.OfSecret(App.Secret!));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => connection.Http.GetAsync("https://graph.microsoft.com.acme.example/v1.0/domains", Cancel));
        Assert.Contains("no host of the cloud", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret", "its value")]
    [InlineData("expired", "has expired")]
    [InlineData("consent", "Grant admin consent")]
    [InlineData("disabled", "Enterprise applications")]
    [InlineData("tenant", "Check the tenant id")]
    [InlineData("client", "Check both ids")]
    public async Task A_refusal_says_what_to_do(string fault, string remedy)
    {
        var app = fault switch
        {
            "expired" => App with { SecretExpires = DateTimeOffset.UnixEpoch },
            "consent" => App with { IsConsented = false },
            "disabled" => App with { IsDisabled = true },
            _ => App,
        };
        await using var tenant = await StartAsync(app);
        using var connection = new TenantConnection(
            NationalCloud.Parse(tenant.BaseAddress.ToString()),
            fault == "tenant" ? Guid.NewGuid().ToString() : tenant.TenantId.ToString(),
            fault == "client" ? Guid.NewGuid().ToString() : app.ClientId,
            AppCredential.OfSecret(fault == "secret" ? "wrong-secret" : app.Secret!), TimeProvider.System);
        var mistake = await Assert.ThrowsAsync<Mistake>(() => connection.GraphRolesAsync(Cancel));
        Assert.Equal("invalid", mistake.Code);
        Assert.Contains(remedy, mistake.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", mistake.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_expires_while_we_read_is_named_with_its_day()
    {
        using var certificate = Certificate(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero));
        var clock = new WorldClock(new(2026, 3, 31, 23, 0, 0, TimeSpan.Zero));
        await using var tenant = await StartAsync(App with { Certificates = [certificate] }, clock);
        using var connection = Connect(tenant, AppCredential.OfCertificate(certificate), clock);
        clock.Advance(TimeSpan.FromHours(2));
        var mistake = await Assert.ThrowsAsync<Mistake>(() => connection.GraphRolesAsync(Cancel));
        Assert.Contains("expired on 2026-04-01", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_does_not_answer_is_unavailable()
    {
        var tenant = await StartAsync(App);
        using var connection = Connect(tenant, AppCredential.OfSecret(App.Secret!));
        await tenant.DisposeAsync();
        var mistake = await Assert.ThrowsAsync<Mistake>(() => connection.GraphRolesAsync(Cancel));
        Assert.Equal("unavailable", mistake.Code);
    }

    [Theory]
    [InlineData("global", "graph.microsoft.com")]
    [InlineData("GCC-High", "graph.microsoft.us")]
    [InlineData("china", "microsoftgraph.chinacloudapi.cn")]
    [InlineData("http://127.0.0.1:5080", "graph.microsoft.com")]
    [InlineData("http://[::1]:5080", "graph.microsoft.com")]
    public void Clouds_have_names(string name, string graph) => Assert.Equal(graph, NationalCloud.Parse(name).Graph);

    [Theory]
    [InlineData("mars")]
    [InlineData("http://graph.acme.example")]
    [InlineData("http://localhost:5080")]
    [InlineData("https://127.0.0.1.acme.example")]
    public void Only_this_machine_may_pretend_to_be_a_cloud(string name) =>
        Assert.Equal("invalid", Assert.Throws<Mistake>(() => NationalCloud.Parse(name)).Code);

    [Fact]
    public void A_secret_is_never_given_as_itself()
    {
        var mistake = Assert.Throws<Mistake>(() => AppCredential.Load("s3cr3t~value"));
        Assert.DoesNotContain("s3cr3t", mistake.Message, StringComparison.Ordinal);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Task<SimulatedTenant> StartAsync(RegisteredApp app, TimeProvider? time = null)
    {
        var options = new SimulationOptions { Scenario = Scenario.ByName("tiny"), Quirks = Quirks.None, Apps = [app] };
        return SimulatedTenant.StartAsync(options, time ?? new WorldClock(options.End), Cancel);
    }

    static TenantConnection Connect(SimulatedTenant tenant, AppCredential credential, TimeProvider? time = null) =>
        new(NationalCloud.Parse(tenant.BaseAddress.ToString()), tenant.TenantId.ToString(), App.ClientId, credential,
            time ?? TimeProvider.System);

    static X509Certificate2 Certificate(DateTimeOffset from, DateTimeOffset to)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=onbehalf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(from, to);
    }
}

using System.Net.Http.Headers;
using System.Text.Json;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;

namespace OnBehalf.Tests.Simulator;

/// <summary>A plain HTTP client of a simulated tenant: signs in, asks, and follows links.</summary>
sealed class Reader : IAsyncDisposable
{
    public const string Immutable = "IdType=\"ImmutableId\"";

    readonly HttpClient _http = new();

    Reader(SimulatedTenant tenant, WorldClock clock) => (Tenant, Clock) = (tenant, clock);

    public SimulatedTenant Tenant { get; }
    public WorldClock Clock { get; }

    /// <summary>A tenant at the end of its world, and a reader signed in to Graph.</summary>
    public static async Task<Reader> OpenAsync(
        string scenario = "tiny", Quirks? quirks = null, RegisteredApp? app = null, int seed = 42, Scenario? exactly = null,
        double before = 0, string scope = "https://graph.microsoft.com/.default")
    {
        var options = new SimulationOptions
        {
            Scenario = exactly ?? Scenario.ByName(scenario), Seed = seed, Quirks = quirks ?? Quirks.None,
            // Most tests move the clock by days and are not about tokens.
            Apps = [app ?? RegisteredApp.Default with { TokenLifetime = TimeSpan.FromDays(400) }],
        };
        var clock = new WorldClock(options.End.AddDays(-before));
        var tenant = await SimulatedTenant.StartAsync(options, clock, TestContext.Current.CancellationToken);
        var reader = new Reader(tenant, clock);
        await reader.SignInAsync(options.Apps[0], scope);
        return reader;
    }

    public async Task SignInAsync(RegisteredApp app, string scope)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = app.ClientId, ["client_secret"] = app.Secret!, ["scope"] = scope, ["grant_type"] = "client_credentials",
        });
        var answer = await SendAsync(HttpMethod.Post, $"{Tenant.TenantId}/oauth2/v2.0/token", content: form);
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", answer.Json.GetProperty("access_token").GetString());
    }

    /// <summary>GET below /v1.0, or of a whole link.</summary>
    public Task<Answer> GetAsync(string path, params string[] prefer) =>
        SendAsync(HttpMethod.Get, path.StartsWith("http", StringComparison.Ordinal) ? path : "v1.0/" + path, prefer);

    public Task<Answer> PostAsync(string path, string json) =>
        SendAsync(HttpMethod.Post, path, content: new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    public async Task<Answer> SendAsync(HttpMethod method, string path, string[]? prefer = null, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Tenant.BaseAddress, path)) { Content = content };
        foreach (var preference in prefer ?? []) request.Headers.Add("Prefer", preference);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, body, response);
    }

    /// <summary>All of a collection, page after page, and the delta link at its end.</summary>
    public async Task<(List<JsonElement> All, string? DeltaLink)> ReadAllAsync(string path, params string[] prefer)
    {
        var all = new List<JsonElement>();
        for (string? next = path; next is not null;)
        {
            var page = await GetAsync(next, prefer);
            if (page.Status is 429 or >= 500) continue;
            Assert.True(page.Status == 200, page.Body);
            all.AddRange(page.Values);
            next = page.Link("@odata.nextLink");
            if (next is null) return (all, page.Link("@odata.deltaLink"));
        }
        return (all, null);
    }

    /// <summary>The lines of truth, as of the present.</summary>
    public List<JsonElement> Truth()
    {
        using var stream = new MemoryStream();
        Tenant.WriteTruth(stream, Clock.GetUtcNow());
        return [.. System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Tenant.DisposeAsync();
    }
}

/// <summary>What came back.</summary>
sealed class Answer(int status, string body, HttpResponseMessage response)
{
    public int Status => status;
    public string Body => body;
    public JsonElement Json { get; } = body.StartsWith('{') || body.StartsWith('[') ? JsonElement.Parse(body) : default;
    public IEnumerable<JsonElement> Values => Json.GetProperty("value").EnumerateArray();
    public string? ErrorCode => Json.GetProperty("error").GetProperty("code").GetString();
    public string? Link(string name) => Json.TryGetProperty(name, out var link) ? link.GetString() : null;
    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values) : null;
}

/// <summary>Short ways to look into JSON.</summary>
static class Look
{
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static string? Address(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var party) && party.ValueKind == JsonValueKind.Object
            ? party.GetProperty("emailAddress").GetProperty("address").GetString() : null;

    public static bool Is(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    public static bool IsOf(this JsonElement line, string type) => line.Text("type") == type;
}

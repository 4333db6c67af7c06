using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Web;

/// <summary>
/// The description of the API: it is the one of docs/openapi.json, every reference in it leads somewhere, it has the paths that
/// are served and no others, and every parameter of a question is understood. <c>SNAPSHOTS_UPDATE=1</c> writes the file anew.
/// </summary>
public class OpenApiSlices(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task The_description_is_the_one_that_is_published()
    {
        var file = Path.Combine(RealData.Repository, "docs", "openapi.json");
        var text = await site.TextAsync("/openapi/v1.json");
        if (Environment.GetEnvironmentVariable("SNAPSHOTS_UPDATE") == "1")
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        Assert.Equal(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), text);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = JsonNode.Parse(await site.TextAsync("/openapi/v1.json"))!;
        var references = Nodes(document).OfType<JsonObject>().Select(node => (string?)node["$ref"]).OfType<string>().Distinct().ToList();

        Assert.True(references.Count > 20);
        foreach (var reference in references)
            Assert.NotNull(reference[2..].Split('/').Aggregate((JsonNode?)document, (node, name) => node?[name]));
    }

    [Fact]
    public async Task It_has_the_paths_that_are_served()
    {
        var document = JsonNode.Parse(await site.TextAsync("/openapi/v1.json"))!;
        var served = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!).Where(path => path.StartsWith("/api/v1", StringComparison.Ordinal))
            .Select(path => path["/api/v1".Length..].Replace("{name}", "{conversation}", StringComparison.Ordinal));

        var told = document["paths"]!.AsObject().Select(path => path.Key);
        Assert.Equal(served.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_parameter_is_understood()
    {
        var document = JsonNode.Parse(await site.TextAsync("/openapi/v1.json"))!;
        foreach (var path in new[] { "/metrics", "/rows", "/conversations", "/agents" })
        {
            var names = document["paths"]![path]!["get"]!["parameters"]!.AsArray()
                .Select(parameter => ((string?)parameter!["$ref"])?.Split('/')[^1] ?? (string)parameter["name"]!);
            // An empty text says nothing, so a name that is not known is all that could be wrong.
            var empty = names.Where(name => name is not ("metrics" or "key")).Select(name => $"{name}=");
            await site.TextAsync($"/api/v1{path}?{string.Join('&', empty)}&metrics=received");
        }
    }

    static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(pair => Nodes(pair.Value)).Prepend(all),
        JsonArray list => list.SelectMany(Nodes),
        _ => [],
    };
}

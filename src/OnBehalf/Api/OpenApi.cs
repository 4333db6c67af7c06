using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Api;

/// <summary>
/// <c>/openapi/v1.json</c>: the API described. What a question may say is filled in from the registries, so it cannot differ
/// from what is read.
/// </summary>
static class OpenApi
{
    const string Question = "$question";

    static readonly JsonSerializerOptions Legible = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Lazy<byte[]> Document = new(Write);

    // Names that may come again, or take several texts; the others are said once.
    static readonly string[] Lists = ["metrics", "dimensions"];

    public static void Map(IEndpointRouteBuilder site) => site.MapGet("/openapi/v1.json", ShowAsync);

    static Task ShowAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(Document.Value, http.RequestAborted).AsTask();
    }

    static byte[] Write()
    {
        using var stream = typeof(OpenApi).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("openapi.json was not built in.");
        var document = JsonNode.Parse(stream)!.AsObject();
        var shared = document["components"]!["parameters"]!.AsObject();
        foreach (var (name, meaning) in QueryText.Names) shared[name] = Parameter(name, meaning);
        foreach (var dimension in DimensionRegistry.All)
            shared[dimension.Name] = Repeated(dimension.Name, $"Only rows of these. {dimension.Definition}");
        foreach (var (_, path) in document["paths"]!.AsObject())
            if (path!["get"]!["parameters"] is JsonArray parameters) Fill(parameters);
        return [.. JsonSerializer.SerializeToUtf8Bytes(document, Legible), (byte)'\n'];
    }

    static void Fill(JsonArray parameters)
    {
        if (parameters.FirstOrDefault() is not JsonValue first || (string?)first != Question) return;
        parameters.RemoveAt(0);
        foreach (var name in QueryText.Names.Select(n => n.Name).Concat(DimensionRegistry.All.Select(d => d.Name)).Reverse())
            parameters.Insert(0, new JsonObject { ["$ref"] = $"#/components/parameters/{name}" });
    }

    static JsonObject Parameter(string name, string meaning) => Lists.Contains(name)
        ? new()
        {
            ["name"] = name, ["in"] = "query", ["description"] = meaning, ["style"] = "form", ["explode"] = false,
            ["schema"] = new JsonObject { ["type"] = "array", ["items"] = Items(name) },
        }
        : new() { ["name"] = name, ["in"] = "query", ["description"] = meaning, ["schema"] = new JsonObject { ["type"] = "string" } };

    static JsonObject Repeated(string name, string meaning) => new()
    {
        ["name"] = name, ["in"] = "query", ["description"] = meaning, ["style"] = "form", ["explode"] = true,
        ["schema"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
    };

    static JsonObject Items(string name) => new()
    {
        ["type"] = "string",
        ["enum"] = new JsonArray([.. (name == "metrics" ? MetricRegistry.All.Select(m => m.Name)
            : DimensionRegistry.All.Select(d => d.Name)).Select(text => (JsonNode)text)]),
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnBehalf.Simulator.Graph;

/// <summary>POST /$batch: up to 20 requests in one; a request whose dependency failed is answered 424.</summary>
sealed class BatchEndpoint(GraphServer server)
{
    const int MostRequests = 20;

    public async Task<GraphAnswer> AnswerAsync(GraphRequest batch, CancellationToken cancel)
    {
        var requests = Read(batch.Body);
        if (requests.Count > MostRequests)
            throw GraphError.BadRequest($"Number of batch request steps exceeds the maximum value of {MostRequests}.");
        var statuses = new Dictionary<string, int>();
        var answers = new List<(string Id, GraphAnswer Answer)>();
        foreach (var request in requests)
        {
            var id = (string?)request["id"] ?? throw GraphError.BadRequest("A request of the batch has no id.");
            var answer = DependsOnFailure(request, statuses)
                ? new GraphError(424, "FailedDependency", "Failed Dependency").ToAnswer(id, id, default)
                : await server.AnswerAsync(Unwrap(request, batch), id, id, cancel);
            statuses[id] = answer.Status;
            answers.Add((id, answer));
        }
        answers.Reverse(); // Answers come in any order; this one shows that nobody may rely on it.
        return GraphAnswer.Of(json => Write(json, answers));
    }

    static List<JsonObject> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span)?["requests"] is JsonArray requests
                ? [.. requests.Select(request => request as JsonObject ?? throw GraphError.BadRequest("Invalid batch payload format."))]
                : throw GraphError.BadRequest("Invalid batch payload format.");
        }
        catch (JsonException)
        {
            throw GraphError.BadRequest("Invalid batch payload format.");
        }
    }

    static bool DependsOnFailure(JsonObject request, Dictionary<string, int> statuses) =>
        request["dependsOn"] is JsonArray needed
        && needed.Any(id => !statuses.TryGetValue((string?)id ?? "", out var status) || status >= 400);

    static GraphRequest Unwrap(JsonObject request, GraphRequest batch)
    {
        var url = (string?)request["url"] ?? throw GraphError.BadRequest("A request of the batch has no url.");
        var parts = url.Split('?', 2);
        var prefer = (request["headers"] as JsonObject)?
            .FirstOrDefault(header => header.Key.Equals("Prefer", StringComparison.OrdinalIgnoreCase)).Value;
        return new GraphRequest
        {
            Method = ((string?)request["method"] ?? "GET").ToUpperInvariant(),
            Path = GraphRequest.Cut(parts[0]),
            Query = GraphRequest.ReadQuery(parts.Length > 1 ? parts[1] : ""),
            Prefer = (string?)prefer ?? "",
            Token = batch.Token,
            Root = batch.Root,
            Body = request["body"] is { } body ? JsonSerializer.SerializeToUtf8Bytes(body) : default,
        };
    }

    static void Write(Utf8JsonWriter json, List<(string Id, GraphAnswer Answer)> answers)
    {
        json.WriteStartArray("responses"u8);
        foreach (var (id, answer) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteNumber("status"u8, answer.Status);
            json.WriteStartObject("headers"u8);
            foreach (var header in answer.Headers) json.WriteString(header.Key, header.Value);
            if (answer.ContentType is not null) json.WriteString("Content-Type"u8, "application/json"u8);
            json.WriteEndObject();
            json.WritePropertyName("body"u8);
            if (answer.Body.Length > 0 && answer.Body.Span[0] is (byte)'{' or (byte)'[') json.WriteRawValue(answer.Body.Span);
            else json.WriteNullValue();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

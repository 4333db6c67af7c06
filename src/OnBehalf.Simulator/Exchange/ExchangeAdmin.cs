using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnBehalf.Simulator.Graph;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Exchange;

/// <summary>
/// The admin API behind the Exchange PowerShell module: POST …/InvokeCommand with a cmdlet, …/$batch with up to ten of them,
/// and the documented v2.0 Mailbox endpoint, which knows Get-Mailbox only.
/// </summary>
sealed class ExchangeAdmin(World world)
{
    const int UsualPage = 1_000;
    const int MostInBatch = 10;

    readonly Cmdlets _cmdlets = new(world);

    /// <param name="request">The request; its path is what follows the tenant.</param>
    /// <param name="url">The address it came to, for next links.</param>
    /// <param name="version">beta or v2.0.</param>
    public GraphAnswer Answer(GraphRequest request, string url, string version)
    {
        try
        {
            Demand(request, version);
            return request.Path switch
            {
                ["invokecommand"] when version == "beta" => Invoke(request.Body, request, url),
                ["$batch"] when version == "beta" => Batch(request, url),
                ["mailbox"] when version == "v2.0" => Invoke(request.Body, request, url),
                _ => throw new GraphError(404, "NotFound", "The requested resource does not exist."),
            };
        }
        catch (GraphError error)
        {
            return Failure(error);
        }
    }

    static void Demand(GraphRequest request, string version)
    {
        var role = version == "beta" ? "Exchange.ManageAsApp" : "Exchange.ManageAsAppV2";
        if (request.Token.Audience != "https://outlook.office365.com" || !request.Token.Holds(role))
            throw new GraphError(403, "Forbidden", "The role assigned to application isn't supported in this scenario.");
        if (request.Method != "POST") throw new GraphError(405, "MethodNotAllowed", "Only POST is allowed.");
    }

    GraphAnswer Invoke(ReadOnlyMemory<byte> body, GraphRequest request, string url)
    {
        var rows = Run(body);
        var size = request.MaxPageSize ?? UsualPage;
        var skip = int.TryParse(request.Option("$skiptoken"), CultureInfo.InvariantCulture, out var from) && from > 0 ? from : 0;
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, url.Split('?')[0] + "/$metadata#Collection(Exchange.GenericResult)");
            json.WriteStartArray("@adminapi.warnings"u8);
            json.WriteEndArray();
            if (skip + size < rows.Count) json.WriteString("@odata.nextLink"u8, $"{url.Split('?')[0]}?$skiptoken={skip + size}");
            json.WritePropertyName("value"u8);
            json.WriteStartArray();
            foreach (var row in rows.Skip(skip).Take(size)) row.WriteTo(json);
            json.WriteEndArray();
        });
    }

    IReadOnlyList<JsonObject> Run(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (JsonNode.Parse(body.Span)?["CmdletInput"] is JsonObject input && (string?)input["CmdletName"] is { } name)
                return _cmdlets.Run(name, input["Parameters"] as JsonObject ?? []);
        }
        catch (JsonException)
        {
            // Answered as any body that is no command.
        }
        throw new GraphError(400, "BadRequest", "Error executing request. The request body has no CmdletInput.");
    }

    GraphAnswer Batch(GraphRequest request, string url)
    {
        var steps = JsonNode.Parse(request.Body.Span)?["requests"] as JsonArray ?? [];
        if (steps.Count > MostInBatch) throw new GraphError(400, "BadRequest", $"A batch holds at most {MostInBatch} requests.");
        return GraphAnswer.Of(json =>
        {
            json.WriteStartArray("responses"u8);
            foreach (var step in steps)
            {
                GraphAnswer answer;
                try
                {
                    answer = Invoke(JsonSerializer.SerializeToUtf8Bytes(step?["body"]), request, url);
                }
                catch (GraphError error)
                {
                    answer = Failure(error);
                }
                json.WriteStartObject();
                json.WriteString("id"u8, (string?)step?["id"]);
                json.WriteNumber("status"u8, answer.Status);
                json.WritePropertyName("body"u8);
                json.WriteRawValue(answer.Body.Span);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }

    static GraphAnswer Failure(GraphError error) => GraphAnswer.Of(json =>
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, "Error executing request. " + error.Message);
        json.WriteStartArray("details"u8);
        json.WriteStartObject();
        json.WriteString("code"u8, "Context"u8);
        json.WriteString("target"u8, ""u8);
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("innererror"u8);
        json.WriteStartObject("internalexception"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }, error.Status);
}

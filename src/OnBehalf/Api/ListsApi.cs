using System.Buffers;
using System.Text.Json;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Api;

/// <summary><c>/api/v1/mailboxes</c>, <c>/agents</c> and <c>/definitions</c>: who and what can be asked about.</summary>
static class ListsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mailboxes", MailboxesAsync);
        routes.MapGet("/agents", AgentsAsync);
        routes.MapGet("/definitions", DefinitionsAsync);
    }

    static Task MailboxesAsync(HttpContext http, StoreWatch watch) => WriteAsync(http, json =>
    {
        foreach (var age in watch.Current.Sources)
        {
            json.WriteStartObject();
            json.WriteString("mailbox", age.Name);
            json.WriteNumber("messages", age.Messages);
            json.WriteString("first_message_at", AnswerText.Text(age.First));
            json.WriteString("newest_message_at", AnswerText.Text(age.Newest));
            json.WriteEndObject();
        }
    });

    static Task AgentsAsync(HttpContext http, StoreWatch watch, TimeProvider time)
    {
        var view = watch.Current;
        var query = Asked.Read(http.Request, view, time).Query with { Metrics = ["response_time"], Dimensions = ["agent"] };
        var answer = view.Answer(query, http.RequestAborted);
        return WriteAsync(http, json =>
        {
            foreach (var row in answer.Result.Rows)
            {
                if (row.Keys[0] is not { } agent) continue;
                json.WriteStartObject();
                json.WriteString("agent", agent);
                json.WriteString("name", view.NameOf(agent));
                json.WriteNumber("responses", row.Figures[0].Count);
                json.WriteEndObject();
            }
        });
    }

    static Task DefinitionsAsync(HttpContext http) => WriteAsync(http, json =>
    {
        foreach (var metric in MetricRegistry.All) Definitions.Write(json, metric);
    });

    static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, AnswerText.Plain);
        json.WriteStartArray();
        write(json);
        json.WriteEndArray();
        json.Flush();
        buffer.Write("\n"u8);
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }
}

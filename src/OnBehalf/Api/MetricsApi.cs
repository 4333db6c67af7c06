using System.Net.Mime;
using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Api;

/// <summary><c>/api/v1/metrics</c>: figures.</summary>
static class MetricsApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", AnswerAsync);

    static async Task AnswerAsync(HttpContext http, StoreWatch watch, Turns turns, TimeProvider time)
    {
        var view = watch.Current;
        var asked = Asked.Read(http.Request, view, time, "format");
        var form = asked.Choice("format", AnswerForm.Json);
        var tag = Tags.Of(view, QueryText.PrintUrl(asked.Query), form);
        if (Tags.IsKnown(http, tag)) return;
        var answer = await turns.TakeAsync(() => view.Answer(asked.Query, http.RequestAborted), http.RequestAborted);
        await WriteAsync(http, turns, AnswerText.Write(answer, form), form, "figures");
    }

    /// <summary>Writes pieces as they come; a reader who is slow holds up only the next piece.</summary>
    public static async Task WriteAsync(
        HttpContext http, Turns turns, IEnumerable<ReadOnlyMemory<byte>> pieces, AnswerForm form, string fileName)
    {
        http.Response.ContentType = form switch
        {
            AnswerForm.Csv => "text/csv; charset=utf-8",
            AnswerForm.Jsonl => "application/jsonl; charset=utf-8",
            _ => MediaTypeNames.Application.Json,
        };
        if (form != AnswerForm.Json)
            http.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}.{QueryText.WordOf(form)}\"";
        await foreach (var piece in turns.PiecesAsync(pieces, http.RequestAborted))
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
    }
}

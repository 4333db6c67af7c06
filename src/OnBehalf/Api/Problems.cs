using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using OnBehalf.Answers;
using OnBehalf.Engine;

namespace OnBehalf.Api;

/// <summary>The one place where what went wrong becomes an HTTP status.</summary>
static class Problems
{
    /// <summary>The status of an exception.</summary>
    public static int StatusOf(Exception fault) => fault switch
    {
        Mistake { Code: "invalid" } => StatusCodes.Status400BadRequest,
        Mistake { Code: "not_found" } => StatusCodes.Status404NotFound,
        Mistake { Code: "conflict" } => StatusCodes.Status409Conflict,
        Mistake { Code: "busy" or "unavailable" } => StatusCodes.Status503ServiceUnavailable,
        BadHttpRequestException bad => bad.StatusCode,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The name of what is wrong in a question: the message of a mistake begins with it.</summary>
    public static string? FieldOf(Exception fault) =>
        fault is Mistake { Code: "invalid" } mistake && mistake.Message.IndexOf(':', StringComparison.Ordinal) is > 0 and var end
            && mistake.Message.AsSpan(0, end).IndexOfAnyExcept(NameLetters) < 0
            ? mistake.Message[..end]
            : null;

    /// <summary>What a person is told.</summary>
    public static string SentenceOf(Exception fault) => fault switch
    {
        Mistake mistake => mistake.Message,
        BadHttpRequestException bad => bad.Message,
        _ => "Internal error, a defect of OnBehalf. The log of the program says more.",
    };

    /// <summary>Writes problem details (RFC 9457).</summary>
    public static async Task WriteAsync(HttpContext http)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = fault is null ? http.Response.StatusCode : StatusOf(fault);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.CacheControl = "no-store";
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream, AnswerText.Plain))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("code", fault is Mistake mistake ? mistake.Code : status == 404 ? "not_found" : "internal");
            if (fault is not null)
            {
                json.WriteString("detail", SentenceOf(fault));
                if (FieldOf(fault) is { } field) json.WriteString("field", field);
            }
            json.WriteEndObject();
        }
        await http.Response.Body.WriteAsync(stream.GetBuffer().AsMemory(0, (int)stream.Length));
    }

    static readonly System.Buffers.SearchValues<char> NameLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.?");
}

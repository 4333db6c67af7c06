using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OnBehalf.Sources.Graph;
using OnBehalf.Workers;

namespace OnBehalf.Api;

/// <summary>
/// Where Graph's notices arrive: the only thing that is ever shown to the internet. It sends a validation token back, and
/// hands notices in; it reads nothing and says nothing of mail. Graph expects an answer within three seconds, of a
/// validation within ten (Graph, "Receive change notifications through webhooks").
/// </summary>
sealed class NoticesApi(NoticeDesk desk, TimeProvider time)
{
    /// <summary>Where notices go, below the public address.</summary>
    public const string Path = "/graph/notices";

    /// <summary>Bytes of a delivery; a notice has about seven hundred.</summary>
    public const int BodyLimit = 1024 * 1024;

    /// <summary>Letters of a validation token; real ones have about a hundred.</summary>
    const int TokenLimit = 1024;

    /// <summary>How long a delivery may take to arrive.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        // A proxy may keep the path that it is known by in front of ours.
        if (http.Request.Path.Value?.EndsWith(Path, StringComparison.Ordinal) != true)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!HttpMethods.IsPost(http.Request.Method)) http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        else if (http.Request.Query["validationToken"] is [{ } token]) await ValidateAsync(http, token);
        else http.Response.StatusCode = await TakeAsync(http);
    }

    // As plain text that no browser takes for anything else.
    static async Task ValidateAsync(HttpContext http, string token)
    {
        if (token.Length > TokenLimit)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(token, Encoding.UTF8, http.RequestAborted);
    }

    async Task<int> TakeAsync(HttpContext http)
    {
        if (http.Request.ContentLength > BodyLimit) return StatusCodes.Status413PayloadTooLarge;
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, patience.Token);
        try
        {
            using var body = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await http.Request.Body.ReadAsync(buffer, both.Token) is > 0 and var read)
            {
                body.Write(buffer, 0, read);
                if (body.Length > BodyLimit) return StatusCodes.Status413PayloadTooLarge;
            }
            var ours = 0;
            foreach (var notice in Notice.Read(body.GetBuffer().AsMemory(0, (int)body.Length)))
                if (desk.Take(notice)) ours++;
            // One of ours is enough: whatever else was in it, sending it again would not help.
            return ours > 0 ? StatusCodes.Status202Accepted : StatusCodes.Status404NotFound;
        }
        catch (JsonException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException bad)
        {
            return bad.StatusCode;
        }
        catch (OperationCanceledException)
        {
            return StatusCodes.Status408RequestTimeout;
        }
    }
}

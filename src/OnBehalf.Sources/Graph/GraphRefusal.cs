using System.Net;
using System.Text.Json;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// A service refused, and trying again did not help. Codes are spelled in many ways and change (Graph, "Error
/// responses"), so the status is looked at first and the code without regard to case.
/// </summary>
/// <param name="status">The HTTP status; 0 when there was no usable answer at all.</param>
/// <param name="code">The code in the answer's body; empty when there was none, as behind a gateway.</param>
/// <param name="message">The message in the answer's body, or what was wrong with the answer.</param>
sealed class GraphRefusal(HttpStatusCode status, string code, string message) : Exception(message)
{
    /// <summary>Bytes of a refusal that are looked at; a gateway may answer with a whole web page.</summary>
    const int BodyLimit = 16 * 1024;

    /// <summary>Letters of a message that are kept.</summary>
    const int MessageLimit = 300;

    public HttpStatusCode Status => status;

    public string Code => code;

    /// <summary>Whether the code is one of these.</summary>
    public bool Is(params ReadOnlySpan<string> codes)
    {
        foreach (var one in codes)
            if (one.Equals(code, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>
    /// Whether a delta token is no longer known: 410, or 400 with a code of the same meaning
    /// (Graph, "Use delta query to track changes", section "Synchronization reset").
    /// </summary>
    public bool AsksForResync => status == HttpStatusCode.Gone
        || Is("SyncStateNotFound", "SyncStateInvalid", "ResyncRequired");

    /// <summary>Whether the folder is no longer there.</summary>
    public bool SaysFolderIsGone => status == HttpStatusCode.NotFound
        && Is("ErrorSyncFolderNotFound", "ErrorItemNotFound", "ErrorFolderNotFound");

    /// <summary>Whether there is no such mailbox, or none that Graph can reach.</summary>
    public bool SaysMailboxIsGone => status == HttpStatusCode.NotFound
        && Is("ErrorInvalidUser", "Request_ResourceNotFound", "ResourceNotFound", "MailboxNotEnabledForRESTAPI");

    /// <summary>The refusal that an answer states.</summary>
    public static async Task<GraphRefusal> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var (code, message) = ("", $"{(int)response.StatusCode} {response.ReasonPhrase}");
        var body = new byte[BodyLimit];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
            using var document = JsonDocument.Parse(body.AsMemory(0, length));
            if (document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
                (code, message) = (Text(error, "code") ?? code, Text(error, "message") ?? message);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or HttpRequestException)
        {
            // An HTML page or nothing: the status has to do.
        }
        return new(response.StatusCode, code, message.Length <= MessageLimit ? message : message[..MessageLimit] + "…");
    }

    static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

using System.Globalization;
using System.Text;

namespace OnBehalf.Simulator.Graph;

/// <summary>A refusal on its way to the reader: thrown where it is found, answered in one place.</summary>
sealed class GraphError(int status, string code, string message) : Exception(message)
{
    public int Status => status;
    public string Code => code;
    public string? RetryAfter { get; init; }
    public string? Location { get; init; }

    public static GraphError AccessDenied() =>
        new(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");

    public static GraphError PolicyDenied() => new(403, "ErrorAccessDenied",
        "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.");

    public static GraphError InsufficientPrivileges() =>
        new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");

    public static GraphError ItemNotFound() =>
        new(404, "ErrorItemNotFound", "The specified object was not found in the store.");

    public static GraphError FolderNotFound() =>
        new(404, "ErrorSyncFolderNotFound", "The folder to be synchronized was not found.");

    public static GraphError ResourceNotFound(string key) => new(404, "Request_ResourceNotFound",
        $"Resource '{key}' does not exist or one of its queried reference-property objects are not present.");

    public static GraphError NoMailbox() => new(404, "MailboxNotEnabledForRESTAPI",
        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");

    public static GraphError BadRequest(string message) => new(400, "BadRequest", message);

    public static GraphError Malformed() => new(400, "ErrorInvalidIdMalformed", "Id is malformed.");

    public static GraphError TooComplex() => new(400, "InefficientFilter",
        "The restriction or sort order is too complex for this operation.");

    public static GraphError UnknownSegment(string path) =>
        new(400, "BadRequest", $"Resource not found for the segment '{path}'.");

    public GraphAnswer ToAnswer(string requestId, string clientRequestId, DateTimeOffset now)
    {
        var answer = GraphAnswer.Of(json =>
        {
            json.WriteStartObject("error");
            json.WriteString("code", Code);
            json.WriteString("message", Message);
            json.WriteStartObject("innerError");
            json.WriteString("date", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            json.WriteString("request-id", requestId);
            json.WriteString("client-request-id", clientRequestId);
            json.WriteEndObject();
            json.WriteEndObject();
        }, Status);
        if (RetryAfter is not null) answer.With("Retry-After", RetryAfter);
        if (Location is not null) answer.With("Location", Location);
        return answer;
    }

    /// <summary>What a gateway in front of Graph answers: HTML, or nothing at all.</summary>
    public static GraphAnswer FromGateway(ulong luck)
    {
        var status = (luck % 3) switch { 0 => 502, 1 => 503, _ => 504 };
        var body = luck % 5 == 0
            ? ""
            : $"<html><head><title>{status}</title></head><body><h2>Our services aren't available right now</h2></body></html>";
        var answer = GraphAnswer.OfBytes(Encoding.UTF8.GetBytes(body), "text/html", status);
        return status == 503 && luck % 2 == 0 ? answer.With("Retry-After", "2") : answer;
    }
}

using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Json;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// One answer of any of the tenant's services as JSON, read whole within a limit. Pages of messages, which are many and
/// large, are read by others; here it is settings, people, permissions and audit.
/// </summary>
/// <param name="Root">The answer; undefined where it was empty.</param>
/// <param name="Bytes">The same as it came.</param>
/// <param name="Date">The service's clock, as it says itself.</param>
/// <param name="NextPage">The header NextPageUri, by which the activity feed continues.</param>
sealed record JsonAnswer(JsonElement Root, byte[] Bytes, DateTimeOffset? Date, string? NextPage)
{
    /// <summary>The longest answer: a page of a thousand mailboxes with all their properties takes about 10 MB.</summary>
    public const int Limit = 64 << 20;

    /// <summary>How often an answer that broke off, or that was none, is asked for again.</summary>
    const int Attempts = 4;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Where the rows continue; null on the last page.</summary>
    public string? NextLink => Root.ValueKind == JsonValueKind.Object && Root.TryGetProperty("@odata.nextLink", out var link)
        && link.ValueKind == JsonValueKind.String ? link.GetString() : null;

    /// <summary>The rows of a page.</summary>
    public IEnumerable<JsonElement> Rows => Root.ValueKind == JsonValueKind.Object
        && Root.TryGetProperty("value", out var rows) && rows.ValueKind == JsonValueKind.Array ? rows.EnumerateArray() : [];

    /// <summary>Asks, and reads the answer.</summary>
    /// <param name="connection">The tenant.</param>
    /// <param name="question">Makes the request anew for every attempt.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GraphRefusal">The service refuses, or answers nothing that can be used.</exception>
    public static async Task<JsonAnswer> AskAsync(
        TenantConnection connection, Func<HttpRequestMessage> question, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = question();
                using var response = await connection.Http.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                if (!response.IsSuccessStatusCode) throw await GraphRefusal.ReadAsync(response, cancellation);
                return await ReadAsync(response, cancellation);
            }
            catch (Exception broken) when (broken is JsonException or IOException or HttpRequestException)
            {
                if (attempt == Attempts)
                    throw new GraphRefusal(0, broken is JsonException ? "MalformedPage" : "NoAnswer", broken.Message);
            }
        }
    }

    /// <summary>As above, for something that is only looked at.</summary>
    /// <exception cref="GraphRefusal">The service refuses, or answers nothing that can be used.</exception>
    public static Task<JsonAnswer> GetAsync(TenantConnection connection, Uri address, CancellationToken cancellation) =>
        AskAsync(connection, () => new(HttpMethod.Get, address), cancellation);

    /// <summary>As above, with a body of JSON.</summary>
    /// <exception cref="GraphRefusal">The service refuses, or answers nothing that can be used.</exception>
    public static Task<JsonAnswer> PostAsync(
        TenantConnection connection, Uri address, string json, CancellationToken cancellation) =>
        AskAsync(connection, () => Post(address, json), cancellation);

    /// <summary>A request with a body of JSON.</summary>
    public static HttpRequestMessage Post(Uri address, string json) =>
        new(HttpMethod.Post, address) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    /// <summary>
    /// Where a link of an answer leads: its path and query on the host that answered, whatever host it names.
    /// </summary>
    /// <exception cref="GraphRefusal">It is no link.</exception>
    public static Uri Follow(Uri asked, string link) => Uri.TryCreate(link, UriKind.Absolute, out var next)
        ? new Uri(asked, next.PathAndQuery)
        : throw new GraphRefusal(0, "MalformedPage", "The answer holds a link that is none.");

    static async Task<JsonAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var bytes = await ReadBodyAsync(response.Content, cancellation);
        var root = bytes.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty ? default : Parse(bytes);
        return new(root, bytes, response.Headers.Date,
            response.Headers.TryGetValues("NextPageUri", out var next) ? next.FirstOrDefault() : null);
    }

    static JsonElement Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes, Options);
        return document.RootElement.Clone();
    }

    static async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellation)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellation);
        using var memory = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
            {
                memory.Write(buffer, 0, read);
                if (memory.Length > Limit)
                    throw new GraphRefusal(HttpStatusCode.OK, "PageTooLong", $"An answer is longer than {Limit >> 20} MiB.");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return memory.ToArray();
    }
}

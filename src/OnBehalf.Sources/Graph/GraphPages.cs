using System.Buffers;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Reads answers of Graph, each within a limit and a time. Of a link in an answer only path and query are followed:
/// whatever it says, the request goes to our cloud's host.
/// </summary>
/// <param name="connection">The tenant.</param>
/// <param name="mailbox">Whose turn it takes; see <see cref="GraphThrottle"/>.</param>
/// <param name="time">The clock of waits.</param>
sealed class GraphPages(TenantConnection connection, string mailbox, TimeProvider time)
{
    /// <summary>How long a page may take to arrive once it has begun.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Bytes of answers read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Reads an answer and lets it be parsed; whatever the parser finds malformed is asked for again.</summary>
    /// <param name="path">Below the root of Graph, or a link kept from an earlier answer.</param>
    /// <param name="parse">Makes something of the bytes; throws <see cref="JsonException"/> where they are none.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="GraphRefusal">Graph refuses, or answers nothing that can be used.</exception>
    public async Task<T> ReadAsync<T>(string path, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(path, parse, cancellation);
            }
            catch (Exception broken) when (broken is JsonException or IOException or HttpRequestException)
            {
                if (attempt == GraphLimits.PageAttempts)
                    throw new GraphRefusal(0, broken is JsonException ? "MalformedPage" : "NoAnswer", broken.Message);
            }
        }
    }

    /// <summary>As above, into a type that the serializer knows.</summary>
    /// <exception cref="GraphRefusal">Graph refuses, or answers nothing that can be used.</exception>
    public Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) => ReadAsync(
        path, bytes => JsonSerializer.Deserialize(bytes.Span, type) ?? throw new JsonException("The answer is null."), cancellation);

    /// <summary>
    /// The part of a link that is kept and followed: path and query below the root of Graph.
    /// </summary>
    /// <exception cref="JsonException">It leads elsewhere, or is no link.</exception>
    public static string Below(string link)
    {
        const string root = "/v1.0/";
        if (link.Length <= GraphLimits.Link && Uri.TryCreate(link, UriKind.Absolute, out var address)
            && address.PathAndQuery.StartsWith(root, StringComparison.OrdinalIgnoreCase)) return address.PathAndQuery[root.Length..];
        throw new JsonException("The answer holds a link that does not lead to Graph.");
    }

    async Task<T> TryAsync<T>(string path, Func<ReadOnlyMemory<byte>, T> parse, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(connection.Graph, path));
        request.Headers.Add("Prefer", "IdType=\"ImmutableId\"");
        request.Headers.Add("Prefer", $"odata.maxpagesize={GraphLimits.PageSize}");
        request.Options.Set(GraphThrottle.Mailbox, mailbox);
        using var response = await connection.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode != HttpStatusCode.OK) throw await GraphRefusal.ReadAsync(response, cancellation);
        var (bytes, length) = await ReadBodyAsync(response.Content, cancellation);
        try
        {
            BytesRead += length;
            return parse(bytes.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    async Task<(byte[] Bytes, int Length)> ReadBodyAsync(HttpContent content, CancellationToken cancellation)
    {
        if (content.Headers.ContentLength > GraphLimits.Page) throw TooLong();
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var bytes = ArrayPool<byte>.Shared.Rent((int)(content.Headers.ContentLength ?? 0) + 64 * 1024);
        var length = 0;
        try
        {
            await using var stream = await content.ReadAsStreamAsync(both.Token);
            while (await stream.ReadAsync(bytes.AsMemory(length), both.Token) is > 0 and var read)
            {
                length += read;
                if (length > GraphLimits.Page) throw TooLong();
                if (length == bytes.Length) bytes = Grown(bytes);
            }
            return (bytes, length);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw new HttpRequestException($"The answer did not end within {Patience.TotalMinutes:N0} minutes.");
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(bytes);
            throw;
        }
    }

    static byte[] Grown(byte[] bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }

    static GraphRefusal TooLong() => new(0, "PageTooLong",
        $"The answer is longer than {GraphLimits.Page / 1024 / 1024} MiB, which no page of messages is.");
}

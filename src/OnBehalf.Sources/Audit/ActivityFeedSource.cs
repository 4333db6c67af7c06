using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Exchange;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// SendAs and SendOnBehalf records from the Office 365 Management Activity API. The feed holds everything that happens
/// in Exchange; whatever is no send is dropped as it is read. It needs ActivityFeed.Read, and keeps records for seven
/// days (Office 365 Management Activity API reference).
/// </summary>
/// <param name="connection">The tenant.</param>
/// <param name="addresses">Where the addresses of the facts go.</param>
/// <param name="time">The clock.</param>
/// <param name="cursor">The last cursor of an earlier reading; null: from the beginning.</param>
public sealed class ActivityFeedSource(
    TenantConnection connection, Addresses addresses, TimeProvider time, string? cursor) : IAuditSource
{
    /// <summary>The application permission that is needed.</summary>
    public const string Role = "ActivityFeed.Read";

    /// <summary>How long the feed keeps what it has.</summary>
    public static readonly Duration Retention = Duration.FromDays(7);

    /// <summary>
    /// The overlap of two readings. The feed is asked by when records became readable, not by when something happened, so
    /// late ones come by themselves.
    /// </summary>
    public static readonly Duration Overlap = Duration.FromHours(1);

    /// <summary>The feed answers for at most a day at a time; a little less, since both clocks take part.</summary>
    static readonly Duration LongestSlice = Duration.FromHours(24);

    /// <summary>How close to the end of retention is still asked for.</summary>
    static readonly Duration Margin = Duration.FromMinutes(5);

    /// <summary>Blobs that are fetched at a time.</summary>
    const int AtATime = 4;

    const int PageLimit = 100_000;
    const string ContentType = "Audit.Exchange";

    readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    readonly Uri _root = connection.Activity
        ?? throw new Mistake("unavailable", $"The cloud {connection.Cloud.Name} has no Management Activity API.");

    /// <summary>The span that can no longer be read, because too much time passed since the last reading; else null.</summary>
    public (Instant From, Instant Until)? Gap { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="Mistake">unavailable: auditing is off, refused, or not reached, with the remedy.</exception>
    public async IAsyncEnumerable<AuditPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        var now = time.GetCurrentInstant();
        var oldest = now - Retention + Margin;
        var reached = AuditSpan.Parse(cursor);
        if (reached < oldest) Gap = (reached.Value, oldest);
        var from = Instant.Max(oldest, reached is { } until ? until - Overlap : Instant.MinValue);
        var intake = new RecordIntake(addresses);
        var bytes = 0L;
        foreach (var slice in AuditSpan.Slices(from, now, LongestSlice))
        {
            var address = Address($"subscriptions/content?contentType={ContentType}"
                + $"&startTime={AuditSpan.Text(slice.From)}&endTime={AuditSpan.Text(slice.Until)}");
            for (var page = 0; ; page++)
            {
                if (page == PageLimit) throw new Mistake("unavailable", $"The activity feed lists more than {PageLimit} pages.");
                var list = await AskAsync(() => new(HttpMethod.Get, address), cancellation);
                foreach (var blobs in BlobsOf(list).Chunk(AtATime))
                {
                    bytes += await TakeAsync(blobs, intake, cancellation);
                    if (intake.IsFull) yield return intake.Page(bytes);
                }
                if (list.NextPage is not { } link) break;
                address = Address(JsonAnswer.Follow(_root, link).Query, "subscriptions/content");
            }
            yield return intake.Page(bytes) with
            {
                Cursor = AuditSpan.Text(slice.Until), Window = new(slice.From, slice.Until),
            };
        }
    }

    // Starting what is started does nothing. The first blobs come up to twelve hours after the first start.
    Task<JsonAnswer> StartAsync(CancellationToken cancellation)
    {
        var address = Address($"subscriptions/start?contentType={ContentType}");
        return AskAsync(() => new(HttpMethod.Post, address), cancellation);
    }

    async Task<long> TakeAsync(string[] blobs, RecordIntake intake, CancellationToken cancellation)
    {
        var bytes = 0L;
        foreach (var (blob, answer) in await Task.WhenAll(blobs.Select(blob => FetchAsync(blob, cancellation))))
        {
            if (answer is null) continue;
            intake.Enter($"audit blob {blob}", "record");
            await AuditRecordPages.TakeAsync(answer.Bytes, intake, cancellation);
            bytes += answer.Bytes.Length;
        }
        return bytes;
    }

    // Gone means expired between the list and the fetch: what was in it is lost, and the gap says so.
    async Task<(string Blob, JsonAnswer? Answer)> FetchAsync(string blob, CancellationToken cancellation)
    {
        try
        {
            return (blob, await JsonAnswer.GetAsync(connection, Address($"audit/{blob}"), cancellation));
        }
        catch (GraphRefusal gone) when (gone.Is("AF20050", "AF20051"))
        {
            return (blob, null);
        }
        catch (GraphRefusal refusal)
        {
            throw Refused(refusal);
        }
    }

    List<string> BlobsOf(JsonAnswer list)
    {
        var blobs = new List<string>();
        if (list.Root.ValueKind != JsonValueKind.Array) return blobs;
        foreach (var row in list.Root.EnumerateArray())
            if (new ExchangeRow(row).Text("contentId") is { } id && IsName(id) && _seen.Add(id)) blobs.Add(id);
        return blobs;
    }

    // An id becomes part of an address, so it may not lead elsewhere.
    static bool IsName(string id) =>
        id.Length <= 500 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '$' or '_' or '-' or '.');

    /// <summary>An address below the feed. The publisher is the tenant itself, which gives it a quota of its own.</summary>
    Uri Address(string path) => new(_root,
        path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"PublisherIdentifier={connection.Tenant}");

    Uri Address(string query, string path) => query.Contains("PublisherIdentifier=", StringComparison.Ordinal)
        ? new(_root, path + query) : Address(path + query);

    async Task<JsonAnswer> AskAsync(Func<HttpRequestMessage> question, CancellationToken cancellation)
    {
        try
        {
            return await JsonAnswer.AskAsync(connection, question, cancellation);
        }
        catch (GraphRefusal refusal)
        {
            throw Refused(refusal);
        }
    }

    static Mistake Refused(GraphRefusal refusal) =>
        refusal.Message.Contains("Microsoft.Office.Compliance.Audit", StringComparison.Ordinal) ? AuditRecordPages.AuditIsOff()
        : refusal.Is("AF10001") || refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new("unavailable", $"The activity feed refuses ({refusal.Message}). Grant the application {Role} of Office 365 "
                + "Management APIs, and grant admin consent.")
            : new("unavailable", $"The activity feed did not answer as expected: {refusal.Code} {refusal.Message}");
}

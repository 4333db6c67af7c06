using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// SendAs and SendOnBehalf records by Graph's audit query: asked for, waited for, read page by page, deleted. Nothing
/// else of the log leaves Microsoft. It needs AuditLogsQuery-Exchange.Read.All and exists in the worldwide cloud only
/// (Graph, "auditLogQuery resource type").
/// </summary>
/// <param name="connection">The tenant.</param>
/// <param name="addresses">Where the addresses of the facts go.</param>
/// <param name="time">The clock.</param>
/// <param name="cursor">The last cursor of an earlier reading; null: from the beginning.</param>
public sealed class GraphAuditSource(
    TenantConnection connection, Addresses addresses, TimeProvider time, string? cursor) : IAuditSource
{
    /// <summary>The application permission that is needed; AuditLogsQuery.Read.All holds it, too.</summary>
    public const string Role = "AuditLogsQuery-Exchange.Read.All";

    /// <summary>
    /// How far back each reading begins before the last one ended: records come 60 to 90 minutes late as a rule, and up
    /// to two days (Microsoft Purview, "Audit log activities", latency).
    /// </summary>
    public static readonly Duration Overlap = Duration.FromHours(48);

    /// <summary>How far back the first reading goes: standard retention (Microsoft Purview, since October 2023).</summary>
    public static readonly Duration Retention = Duration.FromDays(180);

    static readonly Duration LongestSlice = Duration.FromDays(14);

    /// <summary>Queries fail and hang, and one made anew works; after so many it is no accident.</summary>
    const int Attempts = 6;

    const int PageLimit = 100_000;

    // A simulator on this machine is done at the third look, or never.
    readonly bool _isSimulated = connection.Cloud.Loopback is not null;

    /// <summary>The wait between two looks at a query.</summary>
    TimeSpan Pause => _isSimulated ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromSeconds(30);

    /// <summary>A query that runs for so many looks, about four hours, has stuck.</summary>
    int LooksLimit => _isSimulated ? 10 : 480;

    /// <inheritdoc/>
    /// <exception cref="Mistake">unavailable: auditing is off, refused, or not reached, with the remedy.</exception>
    public async IAsyncEnumerable<AuditPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = time.GetCurrentInstant();
        var from = Instant.Max(now - Retention, AuditSpan.Parse(cursor) is { } until ? until - Overlap : Instant.MinValue);
        var intake = new RecordIntake(addresses);
        var bytes = 0L;
        foreach (var slice in AuditSpan.Slices(from, now, LongestSlice))
        {
            var query = await SucceedAsync(slice.From, slice.Until, cancellation);
            intake.Enter($"audit query from {AuditSpan.Text(slice.From)}", "record");
            var address = new Uri(connection.Graph, $"security/auditLog/queries/{query}/records?$top=999");
            for (var page = 0; ; page++)
            {
                if (page == PageLimit) throw new Mistake("unavailable", $"An audit query has more than {PageLimit} pages.");
                var answer = await AskAsync(HttpMethod.Get, address, null, cancellation);
                bytes += answer.Bytes.Length;
                await AuditRecordPages.TakeAsync(answer.Bytes, intake, cancellation);
                if (intake.IsFull) yield return intake.Page(bytes);
                if (answer.NextLink is not { } link) break;
                address = JsonAnswer.Follow(address, link);
            }
            yield return intake.Page(bytes) with
            {
                Cursor = AuditSpan.Text(slice.Until), Window = new(slice.From, slice.Until),
            };
            await ForgetAsync(query, cancellation);
        }
    }

    async Task<string> SucceedAsync(Instant from, Instant until, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var query = await CreateAsync(from, until, cancellation);
            var status = "";
            for (var look = 0; look < LooksLimit && status is not ("SUCCEEDED" or "FAILED" or "CANCELLED"); look++)
            {
                if (look > 0) await Task.Delay(Pause, time, cancellation);
                var answer = await AskAsync(
                    HttpMethod.Get, new(connection.Graph, $"security/auditLog/queries/{query}"), null, cancellation);
                status = TextOf(answer, "status").ToUpperInvariant();
            }
            if (status == "SUCCEEDED") return query;
            await ForgetAsync(query, cancellation);
        }
        throw new Mistake("unavailable", $"Microsoft's audit search failed {Attempts} times for {AuditSpan.Text(from)} to "
            + $"{AuditSpan.Text(until)}. It is tried "
            + "again with the next sync; nothing is lost while the log keeps its records (180 days).");
    }

    async Task<string> CreateAsync(Instant from, Instant until, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["displayName"] = $"OnBehalf {AuditSpan.Text(from)}",
            ["filterStartDateTime"] = AuditSpan.Text(from) + "Z",
            ["filterEndDateTime"] = AuditSpan.Text(until) + "Z",
            ["recordTypeFilters"] = new JsonArray("exchangeItem"),
            ["operationFilters"] = new JsonArray("SendAs", "SendOnBehalf"),
        }.ToJsonString();
        var answer = await AskAsync(HttpMethod.Post, new(connection.Graph, "security/auditLog/queries"), body, cancellation);
        var id = TextOf(answer, "id");
        return Guid.TryParse(id, out _) ? id
            : throw new Mistake("unavailable", "Microsoft's audit search answered without the id of a query.");
    }

    // A tenant runs about ten queries at once, so finished ones make room.
    async Task ForgetAsync(string query, CancellationToken cancellation)
    {
        try
        {
            await JsonAnswer.AskAsync(connection,
                () => new(HttpMethod.Delete, new Uri(connection.Graph, $"security/auditLog/queries/{query}")), cancellation);
        }
        catch (GraphRefusal)
        {
            // It expires by itself.
        }
    }

    async Task<JsonAnswer> AskAsync(HttpMethod method, Uri address, string? body, CancellationToken cancellation)
    {
        try
        {
            return await JsonAnswer.AskAsync(connection,
                () => body is null ? new(method, address) : JsonAnswer.Post(address, body), cancellation);
        }
        catch (GraphRefusal refusal) when (refusal.Message.Contains("AuditingDisabledTenant", StringComparison.OrdinalIgnoreCase))
        {
            throw AuditRecordPages.AuditIsOff();
        }
        catch (GraphRefusal refusal)
        {
            throw refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                ? new Mistake("unavailable", $"Graph refuses the audit log ({refusal.Message}). Grant the application {Role}.")
                : new Mistake("unavailable", $"The audit search did not answer as expected: {refusal.Code} {refusal.Message}");
        }
    }

    static string TextOf(JsonAnswer answer, string name) =>
        answer.Root.ValueKind == System.Text.Json.JsonValueKind.Object && answer.Root.TryGetProperty(name, out var value)
            ? value.ToString() : "";
}

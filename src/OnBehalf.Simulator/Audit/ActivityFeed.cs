using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using OnBehalf.Simulator.Graph;

namespace OnBehalf.Simulator.Audit;

/// <summary>
/// The Office 365 Management Activity API: subscriptions, lists of blobs by the time they became available, and the blobs.
/// </summary>
sealed class ActivityFeed(World world, AuditTrail trail)
{
    const int LargestBlob = 100;
    const int BlobsPerPage = 50;
    const int Hour = 3_600;
    const int Week = 7 * 24 * Hour;
    const int Day = 24 * Hour;

    static readonly string[] ContentTypes =
        ["Audit.AzureActiveDirectory", "Audit.Exchange", "Audit.SharePoint", "Audit.General", "DLP.All"];

    readonly ConcurrentDictionary<string, bool> _started = new(StringComparer.OrdinalIgnoreCase);
    readonly AuditRecords _records = new(world, trail);

    /// <param name="request">The request; its path is what follows …/activity/feed.</param>
    /// <param name="root">Where the feed is reached: content links begin with it.</param>
    public GraphAnswer Answer(GraphRequest request, string root)
    {
        try
        {
            return Route(request, root);
        }
        catch (GraphError error)
        {
            return GraphAnswer.Of(json =>
            {
                json.WriteStartObject("error"u8);
                json.WriteString("code"u8, error.Code);
                json.WriteString("message"u8, error.Message);
                json.WriteEndObject();
            }, error.Status);
        }
    }

    GraphAnswer Route(GraphRequest request, string root)
    {
        if (!request.Token.Audience.StartsWith("https://manage.", StringComparison.Ordinal) || !request.Token.Holds("ActivityFeed.Read"))
            throw new GraphError(401, "AF10001",
                "The permission set () sent in the request did not include the expected permission ActivityFeed.Read.");
        if (!world.Company.Scenario.UnifiedAudit)
            throw new GraphError(400, "StartSubscription [CorrelationId=]", "Microsoft.Office.Compliance.Audit.DataServiceException: " +
                $"Tenant {world.Company.TenantId} does not exist.");
        return request.Path switch
        {
            ["subscriptions", "start"] => Start(request),
            ["subscriptions", "stop"] => Stop(request),
            ["subscriptions", "list"] => ListSubscriptions(),
            ["subscriptions", "content"] => ListContent(request, root),
            ["subscriptions", "notifications"] => GraphAnswer.OfArray(_ => { }),
            ["audit", var id] => GetContent(id),
            _ => throw new GraphError(404, "AF20000", "The request is not known."),
        };
    }

    GraphAnswer Start(GraphRequest request)
    {
        var type = TypeOf(request);
        _started[type] = true;
        return GraphAnswer.Of(json => WriteSubscription(json, type));
    }

    GraphAnswer Stop(GraphRequest request)
    {
        _started.TryRemove(TypeOf(request), out _);
        return GraphAnswer.Empty(200);
    }

    GraphAnswer ListSubscriptions() => GraphAnswer.OfArray(json =>
    {
        foreach (var type in _started.Keys.Order())
        {
            json.WriteStartObject();
            WriteSubscription(json, type);
            json.WriteEndObject();
        }
    });

    static void WriteSubscription(Utf8JsonWriter json, string type)
    {
        json.WriteString("contentType"u8, type);
        json.WriteString("status"u8, "enabled"u8);
        json.WriteNull("webhook"u8);
    }

    static string TypeOf(GraphRequest request)
    {
        var asked = request.Option("contentType") ?? throw new GraphError(400, "AF20001", "Missing parameter: contentType.");
        return ContentTypes.FirstOrDefault(type => type.Equals(asked, StringComparison.OrdinalIgnoreCase))
            ?? throw new GraphError(400, "AF20020", $"The specified content type '{asked}' is not valid.");
    }

    GraphAnswer ListContent(GraphRequest request, string root)
    {
        var type = TypeOf(request);
        if (!_started.ContainsKey(type)) throw new GraphError(400, "AF20022", "No subscription found for the specified content type.");
        var (from, until) = WindowOf(request);
        var blobs = type == "Audit.Exchange" ? BlobsBetween(from, until).ToList() : [];
        var page = request.Option("nextPage") is { } next && int.TryParse(next, CultureInfo.InvariantCulture, out var at) ? at : 0;
        var answer = GraphAnswer.OfArray(json =>
        {
            foreach (var blob in blobs.Skip(page * BlobsPerPage).Take(BlobsPerPage)) Write(json, blob, root);
        });
        if ((page + 1) * BlobsPerPage < blobs.Count)
            answer.With("NextPageUri", $"{root}/subscriptions/content?contentType={type}" +
                $"&startTime={Iso(from)}&endTime={Iso(until)}&nextPage={page + 1}");
        return answer;
    }

    (int From, int Until) WindowOf(GraphRequest request)
    {
        var (start, end) = (request.Option("startTime"), request.Option("endTime"));
        if (start is null && end is null) return (world.Now - Day, world.Now + 1);
        if (start is null || end is null) throw Window("Start time and end time must both be specified (or both omitted).");
        var (from, until) = (Second(start), Second(end));
        if (until <= from || until - from > Day) throw Window("Start time and end time must be less than or equal to 24 hours apart.");
        if (from < world.Now - Week - 60) throw Window("The start time can be no more than 7 days in the past.");
        return (from, until);
    }

    static GraphError Window(string message) => new(400, "AF20030", message);

    int Second(string text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        string[] forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, utc, out var instant)
            ? world.Company.Second(instant)
            : throw Window($"'{text}' is no valid time.");
    }

    /// <summary>
    /// The blobs that became available in a window. A blob holds the records of one hour, up to a limit, so that what is in it
    /// does not depend on who asks.
    /// </summary>
    IEnumerable<(int First, int Count, int CreatedAt)> BlobsBetween(int from, int until)
    {
        var entries = trail.Entries;
        for (var first = trail.FirstFrom(from / Hour * Hour); first < entries.Length;)
        {
            var hour = entries[first].AvailableAt / Hour;
            var count = 1;
            while (count < LargestBlob && first + count < entries.Length && entries[first + count].AvailableAt / Hour == hour) count++;
            var created = entries[first + count - 1].AvailableAt;
            if (created >= until || created > world.Now) yield break;
            if (created >= from) yield return (first, count, created);
            first += count;
        }
    }

    void Write(Utf8JsonWriter json, (int First, int Count, int CreatedAt) blob, string root)
    {
        var stamp = world.Company.At(blob.CreatedAt).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var id = $"{stamp}{blob.First:D9}${stamp}{blob.Count:D9}$audit_exchange$Audit_Exchange$emea0026";
        json.WriteStartObject();
        json.WriteString("contentUri"u8, $"{root}/audit/{id}");
        json.WriteString("contentId"u8, id);
        json.WriteString("contentType"u8, "Audit.Exchange"u8);
        json.WriteString("contentCreated"u8, Iso(blob.CreatedAt) + ".000Z");
        json.WriteString("contentExpiration"u8, Iso(blob.CreatedAt + Week) + ".000Z");
        json.WriteEndObject();
    }

    GraphAnswer GetContent(string id)
    {
        var parts = id.Split('$');
        if (parts.Length != 5 || parts[0].Length != 23 || parts[1].Length != 23
            || !int.TryParse(parts[0].AsSpan(14), CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(parts[1].AsSpan(14), CultureInfo.InvariantCulture, out var count))
            throw new GraphError(400, "AF20052", $"Content ID {id} in the URL is invalid.");
        var entries = trail.Entries;
        if (first < 0 || count is < 1 or > LargestBlob || first + count > entries.Length)
            throw new GraphError(404, "AF20050", $"The specified content ({id}) does not exist.");
        if (entries[first + count - 1].AvailableAt + Week < world.Now)
            throw new GraphError(404, "AF20051",
                $"Content requested with the key {id} has already expired. Content older than 7 days cannot be retrieved.");
        var order = Enumerable.Range(first, count);
        if (world.Strikes(Quirk.UnorderedAudit, (ulong)first)) order = order.OrderBy(place => Chance.Mix((ulong)place, 7));
        return GraphAnswer.OfArray(json =>
        {
            foreach (var place in order) _records.Write(json, entries[place]);
        });
    }

    string Iso(int second) => world.Company.At(second).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnBehalf.Simulator.Audit;

namespace OnBehalf.Simulator.Graph;

/// <summary>
/// /security/auditLog/queries: created, polled until it succeeds, read page by page, deleted. A tenant runs about ten at once.
/// </summary>
sealed class AuditQueryEndpoint(World world, AuditTrail trail)
{
    const int MostRunning = 10;
    const int UsualPage = 150;
    const int LargestPage = 999;

    /// <summary>A query is first not started, then running; at the third look it is done.</summary>
    const int PollsToEnd = 2;

    static readonly string[] TypeNames = ["exchangeAdmin", "exchangeItem", "exchangeItemGroup", "exchangeItemAggregated"];

    readonly ConcurrentDictionary<Guid, Query> _queries = new();
    readonly AuditRecords _records = new(world, trail);
    int _created;

    sealed class Query
    {
        public required JsonObject Asked { get; init; }
        public required int From { get; init; }
        public required int Until { get; init; }
        public required HashSet<string> Operations { get; init; }
        public required HashSet<string> Types { get; init; }

        /// <summary>The second it was created: records that came later are not in it.</summary>
        public required int AsOf { get; init; }
        public string? Misfortune { get; init; }
        public int Polls { get; set; }

        public string Status => Polls == 0 ? "notStarted"
            : Misfortune == "failed" && Polls >= PollsToEnd ? "failed"
            : Misfortune is null && Polls >= PollsToEnd ? "succeeded"
            : "running";
    }

    public GraphAnswer Answer(GraphRequest request)
    {
        MailAccess.Demand(request.Token, "AuditLogsQuery-Exchange.Read.All", "AuditLogsQuery.Read.All");
        if (!world.Company.Scenario.UnifiedAudit)
            throw new GraphError(400, "UnknownError", """{"Status":"AuditingDisabledTenant"}""");
        return (request.Method, request.Path[3..]) switch
        {
            ("POST", []) => Create(request),
            ("GET", []) => List(request),
            ("GET", [var id]) => Poll(request, id),
            ("GET", [var id, "records"]) => ReadRecords(request, id),
            ("DELETE", [var id]) => Delete(id),
            _ => throw GraphError.UnknownSegment(request.Path[^1]),
        };
    }

    GraphAnswer Create(GraphRequest request)
    {
        if (_queries.Values.Count(query => query.Status is "notStarted" or "running") >= MostRunning)
            throw new GraphError(429, "TooManyRequests", "Too many requests.") { RetryAfter = "30" };
        var asked = Parse(request.Body);
        var number = (ulong)Interlocked.Increment(ref _created);
        var id = Chance.GuidFrom(Chance.Mix(world.Company.Seed, 300, number));
        var query = new Query
        {
            Asked = asked, From = Time(asked, "filterStartDateTime"), Until = Time(asked, "filterEndDateTime"), AsOf = world.Now,
            Operations = Texts(asked, "operationFilters"), Types = Texts(asked, "recordTypeFilters"),
            Misfortune = !world.Strikes(Quirk.StuckQueries, number) ? null : number % 2 == 0 ? "failed" : "stuck",
        };
        _queries[id] = query;
        return GraphAnswer.Of(json => Write(json, request, id, query), 201);
    }

    GraphAnswer List(GraphRequest request) => GraphAnswer.Of(json =>
    {
        json.WriteString("@odata.context"u8, request.Root + "/$metadata#security/auditLog/queries");
        json.WriteStartArray("value"u8);
        foreach (var (id, query) in _queries)
        {
            json.WriteStartObject();
            WriteQuery(json, id, query);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    GraphAnswer Poll(GraphRequest request, string text)
    {
        var (id, query) = Find(text);
        query.Polls++;
        return GraphAnswer.Of(json => Write(json, request, id, query));
    }

    GraphAnswer Delete(string text)
    {
        _queries.TryRemove(Find(text).Id, out _);
        return GraphAnswer.Empty(204);
    }

    GraphAnswer ReadRecords(GraphRequest request, string text)
    {
        var (id, query) = Find(text);
        var size = int.TryParse(request.Option("$top"), CultureInfo.InvariantCulture, out var top) ? Math.Clamp(top,
            1, LargestPage) : UsualPage;
        var position = int.TryParse(request.Option("$skiptoken"), CultureInfo.InvariantCulture, out var skip) ? Math.Max(0, skip) : 0;
        if (query.Status != "succeeded") position = trail.Entries.Length;
        return GraphAnswer.Of(json =>
        {
            json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#security/auditLog/queries('{id}')/records");
            json.WriteStartArray("value"u8);
            for (; position < trail.Entries.Length && size > 0; position++)
                if (Matches(query, trail.Entries[position]))
                {
                    WriteRecord(json, trail.Entries[position]);
                    size--;
                }
            json.WriteEndArray();
            if (position < trail.Entries.Length && trail.Entries[position].AvailableAt <= query.AsOf)
                json.WriteString("@odata.nextLink"u8,
                    $"{request.Root}/security/auditLog/queries/{id}/records?$top={request.Option("$top") ?? "150"}&$skiptoken={position}");
        });
    }

    bool Matches(Query query, AuditEntry entry)
    {
        // The search deduplicates what the feed repeats.
        if (entry.Subject == AuditSubject.SendAgain || entry.AvailableAt > query.AsOf) return false;
        if (entry.HappenedAt < query.From || entry.HappenedAt >= query.Until) return false;
        return (query.Operations.Count == 0 || query.Operations.Contains(entry.Operation.ToString()))
            && (query.Types.Count == 0 || query.Types.Contains(NameOf(AuditRecords.TypeOf(entry.Operation))));
    }

    static string NameOf(int type) => type switch { 1 => TypeNames[0], 2 => TypeNames[1], 3 => TypeNames[2], _ => TypeNames[3] };

    void WriteRecord(Utf8JsonWriter json, AuditEntry entry)
    {
        var letter = trail.Open(entry).Letter;
        var user = _records.UserOf(entry, letter);
        json.WriteStartObject();
        json.WriteString("@odata.type"u8, "#microsoft.graph.security.auditLogRecord"u8);
        json.WriteString("id"u8, AuditRecords.IdOf(entry, letter));
        json.WriteString("createdDateTime"u8, world.Company.At(entry.HappenedAt));
        json.WriteString("auditLogRecordType"u8, NameOf(AuditRecords.TypeOf(entry.Operation)));
        json.WriteString("operation"u8, entry.Operation.ToString());
        json.WriteString("organizationId"u8, world.Company.TenantId);
        json.WriteString("userType"u8, user == AuditRecords.SystemAccount ? "system"u8 : "regular"u8);
        json.WriteString("userId"u8, user);
        json.WriteString("service"u8, "Exchange"u8);
        json.WriteNull("objectId"u8);
        json.WriteString("userPrincipalName"u8, user);
        json.WriteString("clientIp"u8, "203.0.113.24"u8);
        json.WriteStartArray("administrativeUnits"u8);
        json.WriteStringValue(""u8);
        json.WriteEndArray();
        json.WritePropertyName("auditData"u8);
        _records.Write(json, entry);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, GraphRequest request, Guid id, Query query)
    {
        json.WriteString("@odata.context"u8, request.Root + "/$metadata#security/auditLog/queries/$entity");
        WriteQuery(json, id, query);
    }

    static void WriteQuery(Utf8JsonWriter json, Guid id, Query query)
    {
        json.WriteString("id"u8, id);
        foreach (var name in (string[])["displayName", "filterStartDateTime", "filterEndDateTime", "keywordFilter", "serviceFilter"])
            json.WriteString(name, (string?)query.Asked[name]);
        foreach (var name in (string[])["recordTypeFilters", "operationFilters", "userPrincipalNameFilters", "ipAddressFilters",
            "objectIdFilters", "administrativeUnitIdFilters"])
        {
            json.WriteStartArray(name);
            foreach (var text in Texts(query.Asked, name)) json.WriteStringValue(text);
            json.WriteEndArray();
        }
        json.WriteString("status"u8, query.Status);
    }

    (Guid Id, Query Query) Find(string text) =>
        Guid.TryParse(text, out var id) && _queries.TryGetValue(id, out var query)
            ? (id, query)
            : throw new GraphError(404, "NotFound", $"The audit log query '{text}' was not found.");

    static JsonObject Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject ?? throw GraphError.BadRequest("The body is no object.");
        }
        catch (JsonException)
        {
            throw GraphError.BadRequest("The body is no JSON.");
        }
    }

    int Time(JsonObject asked, string name)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse((string?)asked[name], CultureInfo.InvariantCulture, utc, out var instant)
            ? world.Company.Second(instant)
            : throw GraphError.BadRequest($"{name} is required.");
    }

    static HashSet<string> Texts(JsonObject asked, string name) => asked[name] is JsonArray texts
        ? texts.Select(text => (string?)text ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase)
        : new(StringComparer.OrdinalIgnoreCase);
}

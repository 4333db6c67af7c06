using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>Invented audit records, and every format they come in.</summary>
static class SomeAudit
{
    static readonly DateTime Start = new(2026, 3, 2, 9, 14, 0);
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>A SendAs record with every field the importer reads.</summary>
    public static JsonObject SendAs(int number = 1) => Record(number, "SendAs", "SendAsUserSmtp");

    /// <summary>A SendOnBehalf record.</summary>
    public static JsonObject SendOnBehalf(int number = 2) => Record(number, "SendOnBehalf", "SendOnBehalfOfUserSmtp");

    /// <summary>A record of another operation.</summary>
    public static JsonObject Other(int number) => new()
    {
        ["CreationTime"] = "2026-03-02T08:00:00",
        ["Id"] = IdOf(number),
        ["Operation"] = "MailItemsAccessed",
        ["RecordType"] = 50,
        ["UserId"] = "anna@acme.example",
        ["Folders"] = new JsonArray(new JsonObject
        {
            ["Path"] = "\\Inbox",
            ["FolderItems"] = new JsonArray(new JsonObject { ["InternetMessageId"] = "<{[\"SendAs\"]}@acme.example>" }),
        }),
        ["OperationCount"] = 1,
    };

    /// <summary>A few sends among others.</summary>
    public static List<JsonObject> Several() =>
        [Other(10), SendAs(1), Other(11), Other(12), SendOnBehalf(2), SendAs(3), Other(13)];

    /// <summary>The id of a record by its number.</summary>
    public static string IdOf(int number) => $"00000000-1111-4222-8333-{number:d12}";

    /// <summary>One record a line.</summary>
    public static string Lines(IEnumerable<JsonObject> records) =>
        string.Concat(records.Select(record => record.ToJsonString() + "\n"));

    /// <summary>One array, as the Management API gives it.</summary>
    public static string Array(IEnumerable<JsonObject> records) =>
        new JsonArray([.. records.Select(record => record.DeepClone())]).ToJsonString();

    /// <summary>One indented array.</summary>
    public static string IndentedArray(IEnumerable<JsonObject> records) =>
        new JsonArray([.. records.Select(record => record.DeepClone())]).ToJsonString(Indented);

    /// <summary>A page of Graph's audit query.</summary>
    public static string GraphPage(IEnumerable<JsonObject> records) => new JsonObject
    {
        ["@odata.context"] = "https://graph.example/v1.0/$metadata#records",
        ["value"] = new JsonArray([.. records.Select(GraphRecord)]),
        ["@odata.nextLink"] = "https://graph.example/next?{[\"$skiptoken\"]}",
        ["extra"] = new JsonObject { ["Operation"] = "SendAs" },
    }.ToJsonString();

    /// <summary>A record as Graph wraps it.</summary>
    public static JsonObject GraphRecord(JsonObject record) => new()
    {
        ["@odata.type"] = "#microsoft.graph.security.auditLogRecord",
        ["id"] = (string?)record["Id"],
        ["createdDateTime"] = (string?)record["CreationTime"] + "Z",
        ["auditLogRecordType"] = "exchangeItem",
        ["operation"] = (string?)record["Operation"],
        ["userType"] = "regular",
        ["userId"] = "somebody-else@acme.example",
        ["administrativeUnits"] = new JsonArray(""),
        ["auditData"] = record.DeepClone(),
    };

    /// <summary>What ConvertTo-Json makes of Search-UnifiedAuditLog: AuditData is text that holds JSON.</summary>
    public static string PowerShellJson(IEnumerable<JsonObject> records) => new JsonArray(
        [.. records.Select(record => new JsonObject
        {
            ["RecordType"] = "ExchangeItem",
            ["CreationDate"] = "/Date(1772442871000)/",
            ["UserIds"] = "somebody-else@acme.example",
            ["Operations"] = (string?)record["Operation"],
            ["AuditData"] = record.ToJsonString(),
            ["Identity"] = (string?)record["Id"],
        })]).ToJsonString(Indented);

    /// <summary>Search-UnifiedAuditLog | Export-Csv.</summary>
    public static string PowerShellCsv(IEnumerable<JsonObject> records) => Csv(records,
        ["PSComputerName", "RunspaceId", "PSShowComputerName", "RecordType", "CreationDate", "UserIds", "Operations",
            "AuditData", "ResultIndex", "ResultCount", "Identity", "IsValid", "ObjectState"],
        record => ["outlook.office365.com", "", "False", "ExchangeItem", "3/2/2026 9:14:31 AM", "nobody", "SendAs",
            Solidus(record), "1", "75", "", "True", "Unchanged"]);

    /// <summary>The Purview portal's export.</summary>
    public static string PortalCsv(IEnumerable<JsonObject> records) => "\ufeff" + Csv(records,
        ["RecordId", "CreationDate", "RecordType", "Operation", "UserId", "AuditData", "AssociatedAdminUnits",
            "AssociatedAdminUnitsNames"],
        record => [(string)record["Id"]!, "2026-03-02T09:14:31.0000000Z", "2", (string)record["Operation"]!, "nobody",
            record.ToJsonString(), "", ""]);

    /// <summary>The old portal's export.</summary>
    public static string OldPortalCsv(IEnumerable<JsonObject> records) => Csv(records,
        ["CreationDate", "UserIds", "Operations", "AuditData"],
        record => ["2026-03-02T09:14:31.0000000Z", "nobody", "SendAs", record.ToJsonString()]);

    /// <summary>The PowerShell columns as Splunk exports them again, in another order and among others.</summary>
    public static string SplunkCsv(IEnumerable<JsonObject> records) => Csv(records,
        ["AuditData", "CreationDate", "Operations", "_raw", "date_hour", "host", "source", "timestamp"],
        record => [record.ToJsonString(), "3/2/2026 9:14", "SendAs", "a \"raw\"\r\nline, {", "9", "h", "s", "none"]);

    /// <summary>Rows of the OfficeActivity table as CSV: no AuditData, nested values as text that holds JSON.</summary>
    public static string ActivityCsv(IEnumerable<JsonObject> records) => Csv(records,
        ["TenantId", "TimeGenerated [UTC]", "OfficeId", "Operation", "UserId", "UserType", "ResultStatus", "Item",
            "SendAsUserSmtp", "SendOnBehalfOfUserSmtp"],
        record => ["t", (string?)record["CreationTime"] + "Z", (string)record["Id"]!, (string)record["Operation"]!,
            (string)record["UserId"]!, "Regular", "Succeeded", record["Item"]?.ToJsonString() ?? "",
            (string?)record["SendAsUserSmtp"] ?? "", (string?)record["SendOnBehalfOfUserSmtp"] ?? ""]);

    /// <summary>Rows of the OfficeActivity table as JSON lines.</summary>
    public static string ActivityLines(IEnumerable<JsonObject> records) => Lines(records.Select(record =>
    {
        var row = new JsonObject { ["TenantId"] = "t", ["TimeGenerated"] = (string?)record["CreationTime"] + "Z" };
        foreach (var (name, value) in record)
            if (name is not ("CreationTime" or "Id"))
                row[name] = value is JsonObject nested ? nested.ToJsonString() : value?.ToString();
        row["UserType"] = "Regular";
        row["OfficeId"] = (string?)record["Id"];
        return row;
    }));

    /// <summary>Rows with quotes where they are needed.</summary>
    public static string Csv(
        IEnumerable<JsonObject> records, string[] header, Func<JsonObject, string[]> row, char delimiter = ',') =>
        string.Concat(records.Select(row).Prepend(header)
            .Select(fields => string.Join(delimiter, fields.Select(Quote)) + "\r\n"));

    /// <summary>Gzipped.</summary>
    public static byte[] Gzip(byte[] input)
    {
        var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(input);
        return output.ToArray();
    }

    static string Quote(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // As Exchange writes it: / is \/.
    static string Solidus(JsonObject record) => record.ToJsonString(
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Replace("/", "\\/", StringComparison.Ordinal);

    static JsonObject Record(int number, string operation, string mailboxField) => new()
    {
        ["AppAccessContext"] = new JsonObject { ["IssuedAtTime"] = "2026-03-02T08:55:10" },
        ["CreationTime"] = Start.AddSeconds(number).ToString("s", CultureInfo.InvariantCulture),
        ["Id"] = IdOf(number),
        ["Operation"] = operation,
        ["RecordType"] = 2,
        ["ResultStatus"] = "Succeeded",
        ["UserType"] = 0,
        ["Workload"] = "Exchange",
        ["UserId"] = "Anna@acme.example",
        ["LogonType"] = 0,
        ["MailboxOwnerUPN"] = "anna@acme.example",
        ["OriginatingServer"] = "AM0PR04MB4196 (15.20.8466.016)\r\n",
        ["Item"] = new JsonObject
        {
            ["Id"] = "Unknown",
            ["InternetMessageId"] = $"<Reply{number}@acme.example>",
            ["ParentFolder"] = new JsonObject { ["Id"] = "x", ["Path"] = "\\Drafts" },
            ["Subject"] = $"RE: Größe \"{number}\" 1/2 \U0001F600",
        },
        [mailboxField] = "Support@acme.example",
    };
}

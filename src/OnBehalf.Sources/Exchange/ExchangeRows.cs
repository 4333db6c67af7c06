using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnBehalf.Sources.Exchange;

/// <summary>What a row is about, by its shape.</summary>
enum RowKind : byte { None, Recipient, FullAccess, SendAs, AuditLog, Organisation, Bypass, Members, Taken }

/// <summary>
/// The rows of any cmdlet output, told apart by their shape and not by where they stand: a file of our script, an answer
/// of the admin API, and what an administrator piped into ConvertTo-Json are read alike.
/// </summary>
sealed class ExchangeRows
{
    /// <summary>The property that our script and our client add: whose mailbox a row of permissions is about.</summary>
    public const string About = "OnBehalfMailbox";

    readonly Dictionary<RowKind, List<ExchangeRow>> _rows = [];

    /// <summary>The rows of a kind, in the order in which they came.</summary>
    public IReadOnlyList<ExchangeRow> this[RowKind kind] => _rows.TryGetValue(kind, out var rows) ? rows : [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Values.Sum(rows => rows.Count);

    /// <summary>Adds every row that is in a document, however deep; no recursion, for the file may be anybody's.</summary>
    public void Add(JsonElement document)
    {
        var open = new Stack<JsonElement>([document]);
        while (open.TryPop(out var value))
        {
            if (value.ValueKind == JsonValueKind.Array)
                foreach (var inner in value.EnumerateArray().Reverse()) open.Push(inner);
            if (value.ValueKind != JsonValueKind.Object) continue;
            var kind = KindOf(new ExchangeRow(value));
            if (kind != RowKind.None) Put(kind, value);
            if (kind is RowKind.None or RowKind.Taken)
                foreach (var inner in value.EnumerateObject().Reverse()) open.Push(inner.Value);
        }
    }

    void Put(RowKind kind, JsonElement value)
    {
        if (!_rows.TryGetValue(kind, out var rows)) _rows.Add(kind, rows = []);
        if (kind == RowKind.FullAccess && Nested(value) is { } nested) rows.AddRange(nested);
        else rows.Add(new(value));
    }

    static RowKind KindOf(ExchangeRow row) =>
        row.Has("PermissionList") ? RowKind.FullAccess
        : row.Has("Trustee") && row.Has("AccessRights") ? RowKind.SendAs
        : row.Has("User") && row.Has("AccessRights") ? RowKind.FullAccess
        : row.Has("AuditBypassEnabled") ? RowKind.Bypass
        : row.Has("UnifiedAuditLogIngestionEnabled") ? RowKind.AuditLog
        : row.Has("AuditDisabled") ? RowKind.Organisation
        : row.Has("OnBehalfGroup") ? RowKind.Members
        : row.Has("RecipientTypeDetails") || row.Has("PrimarySmtpAddress") || row.Has("GrantSendOnBehalfTo") ? RowKind.Recipient
        : row.Has("OnBehalfTakenAt") ? RowKind.Taken
        : RowKind.None;

    // Get-EXOMailboxPermission: one row a trustee, with a list of its permissions inside.
    static IEnumerable<ExchangeRow>? Nested(JsonElement value)
    {
        var outer = new ExchangeRow(value);
        if (!outer.Has("PermissionList")) return null;
        var rows = new List<ExchangeRow>();
        foreach (var inner in PermissionsOf(value))
        {
            var row = JsonObject.Create(inner)!;
            row["User"] = outer.Text("User");
            row["Identity"] = outer.Text("MailboxIdentity", "Identity");
            row[About] = outer.Text(About);
            rows.Add(new(JsonSerializer.SerializeToElement(row, ExchangeJson.Default.JsonObject)));
        }
        return rows;
    }

    static IEnumerable<JsonElement> PermissionsOf(JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            if (!property.Name.Equals("PermissionList", StringComparison.OrdinalIgnoreCase)) continue;
            if (property.Value.ValueKind == JsonValueKind.Object) return [property.Value];
            if (property.Value.ValueKind == JsonValueKind.Array)
                return property.Value.EnumerateArray().Where(inner => inner.ValueKind == JsonValueKind.Object);
        }
        return [];
    }
}

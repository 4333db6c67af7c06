using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OnBehalf.Simulator.Audit;

namespace OnBehalf.Simulator.Exports;

/// <summary>Writes the audit log as administrators export it.</summary>
sealed class AuditExport(World world, AuditTrail trail)
{
    static readonly string[] Columns =
    [
        "PSComputerName", "RunspaceId", "PSShowComputerName", "RecordType", "CreationDate", "UserIds", "Operations", "AuditData",
        "ResultIndex", "ResultCount", "Identity", "IsValid", "ObjectState",
    ];

    readonly AuditRecords _records = new(world, trail);

    /// <summary>The columns of Search-UnifiedAuditLog through Export-Csv, dates as an American administrator gets them.</summary>
    public void WriteCsv(Stream stream)
    {
        WriteRow(stream, Columns);
        var available = Available().ToArray();
        for (var place = 0; place < available.Length; place++)
        {
            var entry = available[place];
            var letter = trail.Open(entry).Letter;
            WriteRow(stream,
            [
                "outlook.office365.com", Chance.GuidFrom(world.Company.Seed).ToString(), "False",
                NameOf(AuditRecords.TypeOf(entry.Operation)),
                world.Company.At(entry.HappenedAt).ToString("M/d/yyyy h:mm:ss tt", CultureInfo.InvariantCulture),
                _records.UserOf(entry, letter), entry.Operation.ToString(), Json(entry), Text(place + 1),
                Text(available.Length), AuditRecords.IdOf(entry, letter).ToString(), "True", "Unchanged",
            ]);
        }
    }

    public void WriteLines(Stream stream)
    {
        foreach (var entry in Available())
        {
            stream.Write(Encoding.UTF8.GetBytes(Json(entry)));
            stream.WriteByte((byte)'\n');
        }
    }

    IEnumerable<AuditEntry> Available()
    {
        var now = world.Now;
        return trail.Entries.TakeWhile(entry => entry.AvailableAt <= now);
    }

    string Json(AuditEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) _records.Write(json, entry);
        // The exporter escapes slashes, as JavaScript serializers of its time did.
        return Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("/", "\\/", StringComparison.Ordinal);
    }

    static string NameOf(int type) => type switch { 3 => "ExchangeItemGroup", 50 => "ExchangeItemAggregated", _ => "ExchangeItem" };

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static void WriteRow(Stream stream, IReadOnlyList<string> fields) => stream.Write(Encoding.UTF8.GetBytes(
        string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
}

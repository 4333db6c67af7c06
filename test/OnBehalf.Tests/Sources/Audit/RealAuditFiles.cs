using System.Text.Json;
using NodaTime.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>Public audit records of others, and what was counted in them with other tools.</summary>
public sealed class RealAuditFiles
{
    const string NoExport = "not an audit export: neither JSON nor a CSV header with a column AuditData or Operation";
    const string NoOperation = "no audit record: it has no Operation";

    [Fact]
    public void Every_file_is_read_without_a_crash_and_every_byte_of_it()
    {
        var folder = RealData.Find("audit");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

        var reading = AuditReading.OfFiles(folder);

        Assert.Equal(files.Where(IsAudit).Sum(file => new FileInfo(file).Length),
            files.Where(IsAudit).Sum(file => AuditReading.OfFiles(file).BytesRead));
        Assert.Equal(4, reading.Sends.Count);
        // Notes, counts and a message trace are no audit records, and each is said to be none.
        Assert.All(reading.Damaged, damage => Assert.DoesNotContain("records", damage.Where, StringComparison.Ordinal));
        Assert.Equal(files.Where(file => !IsAudit(file)).Select(Path.GetFileName).Order(),
            reading.Damaged.Select(damage => Path.GetFileName(damage.Where.Split(',')[0])).Distinct().Order());
    }

    /// <summary>Every file there is; another reader of CSV and JSON counted the same (README.md).</summary>
    [Theory]
    [InlineData("invictus-sample/unified-audit-2021-05.csv.gz", 2784, 1393, 0, 0, "")]
    [InlineData("invictus-sample/unified-audit-2021-05.truth.json", 0, 0, 0, 1, NoOperation)]
    [InlineData("observed-shapes.md", 0, 0, 0, 1, NoExport)]
    [InlineData("otrf/OfficeActivityEvents.json", 1, 0, 0, 0, "")]
    [InlineData("records/reconstructed.SendAs.from-own-mailbox.json", 1, 0, 1, 0, "")]
    [InlineData("records/reconstructed.SendAs.opened-shared-mailbox.json", 1, 0, 1, 0, "")]
    [InlineData("records/reconstructed.SendAs.service-account.json", 1, 0, 1, 0, "")]
    [InlineData("records/reconstructed.SendOnBehalf.from-own-mailbox.json", 1, 0, 1, 0, "")]
    [InlineData("sekoia/message-trace.jsonl", 0, 0, 0, 2, NoOperation)]
    [InlineData("sekoia/o365-audit.jsonl", 73, 5, 0, 0, "")]
    [InlineData("sekoia/o365-audit.truth.json", 0, 0, 0, 1, NoOperation)]
    public void Each_file_is_read_so_or_listed_with_its_reason(
        string file, int records, int repeats, int sends, int damaged, string reason)
    {
        var reading = AuditReading.OfFiles(RealData.Find("audit/" + file));

        Assert.Equal((records, repeats, sends, 0), (reading.Records, reading.Repeats, reading.Sends.Count, reading.Failed));
        Assert.Equal(damaged, reading.Damaged.Count);
        Assert.Equal(reason, string.Join("; ", reading.Damaged.Select(damage => damage.Reason).Distinct()));
    }

    [Fact]
    public void No_file_is_missing_from_these()
    {
        var folder = RealData.Find("audit");
        var told = typeof(RealAuditFiles).GetMethod(nameof(Each_file_is_read_so_or_listed_with_its_reason))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(row => (string)row.Data[0]!);

        Assert.Equal(Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("audit/invictus-sample/unified-audit-2021-05.csv.gz", "audit/invictus-sample/unified-audit-2021-05.truth.json")]
    [InlineData("audit/sekoia/o365-audit.jsonl", "audit/sekoia/o365-audit.truth.json")]
    public void The_counts_are_those_of_the_truth_file(string input, string truthFile)
    {
        var path = RealData.Find(input);
        using var truth = JsonDocument.Parse(File.ReadAllText(RealData.Find(truthFile)));
        int Of(string name) => truth.RootElement.GetProperty(name).GetInt32();

        var reading = AuditReading.OfFiles(path);

        Assert.Equal(Of("rows"), reading.Records + reading.Damaged.Count);
        Assert.Equal(Of("auditdata_not_json"), reading.Damaged.Count);
        Assert.Equal(truth.RootElement.GetProperty("send_records").GetArrayLength(), reading.Sends.Count);
        Assert.Equal(truth.RootElement.GetProperty("operations_rows").EnumerateObject().Sum(o => o.Value.GetInt32()),
            reading.Records);

        // The rule that differs: an id that is no GUID ("ANONYMIZED") identifies nothing here, so it repeats nothing.
        var nameless = NamelessIds(path);
        Assert.Equal(Of("duplicate_id_rows"), reading.Repeats + nameless.Count - nameless.Distinct().Count());
        Assert.Equal(Of("distinct_ids"), reading.Records - reading.Repeats - nameless.Count + nameless.Distinct().Count());
    }

    [Theory]
    [InlineData("from-own-mailbox", "SendAs")]
    [InlineData("opened-shared-mailbox", "SendAs")]
    [InlineData("service-account", "SendAs")]
    [InlineData("from-own-mailbox", "SendOnBehalf")]
    public void A_reconstructed_record_is_exactly_the_expected_fact(string how, string operation)
    {
        var path = RealData.Find($"audit/records/reconstructed.{operation}.{how}.json");
        using var record = JsonDocument.Parse(File.ReadAllText(path));
        string Of(string name) => record.RootElement.GetProperty(name).GetString()!;
        var sent = record.RootElement.GetProperty("Item");

        var addresses = new Addresses();
        var reading = AuditReading.Of([path], null, addresses, out var facts);

        var messageId = sent.GetProperty("InternetMessageId").GetString()!;
        Assert.Equal((1, 0), (reading.Records, reading.Damaged.Count));
        Assert.Equal(
            new SendFact
            {
                RecordId = record.RootElement.GetProperty("Id").GetGuid(),
                Operation = Enum.Parse<SendOperation>(operation),
                At = InstantPattern.General.Parse(Of("CreationTime") + "Z").Value,
                Actor = addresses.Find(how == "service-account" ? "S-1-5-18" : "maria.lopez@contoso.com"),
                Mailbox = addresses.Find("support@contoso.com"),
                Key = MessageKey.Of(messageId.Trim('<', '>')),
                FoldedKey = MessageKey.Of(messageId.Trim('<', '>').ToLowerInvariant()),
                Subject = sent.GetProperty("Subject").GetString()!,
                ActorType = how == "service-account" ? ActorType.Admin : ActorType.Regular,
            },
            Assert.Single(facts));
        Assert.False(facts[0].Actor.IsNone || facts[0].Mailbox.IsNone);
    }

    [Fact]
    public void A_row_of_OfficeActivity_is_a_record()
    {
        var reading = AuditReading.OfFiles(RealData.Find("audit/otrf/OfficeActivityEvents.json"));

        Assert.Equal((1, 0, 0), (reading.Records, reading.Sends.Count, reading.Damaged.Count));
    }

    static bool IsAudit(string file) =>
        !file.EndsWith(".truth.json", StringComparison.Ordinal) && !file.EndsWith(".md", StringComparison.Ordinal)
        && !file.EndsWith("message-trace.jsonl", StringComparison.Ordinal);

    // Independent of the importer: lines of JSON, or none in a CSV, whose ids are GUIDs.
    static List<string> NamelessIds(string path)
    {
        if (path.EndsWith(".gz", StringComparison.Ordinal)) return [];
        return [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("Id").GetString()!)
            .Where(id => !Guid.TryParse(id, out _))];
    }
}

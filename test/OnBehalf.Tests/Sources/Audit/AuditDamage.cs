using System.Text;
using OnBehalf.Sources.Audit;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>What cannot be read is listed with where and why, and costs nothing but itself.</summary>
public sealed class AuditDamage
{
    static readonly string First = SomeAudit.SendAs(1).ToJsonString();
    static readonly string Middle = SomeAudit.SendAs(2).ToJsonString();
    static readonly string Last = SomeAudit.SendAs(3).ToJsonString();
    static readonly string Long = $"{{\"Operation\":\"SendAs\",\"x\":\"{new string('x', Window.RecordLimit)}\"}}";

    /// <summary>Wherever a line is cut, only that line is lost.</summary>
    [Fact]
    public void A_line_that_was_cut_off_costs_only_itself()
    {
        for (var length = 1; length < Middle.Length; length++)
        {
            var reading = AuditReading.Of($"{First}\n{Middle[..length]}\n{Last}\n");

            Assert.Equal((length, 2), (length, reading.Sends.Count));
            Assert.Equal((length, "-, record 2"), (length, Assert.Single(reading.Damaged).Where));
        }
    }

    [Fact]
    public void A_text_that_was_cut_off_ends_where_the_next_line_begins_a_record()
    {
        var at = 0;
        Assert.Equal(Extent.Broken, default(JsonScanner).Scan("{\"a\":\"b\n{\"c\":1}"u8, ref at, ended: true));
        Assert.Equal("{\"a\":\"b\n".Length, at);

        at = 0;
        Assert.Equal(Extent.Complete, default(JsonScanner).Scan("{\"a\":\"b\n c\"}"u8, ref at, ended: true));
    }

    [Fact]
    public void An_input_that_was_cut_off_gives_what_it_holds()
    {
        var text = $"[{First},{Middle}]";
        for (var length = First.Length + 2; length < text.Length; length++)
        {
            var reading = AuditReading.Of(text[..length]);

            Assert.Equal((length, length > text.Length - 2 ? 2 : 1), (length, reading.Sends.Count));
            Assert.Equal((length, 1), (length, reading.Damaged.Count));
        }
    }

    [Fact]
    public void A_gzip_stream_that_was_cut_off_or_changed_is_damaged_and_the_next_file_is_read()
    {
        using var folder = new AuditFolder();
        var lines = SomeAudit.Lines(Enumerable.Range(0, 2000).Select(SomeAudit.SendAs));
        var gzip = SomeAudit.Gzip(Encoding.UTF8.GetBytes(lines));
        var changed = gzip.ToArray();
        changed[gzip.Length / 2] ^= 0xFF;
        var cut = folder.Write("1", gzip[..(gzip.Length / 2)]);
        var torn = folder.Write("2", changed);
        var whole = folder.Write("3", SomeAudit.Gzip(Encoding.UTF8.GetBytes(SomeAudit.Lines([SomeAudit.SendOnBehalf(9999)]))));

        foreach (var broken in new[] { cut, torn })
        {
            var reading = AuditReading.OfFiles(broken, whole);
            Assert.NotEmpty(reading.Damaged);
            Assert.All(reading.Damaged, damage => Assert.StartsWith(broken, damage.Where, StringComparison.Ordinal));
            Assert.Contains(SomeAudit.IdOf(9999), reading.Facts, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_record_over_the_limit_is_damaged_and_the_next_is_read()
    {
        foreach (var text in new[] { $"{First}\n{Long}\n{Last}", $"[{First},{Long},{Last}]", $"{{\"value\":[{First},{Long},{Last}]}}" })
        {
            var reading = AuditReading.Of(text);
            Assert.Equal(2, reading.Sends.Count);
            Assert.Equal("-, record 2: longer than 1048576 bytes", Said(reading));
        }
        var atLimit = Long.Replace("xx", "", StringComparison.Ordinal);
        Assert.DoesNotContain("longer", AuditReading.Of(atLimit).Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_over_the_limit_is_damaged_and_the_next_is_read()
    {
        foreach (var longField in new[] { $"\"{Doubled(Long)}\"", new string('x', Window.RecordLimit * 3) })
        {
            var reading = AuditReading.Of($"AuditData\n{Row(First)}{longField}\n{Row(Last)}");

            Assert.Equal(2, reading.Sends.Count);
            Assert.StartsWith("-, row 3: ", Said(reading), StringComparison.Ordinal);
            Assert.Contains("longer than 1048576 bytes", Said(reading), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_quote_that_is_never_closed_costs_one_row()
    {
        var many = string.Concat(Enumerable.Range(10, 2000).Select(number => Row(SomeAudit.SendAs(number).ToJsonString())));

        // A stray quote at the very end has nothing below it; one in the middle is closed by the next row's.
        var atEnd = AuditReading.Of($"AuditData\n{many}\"{Doubled(Last)}");
        Assert.Equal((2000, 1), (atEnd.Sends.Count, atEnd.Damaged.Count));

        var unquoted = string.Concat(Enumerable.Range(0, 60_000).Select(number => $"plain row number {number}\n"));
        var amid = AuditReading.Of($"AuditData\n{Row(First)}\"{{\n{unquoted}{Row(Last)}");
        Assert.Contains(SomeAudit.IdOf(3), amid.Facts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "AuditData is empty")]
    [InlineData("\"\"", "AuditData is empty")]
    [InlineData("null", "AuditData is empty")]
    [InlineData("{}", "no audit record: it has no Operation")]
    [InlineData("\"{\"\"Operation\"\":\"\"Update\"\",\"", "cut off, or not JSON")]
    [InlineData("\"{\"\"Operation\"\":\"\"SendAs\"\",}\"", "SendAs record without SendAsUserSmtp")]
    [InlineData("{nonsense}", "cut off, or not JSON")]
    [InlineData("12", "cut off, or not JSON")]
    public void A_row_that_holds_no_record_is_damaged(string field, string reason)
    {
        var reading = AuditReading.Of($"Before,AuditData,After\nx,{Row(First).TrimEnd()},x\nx,{field},x\nx,{Row(Last).TrimEnd()},x\n");

        Assert.Equal(2, reading.Sends.Count);
        Assert.Equal($"-, row 3: {reason}", Said(reading));
    }

    [Theory]
    [InlineData("SendAsUserSmtp", null, "SendAs record without SendAsUserSmtp")]
    [InlineData("SendAsUserSmtp", "", "SendAs record without SendAsUserSmtp")]
    [InlineData("UserId", null, "SendAs record without UserId")]
    [InlineData("CreationTime", null, "SendAs record without CreationTime")]
    [InlineData("CreationTime", "3/2/2026 9:14:31 AM", "CreationTime is not yyyy-MM-ddTHH:mm:ss: 3/2/2026 9:14:31 AM")]
    [InlineData("CreationTime", "2026-02-30T00:00:00", "CreationTime is not yyyy-MM-ddTHH:mm:ss: 2026-02-30T00:00:00")]
    [InlineData("Operation", null, "no audit record: it has no Operation")]
    public void A_send_that_lacks_what_it_must_say_is_damaged(string field, string? value, string reason)
    {
        var record = SomeAudit.SendAs(2);
        record[field] = value;

        var reading = AuditReading.Of($"{First}\n{record.ToJsonString()}\n{Last}\n");

        Assert.Equal((2, 2), (reading.Sends.Count, reading.Records));
        Assert.Equal($"-, record 2: {reason}", Said(reading));
    }

    [Fact]
    public void An_address_of_any_length_is_not_kept()
    {
        var record = SomeAudit.SendAs();
        record["UserId"] = new string('a', SendTranslation.AddressLimit + 1);

        Assert.Equal("an address over 1024 letters", AuditReading.Of(record.ToJsonString()).Reasons);
    }

    [Fact]
    public void A_Graph_record_without_auditData_names_no_mailbox()
    {
        var record = SomeAudit.GraphRecord(SomeAudit.SendAs());
        foreach (var empty in new[] { "null", "\"\"", "{}" })
        {
            record["auditData"] = System.Text.Json.Nodes.JsonNode.Parse(empty);
            Assert.Equal("SendAs record without SendAsUserSmtp", AuditReading.Of(record.ToJsonString()).Reasons);
        }
    }

    [Theory]
    [InlineData("# Notes\n\nNothing here.\n")]
    [InlineData("From,To\na,b\n")]
    [InlineData("\0\u0001\u0002")]
    public void A_file_that_is_no_audit_export_is_one_damage(string text)
    {
        var reading = AuditReading.Of(text);

        Assert.Equal("-, row 1: not an audit export: neither JSON nor a CSV header with a column AuditData or Operation", Said(reading));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n")]
    [InlineData("[]")]
    [InlineData("{\"value\":[]}")]
    [InlineData("CreationDate,UserIds,Operations,AuditData\r\n")]
    public void Nothing_is_nothing(string text)
    {
        var reading = AuditReading.Of(text);

        Assert.Equal((0, "", ""), (reading.Records, reading.Reasons, reading.Facts));
    }

    [Fact]
    public void Nonsense_between_records_is_said_once()
    {
        var reading = AuditReading.Of($"{First}\nWARNING: one\nWARNING: two\n{Last}\n");

        Assert.Equal(2, reading.Sends.Count);
        Assert.Equal("-, record 2: no record begins here: not JSON", Said(reading));
    }

    [Fact]
    public void Brackets_that_do_not_fit_cost_one_record()
    {
        foreach (var broken in new[] { "{\"a\":[1,2}", "{\"a\":{\"b\":1]}", "{\"a\":1 {" })
            Assert.Equal(2, AuditReading.Of($"[{First},{broken},{Last}]").Sends.Count);
    }

    static string Said(AuditReading reading) => string.Join('\n', reading.Damaged.Select(d => $"{d.Where}: {d.Reason}"));

    static string Row(string json) => $"\"{Doubled(json)}\"\n";

    static string Doubled(string json) => json.Replace("\"", "\"\"", StringComparison.Ordinal);
}

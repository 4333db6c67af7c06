using System.Text;
using System.Text.Json.Nodes;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>The same records give the same facts in every format.</summary>
public sealed class AuditFormats
{
    static readonly (string Name, Func<IEnumerable<JsonObject>, string> Write)[] Formats =
    [
        ("JSON lines", SomeAudit.Lines),
        ("JSON array", SomeAudit.Array),
        ("indented JSON array", SomeAudit.IndentedArray),
        ("several blobs in a row", records => string.Concat(records.Chunk(2).Select(SomeAudit.Array))),
        ("Graph page", SomeAudit.GraphPage),
        ("Graph pages in a row", records => string.Join("\n", records.Chunk(3).Select(SomeAudit.GraphPage))),
        ("Graph records", records => SomeAudit.Lines(records.Select(SomeAudit.GraphRecord))),
        ("PowerShell JSON", SomeAudit.PowerShellJson),
        ("PowerShell CSV", SomeAudit.PowerShellCsv),
        ("PowerShell CSV with a type line", records => "#TYPE Selected.Object\r\n" + SomeAudit.PowerShellCsv(records)),
        ("portal CSV", SomeAudit.PortalCsv),
        ("old portal CSV", SomeAudit.OldPortalCsv),
        ("Splunk CSV", SomeAudit.SplunkCsv),
        ("OfficeActivity CSV", SomeAudit.ActivityCsv),
        ("OfficeActivity JSON", SomeAudit.ActivityLines),
        ("CSV with semicolons, saved again", records => "\ufeff" + SomeAudit.Csv(
            records, ["CreationDate", "auditdata"], record => ["2.3.2026 9:14", record.ToJsonString()], ';')),
        ("CSV with LF", records => SomeAudit.PortalCsv(records).Replace("\r\n", "\n", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> FormatNames => [.. Formats.Select(format => format.Name)];

    [Theory, MemberData(nameof(FormatNames))]
    public void Every_format_gives_the_same_facts(string format)
    {
        var reading = AuditReading.Of(Written(format, SomeAudit.Several()));

        Assert.Equal(Expected, reading.Facts);
        Assert.Equal("", reading.Reasons);
        Assert.Equal((7, 0), (reading.Records, reading.Repeats));
    }

    [Theory, MemberData(nameof(FormatNames))]
    public void Gzip_and_UTF_16_are_known_from_the_content(string format)
    {
        var text = Written(format, SomeAudit.Several());
        var inputs = new Dictionary<string, byte[]>
        {
            ["gzip"] = SomeAudit.Gzip(Encoding.UTF8.GetBytes(text)),
            ["two gzip members"] =
                [.. SomeAudit.Gzip(Encoding.UTF8.GetBytes(text[..200])), .. SomeAudit.Gzip(Encoding.UTF8.GetBytes(text[200..]))],
            ["little-endian with a mark"] = [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            ["big-endian with a mark"] =
                [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)],
            ["without a mark"] = Encoding.Unicode.GetBytes(text.TrimStart('\ufeff')),
            ["gzipped UTF-16"] = SomeAudit.Gzip([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)]),
            ["UTF-8 with a mark"] = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.TrimStart('\ufeff'))],
        };
        foreach (var (name, input) in inputs)
        {
            var reading = AuditReading.Of(input);
            Assert.Equal($"{name}\n{Expected}", $"{name}\n{reading.Facts}");
            Assert.Equal(input.Length, reading.BytesRead);
        }
    }

    [Theory, MemberData(nameof(FormatNames))]
    public void In_how_small_pieces_the_input_arrives_makes_no_difference(string format)
    {
        var input = Encoding.UTF8.GetBytes(Written(format, SomeAudit.Several()) + "\n{\"broken\":");

        var whole = AuditReading.Of(input);
        var trickled = AuditReading.Of(["-"], new TrickledStream(input, atMost: 3));

        Assert.Equal(whole.Facts, trickled.Facts);
        Assert.Equal(whole.Damaged, trickled.Damaged);
        Assert.Equal((whole.Records, whole.BytesRead), (trickled.Records, trickled.BytesRead));
    }

    [Fact]
    public void A_single_record_is_a_file_of_its_own()
    {
        var text = SomeAudit.SendAs().ToString();

        Assert.Single(AuditReading.Of(text).Sends);
        Assert.Equal(AuditReading.Of(SomeAudit.Lines([SomeAudit.SendAs()])).Facts, AuditReading.Of(text).Facts);
    }

    [Fact]
    public void A_send_says_who_in_whose_name_and_which_message()
    {
        var addresses = new Addresses();
        AuditReading.Of(["-"], new MemoryStream(Encoding.UTF8.GetBytes(SomeAudit.Array([SomeAudit.SendOnBehalf(7)]))),
            addresses, out var facts);

        var send = Assert.Single(facts);
        Assert.Equal(Guid.Parse(SomeAudit.IdOf(7)), send.RecordId);
        Assert.Equal(SendOperation.SendOnBehalf, send.Operation);
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 3, 2, 9, 14, 7), send.At);
        Assert.Equal("anna@acme.example", addresses[send.Actor]);
        Assert.Equal("support@acme.example", addresses[send.Mailbox]);
        Assert.Equal(MessageKey.Of("Reply7@acme.example"), send.Key);
        Assert.Equal(MessageKey.Of("reply7@acme.example"), send.FoldedKey);
        Assert.Equal("RE: Größe \"7\" 1/2 \U0001F600", send.Subject);
        Assert.Equal(ActorType.Regular, send.ActorType);
    }

    [Fact]
    public void Neither_order_nor_repetition_changes_the_facts()
    {
        using var folder = new AuditFolder();
        for (var seed = 0; seed < Formats.Length; seed++)
        {
            var records = SomeAudit.Several();
            new Random(seed).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
            folder.Write($"{seed % 3}/{seed:d2}.txt", Encoding.UTF8.GetBytes(Formats[seed].Write(records)));
        }

        var reading = AuditReading.OfFiles(folder.Path);

        Assert.Equal(Expected, reading.Facts);
        Assert.Equal(7 * Formats.Length, reading.Records);
        Assert.Equal(7 * (Formats.Length - 1), reading.Repeats);
        Assert.Equal("", reading.Reasons);
    }

    [Fact]
    public void A_missing_path_is_a_mistake_before_anything_is_read()
    {
        using var folder = new AuditFolder();
        var present = folder.Write("a.json", Encoding.UTF8.GetBytes(SomeAudit.Array([SomeAudit.SendAs()])));
        var absent = System.IO.Path.Combine(folder.Path, "b.json");

        var mistake = Assert.Throws<Mistake>(() => AuditReading.OfFiles(present, absent));
        Assert.Equal("not_found", mistake.Code);
        Assert.Contains(absent, mistake.Message, StringComparison.Ordinal);
        Assert.Equal("not_found", Assert.Throws<Mistake>(() => AuditReading.OfFiles("-")).Code);
    }

    [Fact]
    public void Pages_are_handed_over_while_reading()
    {
        var reading = AuditReading.Of(SomeAudit.Lines(Enumerable.Range(0, 9000).Select(SomeAudit.SendAs)));

        Assert.Equal((9000, 9000, 0), (reading.Sends.Count, reading.Records, reading.Damaged.Count));
        Assert.Equal(3, reading.Pages);
    }

    static string Written(string format, IEnumerable<JsonObject> records) =>
        Formats.Single(f => f.Name == format).Write(records);

    // Said by the records themselves, not by another format.
    static string Expected => string.Join('\n', new[] { (1, "SendAs"), (2, "SendOnBehalf"), (3, "SendAs") }.Select(send =>
        $"{SomeAudit.IdOf(send.Item1)} 2026-03-02T09:14:{send.Item1:d2}Z {send.Item2} anna@acme.example for "
        + $"support@acme.example {MessageKey.Of($"Reply{send.Item1}@acme.example")}/"
        + $"{MessageKey.Of($"reply{send.Item1}@acme.example")} [RE: Größe \"{send.Item1}\" 1/2 \U0001F600] Regular"));
}

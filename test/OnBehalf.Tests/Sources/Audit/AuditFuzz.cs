using System.Text;
using OnBehalf.Tests.Fuzzing;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>Whatever the bytes, reading audit exports comes to an end and nothing is thrown.</summary>
public sealed class AuditFuzz
{
    static readonly string[] Splinters =
    [
        "\"\"", "\\u", "\\ud83d", "\u001e", "{\"value\":[", "\"value\":[", "\"AuditData\":\"{", "\"Item\":\"{\\\"",
        "\"Operation\":\"SendAs\",", "\"SendAsUserSmtp\":\"support@acme.example\",", "AuditData\n", "sep=;\n", "#TYPE x\n",
        "{\"a\":[", "ÿþ", "\u001f\u008b", "Ã", "\u0080",
    ];

    [Fact]
    public void Nothing_is_thrown_whatever_the_bytes()
    {
        var (read, records) = (0L, 0L);
        Fuzz.Run("audit", Seeds(), input =>
        {
            var reading = AuditReading.Of(input);
            Assert.InRange(reading.Damaged.Count, 0, input.Length + 1);
            Assert.InRange(reading.Repeats + reading.Failed + reading.Sends.Count, 0, reading.Records);
            (read, records) = (read + input.Length, records + reading.Records);
        }, Splinters);
        // Most of what is broken must get as far as the records, or nothing was tried.
        Assert.True(records > read / 20_000, $"{records} records in {read} bytes");
    }

    static byte[][] Seeds()
    {
        var records = SomeAudit.Several();
        byte[][] texts =
        [
            .. new[]
            {
                SomeAudit.Lines(records), SomeAudit.IndentedArray(records), SomeAudit.GraphPage(records),
                SomeAudit.PowerShellJson(records), SomeAudit.PowerShellCsv(records), SomeAudit.PortalCsv(records),
                SomeAudit.ActivityCsv(records), SomeAudit.ActivityLines(records),
            }.Select(Encoding.UTF8.GetBytes),
        ];
        return [.. texts, Encoding.Unicode.GetBytes(SomeAudit.Array(records)), SomeAudit.Gzip(texts[0])];
    }
}

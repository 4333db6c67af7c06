using System.Globalization;
using System.Text;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>
/// Whatever the bytes, reading comes to an end and nothing is thrown. ONBEHALF_FUZZ_BYTES sets how many bytes of broken
/// exports are read; a seed names each of them.
/// </summary>
public sealed class AuditFuzz
{
    const long UsualBytes = 2_000_000;

    static readonly byte[][] Splinters =
    [
        .. new[]
        {
            "\"", "\"\"", "\\", "\\u", "\\ud83d", "{", "}", "[", "]", ",", ":", "\n", "\r\n", "\0", "\ufeff", "\u001e", ";",
            "{\"value\":[", "\"value\":[", "\"AuditData\":\"{", "\"Item\":\"{\\\"", "\"Operation\":\"SendAs\",", "null",
            "\"SendAsUserSmtp\":\"support@acme.example\",", "AuditData\n", "sep=;\n", "#TYPE x\n", "1e999", "{\"a\":[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0x1F, 0x8B], [0xC3], [0x80],
    ];

    [Fact]
    public void Nothing_is_thrown_whatever_the_bytes()
    {
        var wanted = long.TryParse(Environment.GetEnvironmentVariable("ONBEHALF_FUZZ_BYTES"), NumberStyles.None,
            CultureInfo.InvariantCulture, out var bytes) ? bytes : UsualBytes;
        var seeds = Seeds();
        var (read, records) = (0L, 0L);
        for (var seed = 0; read < wanted; seed++)
        {
            var input = Broken(seeds[seed % seeds.Length], new Random(seed));
            var failure = Record.Exception(() =>
            {
                var reading = AuditReading.Of(input);
                records += reading.Records;
                Assert.InRange(reading.Damaged.Count, 0, input.Length + 1);
                Assert.InRange(reading.Repeats + reading.Failed + reading.Sends.Count, 0, reading.Records);
            });
            Assert.True(failure is null, $"Seed {seed}: {failure}");
            read += input.Length;
        }
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

    static byte[] Broken(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var change = random.Next(1, 12); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = random.Next(Math.Min(random.Next(2) == 0 ? 4 : 2000, bytes.Count - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    bytes.InsertRange(at, Splinters[random.Next(Splinters.Length)]);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 3 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat(Splinters[random.Next(Splinters.Length)], random.Next(70))
                        .SelectMany(splinter => splinter));
                    break;
            }
        }
        return [.. bytes];
    }
}

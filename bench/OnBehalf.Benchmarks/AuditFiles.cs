using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Audit;

namespace OnBehalf.Benchmarks;

/// <summary>
/// Reading audit exports: 100,000 generated records of a tenant of which one in a hundred is a send, about 1.3 kB
/// each. Records per second are <see cref="Records"/> divided by the mean.
/// </summary>
[MemoryDiagnoser]
public class AuditFiles
{
    /// <summary>How many records one operation reads.</summary>
    public const int Records = 100_000;

    byte[] _input = [];

    /// <summary>The format of the input.</summary>
    [Params("lines", "array", "csv", "graph")]
    public string Format { get; set; } = "lines";

    /// <summary>Writes the input.</summary>
    [GlobalSetup]
    public void Write()
    {
        var text = new StringBuilder();
        text.Append(Format switch { "array" => "[", "csv" => "RecordId,AuditData\r\n", "graph" => "{\"value\":[", _ => "" });
        for (var number = 0; number < Records; number++)
        {
            if (number > 0) text.Append(Format switch { "lines" => "\n", "csv" => "\r\n", _ => "," });
            var record = Record(number);
            text.Append(Format switch
            {
                "csv" => $"{Id(number)},\"{record.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
                "graph" => $$"""{"id":"{{Id(number)}}","operation":"{{Operation(number)}}","auditData":{{record}}}""",
                _ => record,
            });
        }
        text.Append(Format switch { "array" => "]", "graph" => "]}", _ => "" });
        _input = Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads it; gives how many sends there were.</summary>
    [Benchmark]
    public async Task<int> Read()
    {
        var sends = 0;
        var source = new FileAuditSource(["-"], new Addresses(), new MemoryStream(_input));
        await foreach (var page in source.ReadAsync(CancellationToken.None)) sends += page.Sends.Count;
        return sends == Records / 100 ? sends : throw new InvalidOperationException($"{sends} sends");
    }

    static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}-1c6a-4f0e-9a51-08de7853a1b2");

    static string Operation(int number) => number % 100 == 0 ? "SendAs" : "MailItemsAccessed";

    static string Record(int number)
    {
        var text = new StringBuilder($$"""
            {"CreationTime":"2026-03-02T09:14:31","Id":"{{Id(number)}}","Operation":"{{Operation(number)}}","RecordType":2,
            """);
        text.Append("""
            "ResultStatus":"Succeeded","UserKey":"100320012668D61A","UserType":0,"Version":1,"Workload":"Exchange",
            """);
        text.Append("""
            "UserId":"anna@acme.example","ClientInfoString":"Client=OWA;Action=ViaProxy","LogonType":0,
            """);
        text.Append("""
            "MailboxOwnerUPN":"anna@acme.example","OriginatingServer":"AM0PR04MB4196 (15.20.8466.016)\r\n",
            """);
        if (number % 100 == 0) text.Append("\"SendAsUserSmtp\":\"support@acme.example\",");
        text.Append("\"Folders\":[{\"Path\":\"\\\\Inbox\",\"FolderItems\":[");
        for (var message = 0; message < 8; message++)
        {
            if (message > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture,
                $"{{\"InternetMessageId\":\"<AM0PR04MB4196{number:x8}{message:x2}@AM0PR04MB4196.eurprd04.example>\"}}");
        }
        text.Append("]}],\"Item\":{\"Id\":\"Unknown\",\"InternetMessageId\":\"<");
        text.Append(CultureInfo.InvariantCulture, $"reply{number}@acme.example>\",\"Subject\":\"RE: Order {number}\"}}}}");
        return text.ToString().ReplaceLineEndings("");
    }
}

using System.Text;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Audit;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>Everything an audit source gave, all pages together, as a person would read it.</summary>
sealed record AuditReading(
    List<string> Sends, List<Damage> Damaged, int Records, int Repeats, int Failed, long BytesRead, int Pages)
{
    /// <summary>Reads one input as it would come through standard input.</summary>
    public static AuditReading Of(byte[] input) => Of(["-"], new MemoryStream(input));

    /// <summary>Reads one input.</summary>
    public static AuditReading Of(string input) => Of(Encoding.UTF8.GetBytes(input));

    /// <summary>Reads files and folders.</summary>
    public static AuditReading OfFiles(params string[] paths) => Of(paths, null);

    /// <summary>The facts, without regard to the order in which they came.</summary>
    public string Facts => string.Join('\n', Sends.Order(StringComparer.Ordinal));

    /// <summary>The reasons of all damage.</summary>
    public string Reasons => string.Join('\n', Damaged.Select(d => d.Reason));

    /// <summary>Reads inputs, each a path or <c>-</c>.</summary>
    public static AuditReading Of(IReadOnlyList<string> paths, Stream? input) => Of(paths, input, new Addresses(), out _);

    /// <summary>Reads inputs and keeps the facts as they are.</summary>
    public static AuditReading Of(
        IReadOnlyList<string> paths, Stream? input, Addresses addresses, out List<SendFact> facts)
    {
        var source = new FileAuditSource(paths, addresses, input);
        facts = [];
        var reading = new AuditReading([], [], 0, 0, 0, 0, 0);
        var pages = source.ReadAsync(TestContext.Current.CancellationToken).ToBlockingEnumerable(
            TestContext.Current.CancellationToken);
        foreach (var page in pages)
        {
            facts.AddRange(page.Sends);
            reading.Sends.AddRange(page.Sends.Select(send => Text(send, addresses)));
            reading.Damaged.AddRange(page.Damaged);
            reading = reading with
            {
                Records = reading.Records + page.Records,
                Repeats = reading.Repeats + page.Repeats,
                Failed = reading.Failed + page.Failed,
                BytesRead = page.BytesRead,
                Pages = reading.Pages + 1,
            };
        }
        return reading;
    }

    static string Text(SendFact send, Addresses addresses) =>
        $"{send.RecordId} {send.At} {send.Operation} {addresses[send.Actor]} for {addresses[send.Mailbox]} "
        + $"{send.Key}/{send.FoldedKey} [{send.Subject}] {send.ActorType}";
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OnBehalf.Store.Preferences;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Examples;

/// <summary>
/// Every worked example, from settings, mail files and audit records that are imported, through the store to an answer of the API.
/// </summary>
public sealed class ApiExamples : IDisposable
{
    readonly Shell _shell = new();
    readonly HttpClient _client = new();

    [Theory]
    [MemberData(nameof(EngineExamples.Rows), MemberType = typeof(EngineExamples))]
    public async Task The_API_says_what_the_row_says(int place, string row)
    {
        Assert.Equal(row, WorkedExamples.All[place].Row);
        var example = WorkedExamples.All[place];
        await _shell.DoAsync("settings", "import", _shell.Write("settings.json", SettingsText.Print(example.Full)), "--yes");
        if (example.IsAuditFirst) await ImportAuditAsync(example);
        await _shell.DoAsync("import", "mail", _shell.Write("desk.mbox",
            Desk.MboxOf([.. example.Letters.Select((letter, i) => Message(letter, i))])), "--mailbox", Example.Mailbox);
        if (example.Before.Count > 0) await AskAsync(example.Before);
        if (!example.IsAuditFirst) await ImportAuditAsync(example);

        await AskAsync(example.Askings);
    }

    /// <summary>The table of the document and this one have the same rows, in the same order.</summary>
    [Fact]
    public void The_document_has_these_rows()
    {
        var text = File.ReadAllText(Path.Combine(Support.RealData.Repository, "docs", "metrics.md"));
        var table = text[text.IndexOf("## Worked examples", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|')[1].Trim());

        Assert.Equal(WorkedExamples.All.Select(example => example.Row), table);
    }

    public void Dispose()
    {
        _client.Dispose();
        _shell.Dispose();
    }

    async Task AskAsync(IReadOnlyList<Asking> askings)
    {
        await using var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        foreach (var asking in askings)
        {
            var url = new Uri($"{site.Urls.First()}/api/v1/metrics?{Example.Whole(asking.Question)}");
            var text = await _client.GetStringAsync(url, TestContext.Current.CancellationToken);
            Assert.Equal(asking.Expected, Told(JsonElement.Parse(text)));
        }
    }

    static string Told(JsonElement answer) => Example.Told(answer.GetProperty("dimensions").GetArrayLength() == 0
        ? [([], Values(answer.GetProperty("totals")))]
        : answer.GetProperty("rows").EnumerateArray().Select(row => (
            row.GetProperty("keys").EnumerateObject().Select(key => key.Value.GetString()), Values(row.GetProperty("figures")))));

    static IEnumerable<double?> Values(JsonElement figures) => figures.EnumerateObject().Select(figure =>
        figure.Value.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : (double?)null);

    async Task ImportAuditAsync(Example example)
    {
        if (example.AuditBy is not { } by) return;
        var (letter, id) = (example.Letters[^1], Example.IdOf(example.Letters.Count - 1));
        var record = new JsonObject
        {
            ["CreationTime"] = DateTimeOffset.FromUnixTimeSeconds(letter.Seconds).ToString("s", CultureInfo.InvariantCulture),
            ["Id"] = "00000001-0000-0000-0000-000000000000", ["Operation"] = "SendAs", ["RecordType"] = 2, ["UserType"] = 0,
            ["LogonType"] = 2, ["Workload"] = "Exchange", ["UserId"] = by, ["MailboxOwnerUPN"] = Example.Mailbox,
            ["SendAsUserSmtp"] = Example.Mailbox, ["Item"] = new JsonObject { ["InternetMessageId"] = $"<{id}>", ["Subject"] = "Order" },
        }.ToJsonString();
        await _shell.DoAsync("import", "audit",
            _shell.Write("audit.jsonl", string.Join('\n', Enumerable.Repeat(record, example.Records))));
    }

    static string Message(Letter letter, int i)
    {
        List<string> more = ["Subject: Order"];
        if (letter.Sender is { } sender) more.Add($"Sender: {sender}");
        if (letter.IsAutomatic) more.Add("Auto-Submitted: auto-replied");
        if (i > 0) more.Add($"In-Reply-To: <{Example.IdOf(i - 1)}>");
        return Desk.Message(DateTimeOffset.FromUnixTimeSeconds(letter.Seconds), Example.IdOf(i), letter.From,
            string.Join(", ", letter.To), [.. more]);
    }
}

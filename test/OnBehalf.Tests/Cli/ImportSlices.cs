using System.Globalization;
using System.Text.Json;

namespace OnBehalf.Tests.Cli;

public sealed class ImportSlices : IDisposable
{
    static readonly string[] Reports = ["agents", "mailboxes", "conversations", "backlog", "sla", "attribution"];

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task The_same_mail_again_brings_nothing_new_and_changes_no_figure(string format)
    {
        var first = await Desk.ImportMailAsync(_shell);
        Assert.Contains(
            $"{Desk.Count} new messages for {Desk.Mailbox}, 0 known before, 0 damaged.", first.Error, StringComparison.Ordinal);
        var before = await AllReportsAsync(format);

        var second = await Desk.ImportMailAsync(_shell);
        Assert.Contains(
            $"0 new messages for {Desk.Mailbox}, {Desk.Count} known before, 0 damaged.", second.Error, StringComparison.Ordinal);
        Assert.Equal(before, await AllReportsAsync(format));
    }

    [Fact]
    public async Task A_rebuild_changes_no_byte_of_any_report()
    {
        await Desk.ImportMailAsync(_shell);
        await Desk.ImportAuditAsync(_shell);
        var before = await AllReportsAsync("json");
        await _shell.DoAsync("rebuild");
        Assert.Equal(before, await AllReportsAsync("json"));
    }

    [Fact]
    public async Task All_formats_say_the_same_of_agents()
    {
        await Desk.ImportMailAsync(_shell);
        var row = (await _shell.RowsAsync("report", "agents"))[0];
        var csv = (await _shell.DoAsync("report", "agents", "--format", "csv")).Out.Split("\r\n");
        Assert.Equal(string.Join(',', row.EnumerateObject().Select(p => p.Name)), csv[0]);
        Assert.Equal(
            string.Join(',', row.EnumerateObject().Select(p => p.Value.ValueKind switch
            {
                JsonValueKind.Null => "",
                JsonValueKind.True or JsonValueKind.False => p.Value.GetBoolean().ToString(),
                JsonValueKind.Number => p.Value.GetDouble().ToString("0.###", CultureInfo.InvariantCulture),
                _ => p.Value.GetString(),
            })), csv[1]);
        var table = (await _shell.DoAsync("report", "agents")).Out;
        var line = table.Split('\n').Single(l => l.Contains(Desk.Anna, StringComparison.Ordinal));
        Assert.Contains("2 d 16:45:00", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_audit_record_makes_the_author_of_a_message_sent_with_send_as_known()
    {
        await Desk.ImportMailAsync(_shell);
        var row = Assert.Single(await AttributionAsync(), r => r.GetProperty("unattributed").GetDouble() > 0);
        Assert.Equal("SendAsNoAuditSource", row.GetProperty("reason").GetString());

        var said = await Desk.ImportAuditAsync(_shell);
        Assert.Contains("1 new sends", said.Error, StringComparison.Ordinal);
        row = Assert.Single(await AttributionAsync(), r => r.GetProperty("known_by").GetString() == "AuditSendAs");
        Assert.Equal(1, row.GetProperty("known").GetDouble());
        Assert.DoesNotContain(await AttributionAsync(), r => r.GetProperty("unattributed").GetDouble() > 0);
    }

    [Fact]
    public async Task Audit_before_mail_gives_what_mail_before_audit_gives()
    {
        await Desk.ImportMailAsync(_shell);
        await Desk.ImportAuditAsync(_shell);
        using var other = new Shell();
        await Desk.ImportAuditAsync(other);
        await Desk.ImportMailAsync(other);
        foreach (var report in Reports)
            Assert.Equal(
                (await _shell.DoAsync("report", report, "--format", "json")).Out,
                (await other.DoAsync("report", report, "--format", "json")).Out);
    }

    [Fact]
    public async Task A_list_that_hides_its_authors_has_no_coverage()
    {
        const string list = "list@acme.example";
        string[] signs = ["List-Id: <list.acme.example>", $"List-Post: <mailto:{list}>", "Sender: list-bounces@acme.example"];
        var mbox = Desk.MboxOf(
            Desk.Message(Desk.Asked, "a@acme.example", list, list, [.. signs, "Subject: One"]),
            Desk.Message(Desk.Answered, "b@acme.example", list, list, [.. signs, "Subject: Two"]));
        await _shell.DoAsync("import", "mail", _shell.Write("list.mbox", mbox), "--mailbox", list, "--agents", Desk.Agents);

        var row = Assert.Single(await AttributionAsync());
        Assert.Equal("SenderUnknown", row.GetProperty("reason").GetString());
        Assert.Equal(2, row.GetProperty("unattributed").GetDouble());
        row = Assert.Single(await _shell.RowsAsync("report", "mailboxes"));
        Assert.Equal(0, row.GetProperty("coverage").GetDouble());
    }

    [Fact]
    public async Task Mail_from_standard_input_is_mail_from_a_file()
    {
        var said = await Shell.RunWithInputAsync(
            Desk.Mbox, "import", "mail", "-", "--mailbox", Desk.Mailbox, "--agents", Desk.Agents, "--store", _shell.Store);
        Assert.Equal(0, said.Code);
        using var other = new Shell();
        await Desk.ImportMailAsync(other);
        Assert.Equal(
            (await other.DoAsync("report", "agents", "--format", "csv")).Out,
            (await _shell.DoAsync("report", "agents", "--format", "csv")).Out);
    }

    // Their addresses are noted on one thread while another reads those of the mail.
    [Fact]
    public async Task Agents_of_a_large_file_are_known_by_their_own_addresses()
    {
        const int people = 3000;
        string AddressOf(int n) => $"agent{n}@acme.example";
        var agents = _shell.Write("agents.csv",
            "name,address\n" + string.Concat(Enumerable.Range(0, people).Select(n => $"Agent {n},{AddressOf(people - 1 - n)}\n")));
        var mail = Enumerable.Range(0, people).SelectMany(n => new[]
        {
            Desk.Message(Desk.Asked.AddMinutes(n), $"ask-{n}@customer.example", $"c{n}@customer.example", Desk.Mailbox, "Subject: One"),
            Desk.Message(Desk.Answered.AddMinutes(n), $"answer-{n}@acme.example", Desk.Mailbox, $"c{n}@customer.example",
                $"Sender: {AddressOf(n)}", $"In-Reply-To: <ask-{n}@customer.example>", "Subject: Re: One"),
        });
        await _shell.DoAsync("import", "mail", _shell.Write("box.mbox", Desk.MboxOf([.. mail])),
            "--mailbox", Desk.Mailbox, "--agents-file", agents);

        var rows = await _shell.RowsAsync("report", "agents");
        var seen = rows.Where(row => row.GetProperty("responses").GetDouble() == 1).Select(row => row.GetProperty("agent").GetString());
        Assert.Equal(
            Enumerable.Range(0, people).Select(n => $"Agent {people - 1 - n} <{AddressOf(n)}>").Order(StringComparer.Ordinal),
            seen.Order(StringComparer.Ordinal));
    }

    Task<List<JsonElement>> AttributionAsync() => _shell.RowsAsync("report", "attribution");

    async Task<string> AllReportsAsync(string format)
    {
        var text = "";
        foreach (var report in Reports)
        {
            var said = await _shell.DoAsync("report", report, "--format", format);
            text += said.Out + said.Error;
        }
        return text;
    }
}

using System.Text.Json;

namespace OnBehalf.Tests.Cli;

public sealed class SettingsSlices : IDisposable
{
    const string Week = "Mon-Fri 09:00-17:00";

    /// <summary>What is open of the wait over the weekend: half an hour on Friday, a quarter on Monday.</summary>
    static readonly TimeSpan OpenTime =
        Desk.Asked.Date.AddHours(17) - Desk.Asked.DateTime + (Desk.Answered.DateTime - Desk.Answered.Date.AddHours(9));

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Without_yes_hours_are_shown_and_not_set()
    {
        await Desk.ImportMailAsync(_shell);
        var before = await ExportAsync();
        var said = await _shell.DoAsync("schedule", "set", Week);
        Assert.Contains("before", said.Error, StringComparison.Ordinal);
        Assert.Contains("first_response_time", said.Error, StringComparison.Ordinal);
        Assert.Contains("Add --yes", said.Error, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync());
        Assert.Equal((Desk.Answered - Desk.Asked).TotalSeconds, await WaitOfAnnaAsync());
    }

    [Fact]
    public async Task With_yes_the_mailbox_clock_counts_open_hours_only()
    {
        await Desk.ImportMailAsync(_shell);
        await _shell.DoAsync("schedule", "set", Week, "--yes");
        Assert.Equal(2700, OpenTime.TotalSeconds);
        Assert.Equal(OpenTime.TotalSeconds, await WaitOfAnnaAsync());
        var conversation = (await _shell.RowsAsync("report", "conversations", "--clock", "mailbox"))[0];
        Assert.Equal(OpenTime.TotalSeconds, conversation.GetProperty("first_response_seconds").GetDouble());
        Assert.Equal(Week, Assert.Single(await _shell.RowsAsync("schedule", "list")).GetProperty("week").GetString());

        await _shell.DoAsync("schedule", "remove", "--yes");
        Assert.Equal((Desk.Answered - Desk.Asked).TotalSeconds, await WaitOfAnnaAsync());
    }

    [Theory]
    [InlineData("--agent", "nobody@acme.example")]
    [InlineData("--mailbox", "nobody@acme.example")]
    public async Task Removing_hours_of_somebody_who_has_none_is_not_found_and_makes_nobody_known(string whose, string address)
    {
        await Desk.ImportMailAsync(_shell);
        var before = await ExportAsync();
        var said = await _shell.RunAsync("schedule", "remove", whose, address, "--yes");
        Assert.Equal(3, said.Code);
        Assert.Contains("onbehalf schedule list", said.Error, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync());
    }

    [Fact]
    public async Task A_promise_is_set_listed_and_removed()
    {
        await Desk.ImportMailAsync(_shell);
        await _shell.DoAsync("sla", "set", "gold", "--first", "60", "--next", "240", "--domain", "gold.example", "--yes");
        await _shell.DoAsync("sla", "set", "gold", "--first", "30", "--domain", "gold.example", "--yes");
        var row = Assert.Single(await _shell.RowsAsync("sla", "list"));
        Assert.Equal("gold", row.GetProperty("name").GetString());
        Assert.Equal(30, row.GetProperty("first_minutes").GetInt32());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("next_minutes").ValueKind);

        await _shell.DoAsync("sla", "remove", "gold", "--yes");
        Assert.Empty(await _shell.RowsAsync("sla", "list"));
        var said = await _shell.RunAsync("sla", "remove", "gold", "--yes");
        Assert.Equal(3, said.Code);
        Assert.Contains("onbehalf sla list", said.Error, StringComparison.Ordinal);
    }

    /// <summary>The general ones stand first in the settings, so that no number decides. Mail files have no categories.</summary>
    [Theory]
    [InlineData("any@small.example", "normal", "support@acme.example", "2")]
    [InlineData("any@small.example", "normal", "sales@acme.example", "1")]
    [InlineData("any@small.example", "high", "support@acme.example", "4")]
    [InlineData("any@small.example", "high", "sales@acme.example", "3")]
    [InlineData("any@big.example", "high", "support@acme.example", "5")]
    [InlineData("any@big.example", "normal", "sales@acme.example", "5")]
    public async Task The_most_specific_promise_of_imported_settings_applies(string from, string importance, string mailbox, string policy)
    {
        await _shell.DoAsync("settings", "import", "--yes", _shell.Write("settings.json", """
            {
              "mailboxes": [ { "address": "support@acme.example" }, { "address": "sales@acme.example" } ],
              "slaPolicies": [
                { "name": "all", "firstMinutes": 600 },
                { "name": "support", "firstMinutes": 500, "mailboxes": [ "support@acme.example" ] },
                { "name": "high", "firstMinutes": 400, "importance": "high" },
                { "name": "high in support", "firstMinutes": 300, "importance": "high", "mailboxes": [ "support@acme.example" ] },
                { "name": "big", "firstMinutes": 200, "senderDomain": "big.example" }
              ]
            }
            """));
        var mail = Desk.Message(Desk.Asked, "one@any.example", from, mailbox, $"Importance: {importance}");
        await _shell.DoAsync("import", "mail", _shell.Write("one.eml", mail), "--mailbox", mailbox);

        var said = await _shell.DoAsync(
            "query", "--metrics", "inflow", "--dimensions", "sla_policy", "--range", "all", "--format", "csv");
        Assert.Equal($"{policy},1", said.Out.Split('\n')[1].TrimEnd()[..3]);
    }

    [Theory]
    [InlineData("emil@customer.example")]
    [InlineData("@customer.example")]
    [InlineData("subject:still here")]
    public async Task Excluded_mail_waits_for_nobody(string what)
    {
        await Desk.ImportMailAsync(_shell);
        Assert.Single(await _shell.RowsAsync("report", "backlog"));
        await _shell.DoAsync("exclude", "set", what, "--yes");
        Assert.Empty(await _shell.RowsAsync("report", "backlog"));
        Assert.Equal(what, Assert.Single(await _shell.RowsAsync("exclude", "list")).GetProperty("exclude").GetString());

        await _shell.DoAsync("exclude", "remove", what, "--yes");
        Assert.Single(await _shell.RowsAsync("report", "backlog"));
    }

    [Fact]
    public async Task Mail_of_an_internal_domain_is_internal()
    {
        await Desk.ImportMailAsync(_shell);
        var before = (await _shell.DoAsync("explain", "request-3@customer.example")).Out;
        await _shell.DoAsync("internal-domain", "set", "customer.example", "--yes");
        Assert.NotEqual(before, (await _shell.DoAsync("explain", "request-3@customer.example")).Out);
        Assert.Equal("customer.example",
            Assert.Single(await _shell.RowsAsync("internal-domain", "list")).GetProperty("internal-domain").GetString());
        await _shell.DoAsync("internal-domain", "remove", "customer.example", "--yes");
        Assert.Equal(before, (await _shell.DoAsync("explain", "request-3@customer.example")).Out);
    }

    [Fact]
    public async Task Exported_settings_make_the_same_figures_in_another_store()
    {
        await Desk.ImportMailAsync(_shell);
        await _shell.DoAsync("schedule", "set", Week, "--zone", "Europe/Prague", "--holiday", "2026-01-12", "--yes");
        await _shell.DoAsync("sla", "set", "standard", "--first", "60", "--yes");
        await _shell.DoAsync("exclude", "set", "subject:alert", "@robots.example", "--yes");
        var exported = await ExportAsync();

        using var other = new Shell();
        await Desk.ImportMailAsync(other);
        await other.DoAsync("settings", "import", other.Write("settings.json", exported), "--yes");
        Assert.Equal(exported, (await other.DoAsync("settings", "export")).Out);
        foreach (var report in (string[])["agents", "sla", "mailboxes"])
            Assert.Equal(
                (await _shell.DoAsync("report", report, "--clock", "mailbox")).Out,
                (await other.DoAsync("report", report, "--clock", "mailbox")).Out);
    }

    async Task<string> ExportAsync() => (await _shell.DoAsync("settings", "export")).Out;

    async Task<double> WaitOfAnnaAsync() => (await _shell.RowsAsync("report", "agents", "--clock", "mailbox"))
        .Single(r => r.GetProperty("agent").GetString() == Desk.Anna).GetProperty("median_seconds").GetDouble();
}

using System.Text.Json;

namespace OnBehalf.Tests.Cli;

public sealed class ReportSlices : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Agents_are_those_who_are_named_and_everybody_else_is_one_line()
    {
        var rows = await DeskAsync("agents");
        var anna = Assert.Single(rows, r => Text(r, "agent") == Desk.Anna);
        Assert.Equal(1, Number(anna, "responses"));
        Assert.Equal((Desk.Answered - Desk.Asked).TotalSeconds, Number(anna, "median_seconds"));
        Assert.Equal(2, Number(Assert.Single(rows, r => Text(r, "agent") == "(all)"), "responses"));
    }

    [Fact]
    public async Task A_mailbox_is_counted_in_out_answered_and_waiting()
    {
        var row = Assert.Single(await DeskAsync("mailboxes"));
        Assert.Equal(Desk.Mailbox, Text(row, "mailbox"));
        Assert.Equal(3, Number(row, "received"));
        Assert.Equal(2, Number(row, "sent"));
        Assert.Equal(1, Number(row, "still_waiting"));
        Assert.Equal((Shell.Now - Desk.StillAsked).TotalSeconds, Number(row, "oldest_wait_seconds"));
        Assert.Equal(0.5, Number(row, "coverage"));
    }

    [Fact]
    public async Task Conversations_are_one_a_line_in_the_order_they_began()
    {
        var rows = await DeskAsync("conversations");
        Assert.Equal(
            ["carl@customer.example", "dora@customer.example", "emil@customer.example"],
            rows.Select(r => Text(r, "requester")));
        Assert.Equal([false, false, true], rows.Select(r => r.GetProperty("still_waiting").GetBoolean()));
        Assert.Equal([Desk.Anna, "", ""], rows.Select(r => Text(r, "agents")));
        Assert.Equal((Desk.AnsweredNext - Desk.AskedNext).TotalSeconds, Number(rows[1], "first_response_seconds"));
    }

    [Fact]
    public async Task The_backlog_is_what_waits_at_the_instant_asked_for()
    {
        var row = Assert.Single(await DeskAsync("backlog"));
        Assert.Equal("request-3@customer.example", Text(row, "message"));
        Assert.Equal((Shell.Now - Desk.StillAsked).TotalSeconds, Number(row, "age_seconds"));

        row = Assert.Single(await _shell.RowsAsync("report", "backlog", "--as-of", "2026-01-10"));
        Assert.Equal("request-1@customer.example", Text(row, "message"));
    }

    [Theory]
    [InlineData("--to", "2026-01-10")]
    [InlineData("--from", "2026-01-14T11:00:00Z")]
    public async Task The_backlog_is_everything_that_waits_whatever_the_range(string option, string value)
    {
        await Desk.ImportMailAsync(_shell);
        var row = Assert.Single(await _shell.RowsAsync("report", "backlog", option, value));
        Assert.Equal("request-3@customer.example", Text(row, "message"));
    }

    [Fact]
    public async Task Promises_are_kept_broken_or_pending()
    {
        await Desk.ImportMailAsync(_shell);
        Assert.Contains("No promise is set", (await _shell.DoAsync("report", "sla")).Error, StringComparison.Ordinal);
        await _shell.DoAsync("sla", "set", "standard", "--first", "180", "--yes");
        var row = Assert.Single(await _shell.RowsAsync("report", "sla"));
        Assert.Equal("standard", Text(row, "policy"));
        Assert.Equal(1, Number(row, "met")); // one hour
        Assert.Equal(1, Number(row, "breached")); // over the weekend, and no business hours are set
        Assert.Equal(0.5, Number(row, "attainment"));
        Assert.Equal(1, Number(row, "pending") + Number(row, "at_risk")); // two of three hours have gone by
    }

    [Fact]
    public async Task Attribution_says_by_what_each_author_is_known_or_why_not()
    {
        var rows = await DeskAsync("attribution");
        Assert.Equal(2, rows.Count);
        Assert.Equal(1, Number(Assert.Single(rows, r => Text(r, "known_by") == "OnBehalf"), "known"));
        Assert.Equal(0.5, Number(Assert.Single(rows, r => Text(r, "reason") == "SendAsNoAuditSource"), "share"));
    }

    [Fact]
    public async Task A_message_is_explained_in_five_steps()
    {
        await Desk.ImportMailAsync(_shell);
        var rows = await _shell.RowsAsync("explain", $"<{Desk.AnswerId}>");
        Assert.Equal(
            ["1 fact", "2 attribution", "3 conversation", "4 response", "5 wait"], rows.Select(r => Text(r, "step")).Distinct());
        Assert.Contains(rows, r => Text(r, "value") == $"Known: {Desk.Anna} by OnBehalf");
        Assert.Contains(rows, r => Text(r, "what") == "calendar" && Text(r, "value") == "64:45:00");
        Assert.Equal(
            rows.Select(r => r.ToString()),
            (await _shell.RowsAsync("explain", Desk.AnswerId)).Select(r => r.ToString())); // brackets or none
    }

    [Fact]
    public async Task A_conversation_is_explained_by_the_name_that_reports_give_it()
    {
        var name = Text((await DeskAsync("conversations"))[0], "conversation");
        var rows = await _shell.RowsAsync("explain", name);
        Assert.Equal(
            ["<request-1@customer.example>", $"<{Desk.AnswerId}>"],
            rows.Where(r => Text(r, "what") == "message").Select(r => Text(r, "value")));
    }

    [Fact]
    public async Task A_message_that_is_not_here_is_not_found_and_what_to_do_is_said()
    {
        await Desk.ImportMailAsync(_shell);
        var said = await _shell.RunAsync("explain", "nowhere@acme.example");
        Assert.Equal(3, said.Code);
        Assert.Contains("onbehalf report conversations", said.Error, StringComparison.Ordinal);
        Assert.Equal("", said.Out);
    }

    [Fact]
    public async Task A_message_sent_on_behalf_names_its_agent_without_a_store()
    {
        var said = await Shell.RunWithInputAsync("", "check-message", _shell.Write("sent.eml", Desk.OnBehalf), "--format", "json");
        Assert.Equal(0, said.Code);
        var rows = said.Rows();
        Assert.Equal("OnBehalf", Value(rows, "answer"));
        Assert.Equal(Desk.Mailbox, Value(rows, "from"));
        Assert.Equal(Desk.Anna, Value(rows, "sender"));
        Assert.Contains("-MessageCopyForSendOnBehalfEnabled", Value(rows, "what follows"), StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.Store));
    }

    async Task<List<JsonElement>> DeskAsync(string report)
    {
        await Desk.ImportMailAsync(_shell);
        return await _shell.RowsAsync("report", report);
    }

    static string Value(List<JsonElement> rows, string what) => Text(rows.Single(r => Text(r, "what") == what), "value");

    static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}

using System.Globalization;
using Microsoft.Playwright;
using OnBehalf.Pages;
using OnBehalf.Tests.Web;

namespace OnBehalf.Tests.Walks;

/// <summary>
/// The screens that list and explain, and the reports of the command line, against what the simulated tenant knows. Cases:
/// what waits; coverage; the rows behind a figure; a figure explained; conversations; each report.
/// </summary>
[Collection(TenantSite.Walk)]
public sealed class DeskWalk : IAsyncDisposable
{
    const int Days = 30;

    readonly Ledger _ledger = new();
    readonly TenantSite _site;
    readonly Chromium _chromium;
    readonly TrueFigures _truth;
    readonly string _ask = $"range={Days}d&clock=mailbox";
    IBrowserContext? _context;

    public DeskWalk(TenantSite site, Chromium chromium)
    {
        (_site, _chromium) = (site, chromium);
        // Waits that are still open may have begun with the world.
        var hours = new TrueHours(site.Truth, site.AsOf - 100L * 86_400, site.AsOf);
        var end = hours.DayOf(site.AsOf).AddDays(1);
        _truth = new(site.Truth, hours, hours.StartOf(end.AddDays(-Days)), hours.StartOf(end), site.AsOf, IsBusiness: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null) await _context.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_is_true()
    {
        var waits = _truth.OpenAt(_site.AsOf).ToList();
        var seen = await SeeAsync($"/waiting?{_ask}");
        foreach (var (label, state) in ((string, string)[])[("Breached", "Breached"), ("At risk", "AtRisk"), ("In time", "Pending")])
            _ledger.Same(label, Shown.Count(waits.Count(w => _truth.StateOf(w) == state)), seen.Tile(label));
        _ledger.Same("nothing promised", "0", seen.Tile("Nothing promised"));
        _ledger.Same("all", Shown.Count(waits.Count), seen.Tile("All"));
        var lines = seen.Table("Waiting");
        _ledger.Same("lines", Math.Min(50, waits.Count), lines.Count);
        Sets("the oldest", waits.Take(lines.Count).Select(Line), lines.Select(row => string.Join(" | ",
            row["Waiting since"], row["Waits for"], row["Promise"].Split("due ")[0], row["Requester and mailbox"].Split("to ")[^1],
            row["Last agent"])));
        var rows = Told.Fields(await _site.TextAsync($"/api/v1/rows?metrics=backlog&from={At(_site.AsOf - 1)}&to={At(_site.AsOf)}"
            + "&clock=mailbox&format=csv")).ToList();
        Sets("waits in the file", waits.Select(w => $"{w.Mailbox} {w.OpenedBy}"), rows.Skip(1).Select(row => $"{row[1]} {row[3]}"));
        _ledger.Close(8);
    }

    [Fact]
    public async Task Coverage_is_true()
    {
        var seen = await SeeAsync($"/coverage?{_ask}");
        var told = await Told.AskAsync(_site, $"metrics=coverage,known,ambiguous,pending,unattributed&dimensions=mailbox&{_ask}");
        foreach (var metric in (string[])["coverage", "known", "unattributed"])
            _ledger.Same(metric, Shown.Value(metric, _truth.Of(metric).Value), seen.Tile(Words.Metric(metric)));
        foreach (var row in seen.Table("Coverage by mailbox"))
        {
            var (mailbox, truth) = (row["Mailbox"], _truth with { Mailbox = row["Mailbox"] });
            foreach (var metric in (string[])["coverage", "known", "unattributed"])
                _ledger.Figure($"{mailbox} {metric}", metric, truth.Of(metric).Value, told.At(mailbox, metric), row[Words.Metric(metric)]);
            foreach (var metric in (string[])["ambiguous", "pending"])
                _ledger.Same($"{mailbox} {metric}", Shown.Value(metric, told.At(mailbox, metric)), row[Words.Metric(metric)]);
        }
        var course = seen.Table("Coverage over time, as a table");
        foreach (var ((day, truth), i) in _truth.Days().Select((day, i) => (day, i)))
            if (truth.From <= _site.AsOf && truth.Of("coverage") is var share)
                _ledger.Same($"coverage on {day}", share.Count < 5 ? Shown.Nothing : Shown.Share(share.Value!.Value),
                    course[i]["Coverage"]);
        await GroupsAsync(seen, "Known by", "evidence", "known", Words.Evidence);
        await GroupsAsync(seen, "Reasons", "reason", "unattributed", Words.Reason);
        _ledger.Close(50);
    }

    [Fact]
    public async Task The_rows_behind_a_figure_are_the_messages_that_truth_counts()
    {
        foreach (var mailbox in _site.Truth.Mailboxes)
        {
            var figures = _truth with { Mailbox = mailbox };
            var truth = figures.Messages.Where(m => !m.IsOutbound).Select(m => m.Id).ToList();
            var ask = $"metrics=received&mailbox={mailbox}&{_ask}";
            _ledger.Same($"{mailbox} figure", Shown.Count(truth.Count, "message"), (await SeeAsync($"/rows?{ask}")).Text("figure"));
            var file = Told.Fields(await _site.TextAsync($"/api/v1/rows?{ask}&format=csv")).Skip(1).Select(row => row[3]).ToList();
            Sets($"{mailbox} file", truth, file);
            var lines = (await _site.TextAsync($"/api/v1/rows?{ask}&format=jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Sets($"{mailbox} lines", truth,
                lines.Select(line => System.Text.Json.JsonElement.Parse(line).GetProperty("message_id").GetString()!));
        }
        // A category is the tenant's own; truth does not tell it, so the answers have to agree among themselves and add up.
        var told = await Told.AskAsync(_site, $"metrics=received&dimensions=category&{_ask}");
        _ledger.Same("categories add up", _truth.Of("received").Value, told.Rows.Keys.Sum(key => told.At(key, "received")));
        var green = await Told.AskAsync(_site, $"metrics=received&category=green+category&{_ask}");
        _ledger.Same("a category as a filter", told.At("Green category", "received"), green.At("", "received"));
        _ledger.Same("categorised mail", true, green.At("", "received") > 0);
        _ledger.Close(21);
    }

    [Fact]
    public async Task A_figure_explained_is_true()
    {
        var seen = await SeeAsync($"/figure?metrics=response_time&{_ask}");
        var values = _site.Truth.Waits.Where(w => w.AnsweredAt is { } at && at >= _truth.From && at < _truth.To)
            .Select(w => _truth.Waited(w)).ToList();
        double? At(double part) => TrueFigures.Percentile(values, part);
        foreach (var (name, value) in ((string, double?)[])[("Least", values.Min()), ("Median", At(0.5)), ("Mean", values.Average()),
            ("p75", At(0.75)), ("p90", At(0.9)), ("p95", At(0.95)), ("p99", At(0.99)), ("Largest", values.Max())])
            _ledger.Same(name, Shown.Duration(value!.Value), seen.Fact(name));
        _ledger.Same("big", Shown.Duration(At(0.5)!.Value), seen.Text("big"));
        _ledger.Same("sample", Shown.Count(values.Count, "value"), seen.Fact("Sample"));
        var told = await Told.AskAsync(_site, $"metrics=response_time&{_ask}");
        foreach (var (column, value) in ((string, double?)[])[("_mean", values.Average()), ("_p75", At(0.75)), ("_p95", At(0.95)),
            ("_p99", At(0.99))])
            _ledger.Figure(column, "response_time", value, told.At("", "response_time" + column), null);
        _ledger.Close(14);
    }

    [Fact]
    public async Task Conversations_are_told_as_they_were()
    {
        var numbers = Told.Fields(await _site.TextAsync($"/api/v1/rows?metrics=received&range={Days}d&format=csv")).Skip(1)
            .ToDictionary(row => (row[1], row[3]), row => row[2]);
        var chosen = _site.Truth.Waits.Where(w => w.AnsweredAt is not null && numbers.ContainsKey((w.Mailbox, w.OpenedBy)))
            .GroupBy(w => (w.Mailbox, w.Conversation)).Where(talk => talk.Count() > 1)
            .GroupBy(talk => talk.Key.Mailbox).SelectMany(mailbox => mailbox.Take(4));
        foreach (var talk in chosen)
        {
            var seen = await SeeAsync($"/conversations/{numbers[(talk.Key.Mailbox, talk.First().OpenedBy)]}?clock=mailbox");
            var messages = _site.Truth.Messages.Where(m => m.Mailbox == talk.Key.Mailbox && m.Conversation == talk.Key.Conversation);
            _ledger.Same($"{talk.Key} letters", messages.Count(), seen.Letters);
            var waits = _site.Truth.Waits.Where(w => w.Mailbox == talk.Key.Mailbox && w.Conversation == talk.Key.Conversation)
                .OrderBy(w => w.OpenedAt).ToList();
            var rows = seen.Table("Waits");
            _ledger.Same($"{talk.Key} waits", waits.Count, rows.Count);
            foreach (var (wait, row) in waits.Zip(rows))
            {
                _ledger.Same($"{talk.Key} wait", wait.IsFirst ? "first" : "next", row["Wait"]);
                _ledger.Same($"{talk.Key} from", Local(wait.OpenedAt), row["From"]);
                _ledger.Same($"{talk.Key} to", wait.AnsweredAt is { } at ? Local(at) : "still waiting", row["To"]);
                _ledger.Same($"{talk.Key} counted", Shown.Duration(_truth.Waited(wait)), row["Counted"]);
                _ledger.Same($"{talk.Key} elapsed", Shown.Duration((wait.AnsweredAt ?? _site.AsOf) - wait.OpenedAt), row["Elapsed"]);
            }
        }
        _ledger.Close(100);
    }

    [Fact]
    public async Task The_reports_of_the_command_line_are_true()
    {
        string[] range =
            ["--from", At(_truth.From), "--to", At(_truth.To), "--clock", "mailbox", "--format", "csv", "--zone", _site.Truth.Zone];
        foreach (var row in await ReportAsync("agents", range))
        {
            if (row["agent"].Split('<', '>') is not [_, var address, ..]) continue;
            var truth = _truth with { Agent = _site.Truth.AgentOf(address) };
            Column(row, "median_seconds", truth.Of("response_time").Value);
            Column(row, "p90_seconds", truth.Of("response_time").P90);
            Column(row, "first_median_seconds", truth.Of("first_response_time").Value);
            Column(row, "responses", truth.Of("response_time").Count);
            Column(row, "share", truth.Of("workload_share").Value);
            Column(row, "active_days", truth.Of("active_days").Value);
        }
        foreach (var row in await ReportAsync("mailboxes", range))
        {
            var truth = _truth with { Mailbox = row["mailbox"] == "(all)" ? null : row["mailbox"] };
            foreach (var (column, metric) in ((string, string)[])[("received", "received"), ("sent", "sent"), ("cycles", "inflow"),
                ("answered_rate", "answered_rate"), ("still_waiting", "still_waiting"), ("oldest_wait_seconds", "oldest_wait"),
                ("first_median_seconds", "first_response_time"), ("median_seconds", "response_time"), ("coverage", "coverage")])
                Column(row, column, truth.Of(metric).Value);
        }
        foreach (var row in await ReportAsync("sla", range))
            Column(row, "attainment", (_truth with { Mailbox = row["mailbox"] }).Of("sla_attainment").Value);
        var known = await ReportAsync("attribution", range);
        _ledger.Same("attribution", _truth.Of("known").Value, known.Sum(row => double.Parse(row["known"], CultureInfo.InvariantCulture)));
        Sets("backlog", _truth.OpenAt(_site.AsOf).Take(1000).Select(w => w.OpenedBy),
            (await ReportAsync("backlog", range)).Select(row => row["message"]));
        var talks = _truth.Messages.Select(m => (m.Mailbox, m.Conversation)).Distinct().Count();
        _ledger.Same("conversations", talks, (await ReportAsync("conversations", range)).Count);
        _ledger.Close(150);
    }

    async Task<Seen> SeeAsync(string url)
    {
        _context ??= await _chromium.OpenAsync(_site.Client.BaseAddress!);
        return await Seen.ReadAsync(_context.Pages.FirstOrDefault() ?? await _context.NewPageAsync(), url);
    }

    async Task<List<Dictionary<string, string>>> ReportAsync(string name, string[] options)
    {
        var lines = Told.Fields(await _site.TypedAsync(["report", name, .. options])).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    void Column(Dictionary<string, string> row, string column, double? truth) => _ledger.Same($"{row.Values.First()} {column}",
        truth is { } number ? Math.Round(number, 3, MidpointRounding.AwayFromZero).ToString("0.###", CultureInfo.InvariantCulture) : "",
        row[column]);

    void Sets(string where, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var (left, right) = (expected.Order(StringComparer.Ordinal).ToList(), found.Order(StringComparer.Ordinal).ToList());
        _ledger.Same($"how many: {where}", left.Count, right.Count);
        _ledger.Same($"missing or wrong: {where}", "", string.Join("; ", left.Except(right).Take(3)));
        _ledger.Same($"too many: {where}", "", string.Join("; ", right.Except(left).Take(3)));
    }

    async Task GroupsAsync(Seen seen, string title, string dimension, string metric, Func<string?, string> nameOf)
    {
        var told = await Told.AskAsync(_site, $"metrics={metric}&dimensions={dimension}&{_ask}");
        var rows = seen.Table(title).ToDictionary(row => row.Values.First(), row => row.Values.ElementAt(1));
        foreach (var key in told.Rows.Keys.Where(key => told.At(key, metric) > 0))
            _ledger.Same($"{title} {key}", Shown.Value(metric, told.At(key, metric)), rows.GetValueOrDefault(nameOf(key)));
    }

    string Line(TrueWait wait) => string.Join(" | ", Local(wait.OpenedAt), Shown.Duration(_truth.Waited(wait)),
        _truth.StateOf(wait) switch { "Breached" => "Breached", "AtRisk" => "At risk", _ => "In time" }, wait.Mailbox,
        _site.Truth.Messages.Where(m => m.Mailbox == wait.Mailbox && m.Conversation == wait.Conversation && m.Agent is not null)
            .MaxBy(m => m.At)?.Agent is { } agent ? _site.Truth.NameOf(agent) : Shown.Nothing);

    string Local(long at) => _truth.Hours.LocalOf(at).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    static string At(long at) => DateTimeOffset.FromUnixTimeSeconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Microsoft.Playwright;
using OnBehalf.Pages;
using OnBehalf.Tests.Web;

namespace OnBehalf.Tests.Walks;

/// <summary>
/// The figures of every screen, in a browser, on the simulated tenant: the screen, the API as JSON and as CSV, the command
/// line, and what the tenant knows of itself, by office hours and by the calendar. DeskWalk has the other screens and the reports.
/// </summary>
[Collection(TenantSite.Walk)]
public sealed class TruthWalk(TenantSite site, Chromium chromium)
{
    readonly Ledger _ledger = new();

    TrueFigures _truth = null!; // Set before anything is compared.
    string _ask = "";

    /// <summary>A range by name, its first day and the day after its last, and the clock.</summary>
    public static TheoryData<string, int, string> Questions => new() { { "30d", 30, "mailbox" }, { "90d", 90, "calendar" } };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_overview_is_true(string range, int days, string clock)
    {
        var page = await AskAsync(range, days, clock);
        var seen = await Seen.ReadAsync(page, $"/?{_ask}");
        var told = await Told.AskAsync(site,
            $"metrics=received,answered_rate,still_waiting,oldest_wait,first_response_time,sla_attainment,coverage&{_ask}");
        foreach (var (label, metric) in OverviewTiles) Tile(seen, told, label, metric, _truth);
        _ledger.Same("oldest", $"begun in this range, oldest {Shown.Duration(_truth.Of("oldest_wait").Value ?? 0)}",
            seen.Tile("Still waiting", "sub"));
        _ledger.Figure("oldest", "oldest_wait", _truth.Of("oldest_wait").Value, told.At("", "oldest_wait"), null);
        Changes(seen, days);
        await SeriesAsync(seen, _ask, "Volume", ["received", "sent"]);
        await SeriesAsync(seen, _ask, "First response", ["first_response_time", "first_response_time_p90"]);
        await BacklogAsync(seen, _ask, _truth);
        await HoursOfWeekAsync(seen);
        _ledger.Close(days * 8);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_table_of_agents_is_true(string range, int days, string clock)
    {
        var page = await AskAsync(range, days, clock);
        var told = await Told.AskAsync(site, $"metrics=response_time,sla_attainment,workload_share,distinct_requesters,handoffs,"
            + $"collisions&dimensions=agent&{_ask}");
        foreach (var row in (await Seen.ReadAsync(page, $"/agents?{_ask}")).Table("Agents"))
        {
            var key = KeyOf(row["Agent"], told);
            if (key is null) continue;
            var truth = _truth with { Agent = site.Truth.AgentOf(key) ?? "nobody" };
            var speed = truth.Of("response_time");
            _ledger.Figure($"{key} responses", "received", speed.Count, told.At(key, "response_time_count"), row["Responses"]);
            _ledger.Figure($"{key} median", "response_time", speed.Value, told.At(key, "response_time"), row["Median"]);
            _ledger.Figure($"{key} p90", "response_time", speed.P90, told.At(key, "response_time_p90"), row["p90"]);
            foreach (var (column, metric) in ((string, string)[])[("SLA kept", "sla_attainment"), ("Share", "workload_share")])
                _ledger.Figure($"{key} {column}", metric, truth.Of(metric).Value, told.At(key, metric), row[column]);
            _ledger.Figure($"{key} collisions", "collisions", truth.Of("collisions").Value, told.At(key, "collisions"), row["Collisions"]);
            Agrees(told, key, row, ("Requesters", "distinct_requesters"), ("Handoffs", "handoffs"));
        }
        // Everybody whose answers truth can name has a line.
        var agents = site.Truth.Waits.Where(w => w.Agent is not null && w.AnsweredAt >= _truth.From).Select(w => w.Agent).Distinct();
        _ledger.Same("agents", agents.Count(), told.Rows.Count(row => row.Key.Length > 0 && told.At(row.Key, "response_time_count") > 0));
        _ledger.Close(100);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_page_of_each_agent_is_true(string range, int days, string clock)
    {
        var page = await AskAsync(range, days, clock);
        var agents = await Told.AskAsync(site, $"metrics=response_time&dimensions=agent&{_ask}");
        foreach (var agent in agents.Rows.Keys.Where(key => agents.At(key, "response_time_count") > 0 && key.Length > 0).Take(6))
        {
            var ask = $"agent={agent}&{_ask}";
            var truth = _truth with { Agent = site.Truth.AgentOf(agent) };
            var seen = await Seen.ReadAsync(page, $"/agents/{agent}?{_ask}");
            var told = await Told.AskAsync(site, "metrics=response_time,sla_attainment,distinct_requesters,active_days,"
                + $"conversations_per_day,collisions,handoffs&{ask}");
            foreach (var (label, metric) in AgentTiles) Tile(seen, told, label, metric, truth);
            Agrees(told, seen, ("Requesters", "distinct_requesters"), ("Conversations a day", "conversations_per_day"),
                ("Collisions", "collisions"), ("Handoffs", "handoffs"));
            var share = truth.Of("workload_share");
            _ledger.Same($"{agent} share", Shown.Share(share.Value ?? 0), seen.Tile("Share of responses"));
            _ledger.Same($"{agent} of all", $"{truth.Of("response_time").Count:N0} of {share.Count:N0}",
                seen.Tile("Share of responses", "sub"));
            await SeriesAsync(seen, ask, "Response time", ["response_time", "response_time_p90"], truth);
            await GroupsAsync(seen, "How we know", "evidence", "known", ask, key => Words.Evidence(key));
            foreach (var row in seen.Table("Mailboxes"))
                _ledger.Same($"{agent} in {row["Mailbox"]}",
                    Shown.Count((truth with { Mailbox = row["Mailbox"] }).Of("response_time").Count), row["Responses"]);
        }
        _ledger.Close(6 * days);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_table_of_mailboxes_is_true(string range, int days, string clock)
    {
        var page = await AskAsync(range, days, clock);
        var told = await Told.AskAsync(site, "metrics=received,sent,answered_rate,still_waiting,oldest_wait,first_response_time,"
            + $"sla_attainment,coverage&dimensions=mailbox&{_ask}");
        var rows = (await Seen.ReadAsync(page, $"/mailboxes?{_ask}")).Table("Mailboxes");
        _ledger.Same("lines", site.Truth.Mailboxes.Count + 1, rows.Count);
        foreach (var row in rows.Where(row => row["Mailbox"] != "All"))
        {
            var (key, truth) = (row["Mailbox"], _truth with { Mailbox = row["Mailbox"] });
            foreach (var (column, metric) in MailboxColumns)
                _ledger.Figure($"{key} {column}", metric, truth.Of(metric).Value, told.At(key, metric), row[column]);
            _ledger.Figure($"{key} p90", "first_response_time", truth.Of("first_response_time").P90,
                told.At(key, "first_response_time_p90"), row["p90"]);
        }
        foreach (var (column, metric) in MailboxColumns)
            _ledger.Same($"all {column}", Shown.Value(metric, _truth.Of(metric).Value), rows[^1][column]);
        _ledger.Close(80);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_page_of_each_mailbox_is_true(string range, int days, string clock)
    {
        var page = await AskAsync(range, days, clock);
        foreach (var mailbox in site.Truth.Mailboxes)
        {
            var (ask, truth) = ($"mailbox={mailbox}&{_ask}", _truth with { Mailbox = mailbox });
            var seen = await Seen.ReadAsync(page, $"/mailboxes/{mailbox}?{_ask}");
            var told = await Told.AskAsync(site,
                $"metrics=received,answered_rate,still_waiting,first_response_time,sla_attainment,coverage,unattributed&{ask}");
            foreach (var (label, metric) in OverviewTiles) Tile(seen, told, label, metric, truth);
            await SeriesAsync(seen, ask, "First response", ["first_response_time", "first_response_time_p90"], truth);
            await BacklogAsync(seen, ask, truth);
            var ages = truth.AgesAt(site.AsOf);
            foreach (var (row, i) in seen.Table("Backlog by age").Select((row, i) => (row, i)))
                _ledger.Same($"{mailbox} {row["Age"]}", Shown.Count(ages[i]), row["Waits"]);
            var unattributed = (long)(truth.Of("unattributed").Value ?? 0);
            _ledger.Figure($"{mailbox} unattributed", "unattributed", unattributed, told.At("", "unattributed"),
                Shown.Count(seen.Table("Not attributed").Sum(row => long.Parse(row["Messages"], NumberStyles.AllowThousands))));
        }
        _ledger.Close(6 * days);
    }

    static readonly (string, string)[] OverviewTiles =
    [
        ("Received", "received"), ("Answered", "answered_rate"), ("Still waiting", "still_waiting"),
        ("First response", "first_response_time"), ("SLA kept", "sla_attainment"), ("Coverage", "coverage"),
    ];

    static readonly (string, string)[] AgentTiles =
        [("Response time", "response_time"), ("SLA kept", "sla_attainment"), ("Active days", "active_days")];

    static readonly (string, string)[] MailboxColumns =
    [
        ("Received", "received"), ("Sent", "sent"), ("Answered", "answered_rate"), ("Waiting", "still_waiting"),
        ("Oldest", "oldest_wait"), ("First median", "first_response_time"), ("SLA kept", "sla_attainment"), ("Coverage", "coverage"),
    ];

    async Task<IPage> AskAsync(string range, int days, string clock)
    {
        var hours = new TrueHours(site.Truth, site.AsOf - (2L * days + 2) * 86_400, site.AsOf);
        var end = hours.DayOf(site.AsOf).AddDays(1);
        _truth = new(site.Truth, hours, hours.StartOf(end.AddDays(-days)), hours.StartOf(end), site.AsOf, clock == "mailbox");
        _ask = $"range={range}&clock={clock}";
        var context = await chromium.OpenAsync(site.Client.BaseAddress!);
        return await context.NewPageAsync();
    }

    void Tile(Seen seen, Told told, string label, string metric, TrueFigures figures)
    {
        var truth = figures.Of(metric);
        _ledger.Figure(label, metric, truth.Value, told.At("", metric), seen.Tile(label));
        if (truth.P90 is null) return;
        _ledger.Figure($"{label} p90", metric, truth.P90, told.At("", metric + "_p90"), seen.Tile(label, "p90"));
        var sample = truth.Count < 5 ? $"only {truth.Count:N0}" : $"median of {truth.Count:N0}";
        _ledger.Same($"{label} sample", sample, seen.Tile(label, "sub"));
    }

    // The period before, seen from as long after it.
    void Changes(Seen seen, int days)
    {
        var first = _truth.Hours.DayOf(_truth.From).AddDays(-days);
        var before = _truth with
        {
            From = _truth.Hours.StartOf(first), To = _truth.From, AsOf = _truth.AsOf - (_truth.From - _truth.Hours.StartOf(first)),
        };
        foreach (var metric in (string[])["received", "first_response_time"])
        {
            if (before.Of(metric).Value is not { } earlier || earlier == 0) continue;
            var change = Math.Round((_truth.Of(metric).Value!.Value - earlier) / earlier * 100, MidpointRounding.AwayFromZero);
            _ledger.Same($"change of {metric}", change == 0 ? "±0 %" : $"{(change > 0 ? "+" : "−")}{Math.Abs(change)} %",
                seen.Tile(metric == "received" ? "Received" : "First response", "change"));
        }
    }

    /// <summary>The table of a chart by days.</summary>
    async Task SeriesAsync(Seen seen, string ask, string title, string[] columns, TrueFigures? figures = null)
    {
        var metrics = columns.Select(column => column.Replace("_p90", "", StringComparison.Ordinal)).Distinct().ToList();
        var told = await Told.AskAsync(site, $"metrics={string.Join(',', metrics)}&dimensions=day&{ask}");
        var rows = seen.Table($"{title}, as a table");
        foreach (var ((day, truth), i) in (figures ?? _truth).Days().Select((day, i) => (day, i)))
        {
            if (truth.From > site.AsOf) break;
            for (var c = 0; c < columns.Length; c++)
            {
                var figure = truth.Of(metrics[c % metrics.Count]);
                var value = columns[c].EndsWith("_p90", StringComparison.Ordinal) ? figure.P90 : figure.Value;
                var key = day.ToString("yyyy-MM-dd", null);
                // What nobody did on a day has no line in the file, and none in the chart's line.
                if (value is 0 && !told.Rows.ContainsKey(key)) value = null;
                _ledger.Figure($"{title} {key}", metrics[c % metrics.Count], value, told.At(key, columns[c]), null);
                var shown = metrics[c % metrics.Count].EndsWith("_time", StringComparison.Ordinal)
                    ? value is { } seconds ? Shown.Duration(seconds) : Shown.Nothing : value is { } count ? Shown.Count(count) : "–";
                _ledger.Same($"{title} {key} {columns[c]}, chart", shown, rows[i].Values.ElementAt(c + 1));
            }
        }
    }

    async Task BacklogAsync(Seen seen, string ask, TrueFigures figures)
    {
        var told = await Told.AskAsync(site, $"metrics=backlog&dimensions=day&{ask}");
        var rows = seen.Table("Backlog, as a table");
        foreach (var ((day, truth), i) in figures.Days().Select((day, i) => (day, i)))
        {
            if (truth.From > site.AsOf) break;
            var (ages, key) = (truth.AgesAt(Math.Min(truth.To, site.AsOf)), day.ToString("yyyy-MM-dd", null));
            _ledger.Same($"backlog {key}", ages.Sum(), (long)(told.At(key, "backlog") ?? 0));
            _ledger.Same($"backlog {key}, chart",
                string.Join(' ', ages.Select(n => Shown.Count(n))), string.Join(' ', rows[i].Values.Skip(1)));
        }
    }

    async Task HoursOfWeekAsync(Seen seen)
    {
        var told = await Told.AskAsync(site, $"metrics=received&dimensions=hour_of_week&kind=Human&{_ask}");
        var truth = _truth.Messages.Where(m => m is { IsOutbound: false, IsHuman: true })
            .GroupBy(m => _truth.Hours.LocalOf(m.At) is var at ? $"{at.DayOfWeek.ToString()[..3]} {at.Hour:00}" : "")
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (var row in seen.Table("Arrivals by hour of the week, as a table"))
        {
            var key = row["Hour of the week"][..6];
            var count = truth.GetValueOrDefault(key);
            _ledger.Figure($"hour {key}", "received", count, told.At(key, "received") ?? 0, row["Received"]);
        }
    }

    /// <summary>Groups that truth does not tell: the screen has to say what the answers say.</summary>
    async Task GroupsAsync(Seen seen, string title, string dimension, string metric, string ask, Func<string, string> nameOf)
    {
        var told = await Told.AskAsync(site, $"metrics={metric}&dimensions={dimension}&{ask}");
        var rows = seen.Table(title).ToDictionary(row => row.Values.First(), row => row.Values.ElementAt(1));
        foreach (var key in told.Rows.Keys.Where(key => told.At(key, metric) > 0))
            _ledger.Same($"{title} {key}", Shown.Value(metric, told.At(key, metric)), rows.GetValueOrDefault(nameOf(key)));
    }

    void Agrees(Told told, string key, Dictionary<string, string> row, params (string Column, string Metric)[] columns)
    {
        foreach (var (column, metric) in columns)
            _ledger.Same($"{key} {column}", Shown.Value(metric, told.At(key, metric)), row[column]);
    }

    void Agrees(Told told, Seen seen, params (string Label, string Metric)[] tiles)
    {
        foreach (var (label, metric) in tiles) _ledger.Same(label, Shown.Value(metric, told.At("", metric)), seen.Tile(label));
    }

    // The first cell says the name and, below it, the address.
    static string? KeyOf(string cell, Told told) => cell switch
    {
        "All" or "Nobody known" => null,
        _ => told.Rows.Keys.FirstOrDefault(key => key.Length > 0 && cell.EndsWith(key, StringComparison.Ordinal)),
    };
}

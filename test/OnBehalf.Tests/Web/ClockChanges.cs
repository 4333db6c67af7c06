using System.Globalization;
using System.Text.Json;
using NodaTime;
using OnBehalf.Store;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>
/// Nights on which the clocks change, asked for through the API by every step of time. Cases: a message every quarter of an
/// hour is in its step, and each step has as many as it has quarters; a wait over the night is as long as the night was, by
/// the calendar and by hours that are open in it. Seconds of a day are those of the zone's own rules.
/// </summary>
public sealed class ClockChanges : IDisposable
{
    static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    readonly Shell _shell = new();
    readonly HttpClient _client = new();

    /// <summary>The zone, the day before the change, the day of it, and by how many minutes it is longer than others.</summary>
    public static TheoryData<string, string, string, int> Changes => new()
    {
        { "Europe/Prague", "2026-03-28", "2026-03-29", -60 },
        { "Europe/Prague", "2026-10-24", "2026-10-25", 60 },
        { "America/New_York", "2026-03-07", "2026-03-08", -60 },
        { "America/New_York", "2026-10-31", "2026-11-01", 60 },
        { "Europe/Tallinn", "2026-03-28", "2026-03-29", -60 },
        { "Europe/Tallinn", "2026-10-24", "2026-10-25", 60 },
        { "Pacific/Chatham", "2026-04-04", "2026-04-05", 60 }, // 12:45 from UTC
        { "Pacific/Chatham", "2026-09-26", "2026-09-27", -60 },
        { "Australia/Lord_Howe", "2026-04-04", "2026-04-05", 30 },
        { "Australia/Lord_Howe", "2026-10-03", "2026-10-04", -30 },
        { "Asia/Kathmandu", "2026-12-31", "2027-01-01", 0 }, // 5:45 from UTC, over the year's end
        { "Europe/Prague", "2026-12-31", "2027-01-01", 0 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Every_message_is_in_its_step(string zone, string before, string day, int longer)
    {
        var first = DateTimeOffset.Parse(before, null, DateTimeStyles.AssumeUniversal).AddDays(-1);
        var times = Enumerable.Range(0, 5 * 24 * 4).Select(i => first + i * Quarter).ToList();
        await ImportAsync([.. times.Select((at, i) =>
            Desk.Message(at, $"m{i}@customer.example", "carl@customer.example", Desk.Mailbox, "Subject: Time"))]);
        await using var site = await ServeAsync();
        foreach (var step in new[] { "hour", "day", "week", "month", "quarter", "year" })
        {
            var answer = await AskAsync(site, $"metrics=received&dimensions={step}&zone={zone}");
            var counts = Values(answer, step, "received");
            foreach (var part in answer.GetProperty("steps").EnumerateArray())
            {
                var (from, to) = (part.GetProperty("from").GetDateTimeOffset(), part.GetProperty("to").GetDateTimeOffset());
                Assert.Equal(
                    times.Count(at => at >= from && at < to), counts.GetValueOrDefault(part.GetProperty("key").GetString()!));
            }
            Assert.Equal(times.Count, counts.Values.Sum());
            if (step == "day") Assert.Equal((24 * 60 + longer) / 15, counts[day]);
            if (step != "hour") continue;
            var hours = counts.Where(hour => hour.Key.StartsWith(day, StringComparison.Ordinal));
            Assert.Equal((24 * 60 + longer) / 15, hours.Sum(hour => hour.Value));
        }
        foreach (var step in new[] { "day", "week", "month", "quarter", "year", "weekday", "hour_of_week" })
            Assert.Equal(times.GroupBy(at => Key(at, zone, step)).ToDictionary(group => group.Key, group => (double?)group.Count()),
                Values(await AskAsync(site, $"metrics=received&dimensions={step}&zone={zone}"), step, "received"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_wait_over_the_night_is_as_long_as_the_night(string zone, string before, string day, int longer)
    {
        var (asked, answered) = (At(zone, before, 23), At(zone, day, 7));
        await ImportAsync(
        [
            Desk.Message(asked, "asked@customer.example", "carl@customer.example", Desk.Mailbox, "Subject: Night"),
            Desk.Message(answered, "told@acme.example", Desk.Mailbox, "carl@customer.example",
                "In-Reply-To: <asked@customer.example>", "Subject: Re: Night"),
        ]);
        using (var store = MailStore.Open(_shell.Store, StoreAccess.Write, Shell.Clock))
        {
            var (settings, version) = store.Settings.Load();
            store.Settings.Save(settings with { CompanySchedule = [new() { Zone = zone, Week = "Mon-Sun 00:00-06:00" }] }, version);
            OnBehalf.Workers.Recompute.Run(store, TestContext.Current.CancellationToken);
        }
        await using var site = await ServeAsync();
        foreach (var step in new[] { "hour", "day", "week", "month" })
            foreach (var (clock, hours) in new[] { ("calendar", 8), ("mailbox", 6) })
            {
                var answer = await AskAsync(site, $"metrics=response_time&dimensions={step}&zone={zone}&clock={clock}");
                // It is dated by the reply, so it stands in the reply's hour, day, week and month.
                var (key, seconds) = Assert.Single(Values(answer, step, "response_time"));
                Assert.Equal(hours * 3600 + longer * 60, seconds);
                var part = answer.GetProperty("steps").EnumerateArray().Single(part => part.GetProperty("key").GetString() == key);
                var (from, to) = (part.GetProperty("from").GetDateTimeOffset(), part.GetProperty("to").GetDateTimeOffset());
                Assert.InRange(answered, from, to.AddTicks(-1));
            }
    }

    public void Dispose()
    {
        _client.Dispose();
        _shell.Dispose();
    }

    Task<Outcome> ImportAsync(string[] messages) =>
        _shell.DoAsync("import", "mail", _shell.Write("clock.mbox", Desk.MboxOf(messages)), "--mailbox", Desk.Mailbox);

    async Task<Microsoft.AspNetCore.Builder.WebApplication> ServeAsync()
    {
        var site = Wiring.Build(_shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    async Task<JsonElement> AskAsync(Microsoft.AspNetCore.Builder.WebApplication site, string question)
    {
        var url = new Uri($"{site.Urls.First()}/api/v1/metrics?{question}&range=all&as-of=2027-02-01");
        return JsonElement.Parse(await _client.GetStringAsync(url, TestContext.Current.CancellationToken));
    }

    static Dictionary<string, double?> Values(JsonElement answer, string step, string metric) =>
        answer.GetProperty("rows").EnumerateArray().Where(row => Value(row, metric) is not null).ToDictionary(
            row => row.GetProperty("keys").GetProperty(step).GetString()!, row => Value(row, metric));

    static double? Value(JsonElement row, string metric) =>
        row.GetProperty("figures").GetProperty(metric).GetProperty("value") is { ValueKind: JsonValueKind.Number } value
            ? value.GetDouble() : null;

    static DateTimeOffset At(string zone, string day, int hour)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        return date.At(new LocalTime(hour, 0)).InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeOffset().ToUniversalTime();
    }

    // By the framework's zones, not by NodaTime's.
    static string Key(DateTimeOffset at, string zone, string step)
    {
        var local = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone));
        string Text(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
        return step switch
        {
            "day" => Text(local, "yyyy-MM-dd"),
            "week" => Text(local.AddDays(-((int)local.DayOfWeek + 6) % 7), "yyyy-MM-dd"),
            "month" => Text(local, "yyyy-MM"),
            "quarter" => $"{local.Year}-Q{(local.Month + 2) / 3}",
            "year" => Text(local, "yyyy"),
            "weekday" => Text(local, "ddd"),
            _ => Text(local, "ddd HH"),
        };
    }
}

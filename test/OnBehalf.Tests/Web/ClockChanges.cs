using System.Text.Json;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>
/// A message every quarter of an hour over nights on which the clocks change, asked for by hour, day, week and month through
/// the API: each step has as many messages as it has quarters of an hour, and none is lost or counted twice.
/// </summary>
public class ClockChanges
{
    static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData("Europe/Prague", "2026-03-27", "2026-03-29", 23 * 4)]
    [InlineData("Europe/Prague", "2026-10-23", "2026-10-25", 25 * 4)]
    [InlineData("America/New_York", "2026-03-06", "2026-03-08", 23 * 4)]
    [InlineData("America/New_York", "2026-10-30", "2026-11-01", 25 * 4)]
    [InlineData("Europe/Tallinn", "2026-10-23", "2026-10-25", 25 * 4)]
    [InlineData("Pacific/Chatham", "2026-04-03", "2026-04-05", 25 * 4)]
    [InlineData("Pacific/Chatham", "2026-09-25", "2026-09-27", 23 * 4)]
    [InlineData("Australia/Lord_Howe", "2026-04-03", "2026-04-05", 49 * 2)] // half an hour longer
    [InlineData("Australia/Lord_Howe", "2026-10-02", "2026-10-04", 47 * 2)]
    [InlineData("Asia/Kathmandu", "2026-12-30", "2027-01-01", 24 * 4)] // 5:45 from UTC, over the year's end
    public async Task Every_message_is_in_its_step(string zone, string start, string changeDay, int onThatDay)
    {
        using var shell = new Shell();
        var first = DateTimeOffset.Parse(start, null, System.Globalization.DateTimeStyles.AssumeUniversal);
        var times = Enumerable.Range(0, 5 * 24 * 4).Select(i => first + i * Quarter).ToList();
        await shell.DoAsync("import", "mail", shell.Write("clock.mbox", Desk.MboxOf([.. times.Select((at, i) =>
            Desk.Message(at, $"m{i}@customer.example", "carl@customer.example", Desk.Mailbox, "Subject: Time"))])),
            "--mailbox", Desk.Mailbox);
        foreach (var step in new[] { "hour", "day", "week", "month" })
        {
            var said = await shell.DoAsync("query", "--metrics", "received", "--dimensions", step, "--range", "all", "--zone", zone,
                "--as-of", "2027-02-01");
            using var answer = JsonDocument.Parse(said.Out);
            var counts = answer.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(
                row => row.GetProperty("keys").GetProperty(step).GetString()!,
                row => row.GetProperty("figures").GetProperty("received").GetProperty("value").GetInt32());
            foreach (var part in answer.RootElement.GetProperty("steps").EnumerateArray())
            {
                var (from, to) = (part.GetProperty("from").GetDateTimeOffset(), part.GetProperty("to").GetDateTimeOffset());
                Assert.Equal(
                    times.Count(at => at >= from && at < to), counts.GetValueOrDefault(part.GetProperty("key").GetString()!));
            }
            Assert.Equal(times.Count, counts.Values.Sum());
            if (step == "day") Assert.Equal(onThatDay, counts[changeDay]);
        }
    }
}

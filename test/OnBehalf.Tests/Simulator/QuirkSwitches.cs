using System.Globalization;
using System.Text.Json;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Simulator;

/// <summary>Each quirk can be seen on the wire at its rate, and not at all when it is off.</summary>
public sealed class QuirkSwitches
{
    static async Task<double> ShareAsync(Quirk quirk, double rate, string path, Func<JsonElement, bool?> shows)
    {
        var app = RegisteredApp.Default with { Roles = [.. RegisteredApp.Default.Roles, "Mail.Read"] };
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(quirk, rate), app);
        var (all, _) = await reader.ReadAllAsync($"users/{reader.Tenant.Mailboxes[0]}/{path}");
        var answers = all.Select(shows).OfType<bool>().ToList();
        Assert.True(answers.Count > 100, $"{answers.Count} messages to look at");
        return answers.Count(answer => answer) / (double)answers.Count;
    }

    static async Task SeenAtRateAsync(Quirk quirk, string path, Func<JsonElement, bool?> shows, double share = 1)
    {
        foreach (var rate in (double[])[0, 0.4, 1])
            Assert.InRange(await ShareAsync(quirk, rate, path, shows), rate * share - 0.1, rate * share + 0.1);
    }

    const string Inbox = "mailFolders/inbox/messages?$top=900&$select=from,sentDateTime,receivedDateTime,internetMessageHeaders";
    const string Sent = "mailFolders/sentitems/messages?$top=900&$select=internetMessageHeaders,sender,conversationIndex,subject";

    static string? Header(JsonElement message, string name) =>
        message.GetProperty("internetMessageHeaders").EnumerateArray()
            .FirstOrDefault(header => header.Text("name") == name) is { ValueKind: JsonValueKind.Object } found
                ? found.Text("value") : null;

    static bool IsFromCustomer(JsonElement message) =>
        Header(message, "X-MS-Exchange-Organization-AuthAs") == "Anonymous" && Header(message, "Auto-Submitted") is null
        && Header(message, "Precedence") is null;

    [Fact]
    public Task Exchange_addresses() => SeenAtRateAsync(Quirk.ExchangeAddresses, Sent,
        message => message.Address("sender")!.StartsWith("/O=EXCHANGELABS", StringComparison.Ordinal));

    [Fact]
    public async Task Sent_headers_are_there_only_without_the_quirk()
    {
        Assert.Equal(0, await ShareAsync(Quirk.NoSentHeaders, 1, Sent, message => message.TryGetProperty("internetMessageHeaders", out _)));
        Assert.Equal(1, await ShareAsync(Quirk.NoSentHeaders, 0, Sent, message => message.TryGetProperty("internetMessageHeaders", out _)));
    }

    [Fact]
    public Task Fresh_indexes() => SeenAtRateAsync(Quirk.FreshIndexes, Sent, message =>
        message.Text("subject")!.StartsWith("RE:", StringComparison.Ordinal)
            ? Convert.FromBase64String(message.Text("conversationIndex")!).Length == 22 : null);

    [Fact]
    public Task Skewed_clocks() => SeenAtRateAsync(Quirk.SkewedClocks, Inbox, message => IsFromCustomer(message)
        ? Math.Abs((message.GetProperty("sentDateTime").GetDateTimeOffset()
            - message.GetProperty("receivedDateTime").GetDateTimeOffset()).TotalSeconds) > 60
        : null);

    [Fact]
    public Task Missing_thread_indexes() => SeenAtRateAsync(Quirk.NoThreadIndex, Inbox,
        message => IsFromCustomer(message) ? Header(message, "Thread-Index") is null : null);

    [Fact]
    public async Task Repeated_items_come_again_within_a_round()
    {
        foreach (var (rate, repeats) in ((double, bool)[])[(0, false), (0.3, true)])
        {
            await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.RepeatedItems, rate));
            var (all, _) = await reader.ReadAllAsync(
                $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/inbox/messages/delta?$select=subject", "odata.maxpagesize=20");
            Assert.Equal(repeats, all.DistinctBy(message => message.Text("id")).Count() < all.Count);
        }
    }

    [Fact]
    public async Task Empty_and_short_pages_still_lead_to_the_end()
    {
        await using var reader = await Reader.OpenAsync(
            quirks: Quirks.None.With(Quirk.EmptyPages, 1).With(Quirk.ShortPages, 1));
        var empty = 0;
        string? next = $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/inbox/messages/delta?$select=subject";
        for (var pages = 0; next is not null; pages++)
        {
            Assert.True(pages < 500);
            var page = await reader.GetAsync(next, "odata.maxpagesize=9");
            Assert.InRange(page.Values.Count(), 0, 6);
            if (!page.Values.Any() && page.Link("@odata.nextLink") is not null) empty++;
            next = page.Link("@odata.nextLink");
        }
        Assert.True(empty > 3);
    }

    [Fact]
    public async Task Top_caps_the_whole_round()
    {
        await using var reader = await Reader.OpenAsync(quirks: Quirks.None.With(Quirk.TopCapsDelta, 1));
        var (all, link) = await reader.ReadAllAsync(
            $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/inbox/messages/delta?$top=7", "odata.maxpagesize=3");
        Assert.Equal(7, all.Count);
        Assert.NotNull(link);
    }

    [Fact]
    public async Task Gone_items_are_listed_and_not_found()
    {
        await using var reader = await Reader.OpenAsync(quirks: Quirks.None.With(Quirk.GoneItems, 1));
        var id = (await reader.GetAsync($"users/{reader.Tenant.Mailboxes[0]}/messages?$top=1")).Values.First().Text("id");
        var refusal = await reader.GetAsync($"users/{reader.Tenant.Mailboxes[0]}/messages/{id}");
        Assert.Equal((404, "ErrorItemNotFound"), (refusal.Status, refusal.ErrorCode));
    }

    [Fact]
    public void A_list_of_quirks_is_read_as_it_is_written()
    {
        Assert.All(Quirks.Known, row => Assert.Equal(row.UsualRate, Quirks.Parse("all")[row.Quirk]));
        Assert.All(Quirks.Known, row => Assert.Equal((int)row.Quirk, Quirks.Known.ToList().IndexOf(row)));
        var quirks = Quirks.Parse("drafts, late-audit=0.5");
        Assert.Equal((0.5, 0.5, 0.0), (quirks[Quirk.LateAudit], quirks[Quirk.Drafts], quirks[Quirk.Throttling]));
        Assert.Equal(0, Quirks.Parse("all,-throttling")[Quirk.Throttling]);
        Assert.Contains("repeated-items", Assert.Throws<FormatException>(() => Quirks.Parse("nonsense")).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Quirks.Parse("drafts=2"));
    }

    [Fact]
    public void The_README_lists_every_quirk_as_the_code_does()
    {
        var readme = File.ReadAllLines(Path.Combine(RealData.Repository, "src", "OnBehalf.Simulator", "README.md"));
        var rows = readme.SkipWhile(line => !line.StartsWith("| quirk |", StringComparison.Ordinal)).Skip(2);
        Assert.Equal(Quirks.Known.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"| `{row.Name}` | {row.UsualRate} | {row.Meaning} |")), rows);
        Assert.All(Scenario.All, scenario => Assert.Contains(readme, line => line.Contains($"`{scenario.Name}`",
            StringComparison.Ordinal)));
    }
}

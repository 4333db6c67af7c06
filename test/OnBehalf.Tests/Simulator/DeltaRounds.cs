using System.Text.Json;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Graph;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Tests.Simulator;

/// <summary>What a reader of delta can rely on, and what not.</summary>
public sealed class DeltaRounds
{
    static readonly string[] Folders = ["inbox", "sentitems", "drafts", "deleteditems"];

    static string Path(Reader reader, string folder, string options = "$select=subject,internetMessageId,isDraft") =>
        $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/{folder}/messages/delta?{options}";

    static void Apply(Dictionary<string, JsonElement> known, IEnumerable<JsonElement> changes)
    {
        foreach (var change in changes)
            if (change.TryGetProperty("@removed", out _)) known.Remove(change.Text("id")!);
            else known[change.Text("id")!] = change;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rounds_of_changes_lead_to_what_a_list_shows(bool immutable)
    {
        var quirks = Quirks.All.With(Quirk.MissedMoves, 0).With(Quirk.ExpiredTokens, 0);
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", quirks, before: 20);
        string[] prefer = immutable ? ["odata.maxpagesize=37", Reader.Immutable] : ["odata.maxpagesize=37"];
        foreach (var folder in Folders)
        {
            var known = new Dictionary<string, JsonElement>();
            string? link = Path(reader, folder);
            for (var round = 0; round < 5; round++)
            {
                (var changes, link) = await reader.ReadAllAsync(link!, prefer);
                Apply(known, changes);
                var (listed, _) = await reader.ReadAllAsync(
                    $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/{folder}/messages?$select=id&$top=900", prefer);
                Assert.Equal(listed.Select(message => message.Text("id")).Order(), known.Keys.Order());
                reader.Clock.Advance(TimeSpan.FromHours(30));
            }
            reader.Clock.Advance(TimeSpan.FromHours(-150));
        }
    }

    [Fact]
    public async Task A_round_without_changes_is_empty_and_has_a_new_delta_link()
    {
        await using var reader = await Reader.OpenAsync();
        var (_, link) = await reader.ReadAllAsync(Path(reader, "inbox"));
        var (nothing, again) = await reader.ReadAllAsync(link!);
        Assert.Empty(nothing);
        Assert.NotEqual(link, again);
    }

    [Fact]
    public async Task A_move_changes_the_default_id_and_leaves_the_immutable_one()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.Filing, 1), before: 8);
        async Task<Dictionary<string, string>> Ids(params string[] prefer) =>
            (await reader.ReadAllAsync($"users/{reader.Tenant.Mailboxes[0]}/messages?$select=id,internetMessageId&$top=900", prefer)).All
            .GroupBy(message => message.Text("internetMessageId")!).ToDictionary(same => same.Key, same => same.First().Text("id")!);

        var (mutable, immutable) = (await Ids(), await Ids(Reader.Immutable));
        reader.Clock.Advance(TimeSpan.FromDays(3));
        var (mutableLater, immutableLater) = (await Ids(), await Ids(Reader.Immutable));
        Assert.All(immutable, pair => Assert.Equal(pair.Value, immutableLater[pair.Key]));
        Assert.Contains(mutable, pair => mutableLater[pair.Key] != pair.Value);
    }

    [Fact]
    public async Task A_message_that_left_and_came_back_has_a_new_default_id()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.Filing, 1));
        var content = reader.Tenant.World.Shelf.Open(reader.Tenant.World.Company.Mailboxes[0]);
        var returned = content.Stored.First(message =>
            message.StateAt(reader.Tenant.World.Now) is { Moves: 2, Folder: FolderCode.Inbox });
        var (before, after) = (returned.StateAt(returned.AppearsAt), returned.StateAt(reader.Tenant.World.Now));
        Assert.NotEqual(MessageKeys.Of(content.Mailbox, returned, before, immutable: false),
            MessageKeys.Of(content.Mailbox, returned, after, immutable: false));
        Assert.Equal(MessageKeys.Of(content.Mailbox, returned, before, immutable: true),
            MessageKeys.Of(content.Mailbox, returned, after, immutable: true));
    }

    [Fact]
    public async Task An_expired_token_is_refused_and_the_given_place_starts_a_full_round()
    {
        await using var reader = await Reader.OpenAsync();
        var (all, link) = await reader.ReadAllAsync(Path(reader, "inbox"), "odata.maxpagesize=500");
        reader.Tenant.ExpireDeltaTokens(reader.Tenant.Mailboxes[0], "inbox");
        var refusal = await reader.GetAsync(link!);
        Assert.True(refusal.Status is 410 or 400, refusal.Body);
        Assert.Contains("sync", refusal.ErrorCode, StringComparison.OrdinalIgnoreCase);
        var (again, _) = await reader.ReadAllAsync(refusal.Header("Location")!, "odata.maxpagesize=500");
        Assert.Equal(all.Count, again.Count);
    }

    [Fact]
    public async Task A_draft_leaves_Drafts_and_turns_up_in_Sent_Items_under_its_immutable_id()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.Drafts, 1), before: 20);
        var drafts = new HashSet<string>();
        string? link = null;
        for (var minute = 0; minute < 4 * 24 * 60 && drafts.Count == 0; minute++)
        {
            reader.Clock.Advance(TimeSpan.FromMinutes(1));
            (var changes, link) = await reader.ReadAllAsync(link ?? Path(reader, "drafts"), Reader.Immutable);
            drafts.UnionWith(changes.Where(change => change.TryGetProperty("isDraft", out _)).Select(change => change.Text("id")!));
        }
        Assert.NotEmpty(drafts);
        reader.Clock.Advance(TimeSpan.FromMinutes(5));
        var (sent, _) = await reader.ReadAllAsync(Path(reader, "sentitems"), Reader.Immutable, "odata.maxpagesize=500");
        Assert.All(drafts, id => Assert.Contains(sent, message => message.Text("id") == id && !message.Is("isDraft")));
    }

    [Fact]
    public async Task Options_of_the_first_request_hold_for_the_whole_round()
    {
        await using var reader = await Reader.OpenAsync();
        var (all, _) = await reader.ReadAllAsync(Path(reader, "inbox", "$select=subject"), "odata.maxpagesize=3");
        Assert.All(all, message => Assert.Equal(
            ["@odata.etag", "@odata.type", "id", "subject"], message.EnumerateObject().Select(property =>
                property.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_filter_keeps_only_what_was_received_since_and_the_newest_can_come_first()
    {
        await using var reader = await Reader.OpenAsync();
        var since = reader.Clock.GetUtcNow().AddDays(-3).ToString("yyyy-MM-ddTHH:mm:ssZ", null);
        var options = $"$select=receivedDateTime&$filter=receivedDateTime+ge+{since}&$orderby=receivedDateTime+desc";
        var (all, _) = await reader.ReadAllAsync(Path(reader, "inbox", options), "odata.maxpagesize=5");
        var times = all.Select(message => message.Text("receivedDateTime")!).ToList();
        Assert.NotEmpty(times);
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        Assert.All(times, time => Assert.True(string.CompareOrdinal(time, since) >= 0));
    }

    [Theory]
    [InlineData("$filter=subject+eq+'x'")]
    [InlineData("$orderby=subject")]
    [InlineData("$search=x")]
    [InlineData("$select=nonsense")]
    [InlineData("$deltatoken=nonsense")]
    public async Task What_delta_does_not_support_is_refused(string options)
    {
        await using var reader = await Reader.OpenAsync();
        Assert.Equal(400, (await reader.GetAsync(Path(reader, "inbox", options))).Status);
    }

    [Fact]
    public async Task A_deleted_folder_is_gone_and_another_of_its_name_has_another_id()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.FolderChanges, 1), before: 20);
        var root = $"users/{reader.Tenant.Mailboxes[0]}/mailFolders";
        async Task<string?> Waiting() => (await reader.GetAsync(root + "?$top=50")).Values
            .FirstOrDefault(folder => folder.Text("displayName") == "Waiting").Text("id");

        var (_, link) = await reader.ReadAllAsync(root + "/delta");
        var before = await Waiting();
        reader.Clock.Advance(TimeSpan.FromDays(10));
        var (changes, _) = await reader.ReadAllAsync(link!);
        Assert.Contains(changes, change => change.Text("id") == before && change.TryGetProperty("@removed", out _));
        Assert.NotEqual(before, await Waiting());
        Assert.Equal(404, (await reader.GetAsync($"{root}/{before}/messages/delta")).Status);
    }
}

using System.Text.Json;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Simulator;

/// <summary>
/// The tenant's answers against Microsoft's own published examples: every property an example shows has to be there under
/// the same name with the same kind of value, and nothing may be there that no example or resource page knows.
/// </summary>
public sealed class GraphShapes
{
    static readonly RegisteredApp FullReader = RegisteredApp.Default with { Roles = [.. RegisteredApp.Default.Roles, "Mail.Read"] };

    static JsonElement Example(string file) =>
        JsonElement.Parse(File.ReadAllText(RealData.Find($"graph/docs/{file}")));

    /// <summary>Properties that are there only when asked for, or only with $expand.</summary>
    static readonly HashSet<string> OnRequest =
    [
        "internetMessageHeaders", "uniqueBody", "attachments", "extensions", "multiValueExtendedProperties",
        "singleValueExtendedProperties", "childFolders", "messageRules", "messages", "event", "event@odata.context",
    ];

    static void HasShapeOf(JsonElement example, JsonElement answer, string at, bool nullable = true)
    {
        if (nullable && (example.ValueKind == JsonValueKind.Null || answer.ValueKind == JsonValueKind.Null)) return;
        Assert.True(KindOf(example) == KindOf(answer), $"{at}: {answer.ValueKind} instead of {example.ValueKind}");
        if (example.ValueKind == JsonValueKind.Object)
            foreach (var property in example.EnumerateObject())
            {
                if (OnRequest.Contains(property.Name)) continue;
                Assert.True(answer.TryGetProperty(property.Name, out var value), $"{at}.{property.Name} is missing");
                HasShapeOf(property.Value, value, $"{at}.{property.Name}");
            }
        if (example.ValueKind != JsonValueKind.Array || example.GetArrayLength() == 0) return;
        foreach (var element in answer.EnumerateArray()) HasShapeOf(example[0], element, at + "[]");
    }

    static JsonValueKind KindOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;

    static async Task<JsonElement> AMessage(Reader reader, string query = "", string folder = "inbox")
    {
        var mailbox = reader.Tenant.Mailboxes[0];
        var listed = (await reader.GetAsync($"users/{mailbox}/mailFolders/{folder}/messages?$select=id&$top=1")).Values.First();
        return (await reader.GetAsync($"users/{mailbox}/messages/{listed.Text("id")}{query}")).Json;
    }

    [Fact]
    public async Task A_message_has_every_property_of_the_published_one()
    {
        await using var reader = await Reader.OpenAsync(app: FullReader);
        HasShapeOf(Example("0259_v1.0_api_message-get.json"), await AMessage(reader), "message");
    }

    [Fact]
    public async Task A_message_has_no_property_the_resource_page_does_not_know()
    {
        await using var reader = await Reader.OpenAsync(app: FullReader);
        var known = Example("0365_v1.0_resources_message.json").EnumerateObject().Select(property => property.Name).ToHashSet();
        Assert.All((await AMessage(reader)).EnumerateObject().Where(property => property.Name[0] != '@'),
            property => Assert.Contains(property.Name, known));
    }

    [Fact]
    public async Task Selected_headers_come_as_in_the_published_example()
    {
        await using var reader = await Reader.OpenAsync();
        HasShapeOf(Example("0260_v1.0_api_message-get.json"), await AMessage(reader, "?$select=internetMessageHeaders"), "message");
        var message = await AMessage(reader, "?$select=internetMessageHeaders");
        Assert.NotEmpty(message.GetProperty("internetMessageHeaders").EnumerateArray());
    }

    [Fact]
    public async Task A_list_of_selected_properties_has_the_published_shape()
    {
        await using var reader = await Reader.OpenAsync();
        var list = await reader.GetAsync($"users/{reader.Tenant.Mailboxes[0]}/messages?$select=sender,subject");
        HasShapeOf(Example("0333_v1.0_api_user-list-messages.json"), list.Json, "list");
        Assert.EndsWith("/messages(sender,subject)", list.Json.Text("@odata.context"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0386_concepts_delta-query-messages.json", 2, "@odata.nextLink")]
    [InlineData("0388_concepts_delta-query-messages.json", 1_000, "@odata.deltaLink")]
    public async Task Delta_pages_have_the_published_shape(string file, int size, string link)
    {
        await using var reader = await Reader.OpenAsync();
        var page = await reader.GetAsync(
            $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/inbox/messages/delta?$select=subject,isRead,sender",
                $"odata.maxpagesize={size}");
        HasShapeOf(Example(file), page.Json, "page");
        Assert.Contains(link == "@odata.nextLink" ? "$skiptoken=" : "$deltatoken=", page.Link(link), StringComparison.Ordinal);
        Assert.Contains($"odata.maxpagesize={size}", page.Header("Preference-Applied"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_message_has_the_published_shape()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.Filing, 1), before: 10);
        var path = $"users/{reader.Tenant.Mailboxes[0]}/mailFolders/inbox/messages/delta?$select=subject,isRead,sender";
        var (_, link) = await reader.ReadAllAsync(path, "odata.maxpagesize=500");
        reader.Clock.Advance(TimeSpan.FromDays(5));
        var (changes, _) = await reader.ReadAllAsync(link!, "odata.maxpagesize=500");
        var removed = changes.Where(change => change.TryGetProperty("@removed", out _)).ToList();
        Assert.NotEmpty(removed);
        HasShapeOf(Example("0389_concepts_delta-query-messages.json").GetProperty("value")[0], removed[0], "removed");
    }

    [Theory]
    [InlineData("0326_v1.0_api_user-list-mailfolders.json", "mailFolders?$top=50")]
    [InlineData("0227_v1.0_api_mailfolder-list-childfolders.json", "mailFolders/inbox/childFolders")]
    [InlineData("0224_v1.0_api_mailfolder-delta.json", "mailFolders/delta")]
    [InlineData("0225_v1.0_api_mailfolder-get.json", "mailFolders/inbox")]
    [InlineData("0321_v1.0_api_user-get-mailboxsettings.json", "mailboxSettings")]
    public async Task Folders_and_settings_have_the_published_shape(string file, string path)
    {
        await using var reader = await Reader.OpenAsync();
        var example = Example(file);
        var answer = (await reader.GetAsync($"users/{reader.Tenant.Mailboxes[0]}/{path}")).Json;
        // The example of the folder delta shows a first page; ours is the last.
        foreach (var property in example.EnumerateObject().Where(property => property.Name != "@odata.nextLink"))
        {
            Assert.True(answer.TryGetProperty(property.Name, out var value), $"{property.Name} is missing");
            HasShapeOf(property.Value, value, property.Name);
        }
    }

    [Fact]
    public async Task A_meeting_request_is_an_event_message_with_the_published_properties()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.None.With(Quirk.Meetings, 0.2), FullReader);
        var (all, _) = await reader.ReadAllAsync($"users/{reader.Tenant.Mailboxes[0]}/messages?$top=500");
        var meeting = all.First(message => message.Text("@odata.type") == "#microsoft.graph.eventMessageRequest");
        var example = Example("0216_v1.0_api_eventmessage-get.json");
        foreach (var property in example.EnumerateObject().Where(property => property.Name != "@odata.context"
            && !OnRequest.Contains(property.Name)))
        {
            Assert.True(meeting.TryGetProperty(property.Name, out var value), $"{property.Name} is missing");
            HasShapeOf(property.Value, value, property.Name);
        }
    }

    [Fact]
    public async Task An_extended_property_comes_as_in_the_published_example()
    {
        await using var reader = await Reader.OpenAsync(app: FullReader);
        var message = await AMessage(reader, "?$expand=singleValueExtendedProperties($filter=id%20eq%20'String%200x1035')");
        var shown = message.GetProperty("singleValueExtendedProperties");
        HasShapeOf(
            Example("0314_v1.0_api_singlevaluelegacyextendedproperty-get.json").GetProperty("singleValueExtendedProperties"),
            shown, "properties");
        Assert.Equal(message.Text("internetMessageId"), shown[0].Text("value"));
    }

    [Fact]
    public async Task A_refusal_has_the_published_shape()
    {
        await using var reader = await Reader.OpenAsync(app: RegisteredApp.Default with { Roles = ["User.Read.All"] });
        var refusal = await reader.GetAsync($"users/{reader.Tenant.Mailboxes[0]}/messages");
        Assert.Equal(403, refusal.Status);
        HasShapeOf(Example("0374_concepts_auth-limit-mailbox-access.json"), refusal.Json, "error");
    }
}

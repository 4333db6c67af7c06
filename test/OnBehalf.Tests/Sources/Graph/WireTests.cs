using System.Net;
using System.Text.RegularExpressions;
using NodaTime;
using OnBehalf.Engine.Facts;
using static OnBehalf.Tests.Sources.Graph.RecordedGraph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>Recorded pages: what a message becomes, and where reading goes on.</summary>
public sealed class WireTests
{
    const string Inbox = "/mailFolders/inbox-id/messages/delta";

    // Every property of the message resource in the form of the published examples.
    const string Whole = """
        {"@odata.etag":"W/\"CQAAABYAAADH\"","id":"AAkALgAAAAAAHYQDEapmEc2byACqAC","createdDateTime":"2026-03-02T09:14:29Z",
         "lastModifiedDateTime":"2026-03-02T09:14:34Z","changeKey":"CQAAABYAAADH","categories":["Green category","VIP"],
         "receivedDateTime":"2026-03-02T09:14:31Z","sentDateTime":"2026-03-02T08:00:00Z","hasAttachments":false,
         "internetMessageId":"<one@customer.example>","subject":"RE: Order \u0022 1042","bodyPreview":"Hello","importance":"high",
         "parentFolderId":"inbox-id","conversationId":"AAQkADg1OTUyZmY5LTU4M2UtNDc2Mi05YmU4LTAwMDAwMDAwMDAwMAAQAAeqIgr5i85AkWtRk_vVNEI=",
         "conversationIndex":"AQHaWz2nB6oiCvmLzkCRa1GT+9U0QgADan6g","isDeliveryReceiptRequested":null,"isRead":true,"isDraft":false,
         "body":{"contentType":"text","content":"Nobody keeps this."},
         "sender":{"emailAddress":{"name":"Carla","address":"carla@customer.example"}},
         "from":{"emailAddress":{"name":"Carl","address":"Carl@Customer.example"}},
         "toRecipients":[{"emailAddress":{"name":"Support","address":"support@acme.example"}}],
         "ccRecipients":[{"emailAddress":{"name":"Only a name"}},{"emailAddress":{"name":"D","address":"dora@customer.example"}}],
         "bccRecipients":[{"emailAddress":{"name":"E","address":"emil@customer.example"}}],
         "replyTo":[{"emailAddress":{"name":"F","address":"orders@customer.example"}}],
         "flag":{"flagStatus":"complete","completedDateTime":{"dateTime":"2026-03-03T00:00:00.0000000","timeZone":"UTC"}},
         "internetMessageHeaders":[{"name":"Received","value":"from a by b"},{"name":"In-Reply-To","value":"<zero@acme.example>"},
          {"value":"<first@acme.example>\r\n <zero@acme.example>","name":"References"},{"name":"Auto-Submitted","value":"auto-replied"},
          {"name":"X-Odd","value":null}]}
        """;

    [Fact]
    public async Task A_message_becomes_the_fact_that_it_states()
    {
        using var graph = new RecordedGraph().On(Inbox, Page(End, Whole));
        var reading = await graph.ReadAsync();
        var fact = Assert.Single(reading.Messages);
        string Text(AddressId id) => reading.Addresses[id];
        Assert.Equal("one@customer.example", fact.MessageId);
        Assert.Equal(MessageKey.Of("<one@customer.example>"), fact.Key);
        Assert.Equal(Instant.FromUtc(2026, 3, 2, 9, 14, 31), fact.At);
        Assert.Equal(("carl@customer.example", "carla@customer.example"), (Text(fact.From), Text(fact.Sender)));
        Assert.Equal("support@acme.example", string.Join(' ', fact.To.Select(Text)));
        Assert.Equal("dora@customer.example emil@customer.example", string.Join(' ', fact.Cc.Select(Text)));
        Assert.Equal("orders@customer.example", string.Join(' ', fact.ReplyTo.Select(Text)));
        Assert.Equal([MessageKey.Of("zero@acme.example")], fact.InReplyTo);
        Assert.Equal([MessageKey.Of("first@acme.example")], fact.References);
        Assert.Equal(27, fact.ConversationIndex.Length);
        // The conversation's GUID stands in the index, too: MS-OXOMSG, section 2.2.1.2.
        Assert.Equal(MessageKey.Read(fact.ConversationIndex.Span[6..22]), fact.ConversationGuid);
        Assert.Equal("RE: Order \" 1042", fact.Subject);
        Assert.Equal(
            (Signs.AutoReplied, Importance.High, Folder.Received, true), (fact.Signs, fact.Importance, fact.Folder, fact.FlagComplete));
        Assert.Equal(["Green category", "VIP"], fact.Categories);
    }

    [Fact]
    public async Task What_the_mailbox_sent_is_dated_by_when_it_was_sent()
    {
        using var graph = new RecordedGraph().On(Inbox, Page(End, Message("a", "Help+x@acme.example"), Message("b")));
        var reading = await graph.ReadAsync();
        Assert.Equal([29, 31], reading.Messages.Select(message => message.At!.Value.InUtc().Second));
    }

    [Fact]
    public async Task No_body_is_ever_asked_for_and_headers_only_of_received_mail()
    {
        using var graph = new RecordedGraph();
        await graph.ReadAsync();
        var selects = graph.Asked.Select(address => Uri.UnescapeDataString(address.Query))
            .Where(query => query.Contains("$select=")).ToList();
        Assert.NotEmpty(selects);
        Assert.All(selects, select => Assert.DoesNotContain("body", select, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("inbox-id", Assert.Single(graph.Asked, address => address.Query.Contains("internetMessageHeaders"))
            .Segments.Select(segment => segment.Trim('/')).Single(segment => segment.EndsWith("-id", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Drafts_and_removals_are_no_messages_and_a_removal_takes_nothing_away()
    {
        using var graph = new RecordedGraph().On(Inbox, Page(End,
            Message("kept"), """{"@odata.type":"#microsoft.graph.message","id":"AAkALgkept","@removed":{"reason":"deleted"}}""",
            Message("draft").Replace("\"isDraft\":false", "\"isDraft\":true", StringComparison.Ordinal)));
        Assert.Equal(["kept@customer.example"], (await graph.ReadAsync()).Ids);
    }

    [Fact]
    public async Task A_message_that_moved_is_one_message_seen_again()
    {
        using var graph = new RecordedGraph()
            .On(Inbox, Page(End, Message("a")))
            .On("/mailFolders/sent-id/messages/delta",
                Page("users('7')/mailFolders('sent-id')/messages/delta?$deltatoken=x", Message("a")));
        var reading = await graph.ReadAsync();
        Assert.Equal(2, reading.Messages.Count);
        Assert.Single(reading.Messages.Select(message => message.Key).Distinct());
        Assert.Equal(2, reading.Messages.Select(message => message.Digest).Distinct().Count());
    }

    [Fact]
    public async Task Whatever_is_filed_or_flagged_is_another_sighting_and_a_repeat_is_not()
    {
        using var graph = new RecordedGraph().On(Inbox, Page(End, Message("a"), Message("a"),
            Message("a", more: ",\"flag\":{\"flagStatus\":\"complete\"}"), Message("a", more: ",\"categories\":[\"Done\"]")));
        var digests = (await graph.ReadAsync()).Messages.Select(message => message.Digest).ToList();
        Assert.Equal(digests[0], digests[1]);
        Assert.Equal(3, digests.Distinct().Count());
    }

    const string Filing = """
        {"value":[{"id":"inbox-id","parentFolderId":"root","displayName":"Inbox"},
          {"id":"sent-id","parentFolderId":"root","displayName":"Sent Items"},
          {"id":"sub-id","parentFolderId":"sent-id","displayName":"Old"},
          {"id":"done-id","parentFolderId":"team-id","displayName":"Done"},
          {"id":"team-id","parentFolderId":"inbox-id","displayName":"Team"}],
         "@odata.deltaLink":"https://graph.microsoft.com/v1.0/users('7')/mailFolders/delta?$deltatoken=1"}
        """;

    static RecordedGraph FilingCabinet()
    {
        var graph = new RecordedGraph().On("/mailFolders/delta", Filing)
            .On("/mailFolders/delta?$deltatoken=1", """
                {"value":[],"@odata.deltaLink":"https://graph.microsoft.com/v1.0/users('7')/mailFolders/delta?$deltatoken=1"}
                """);
        foreach (var id in (string[])["inbox-id", "sent-id", "sub-id", "done-id", "team-id"])
        {
            var end = $"users('7')/mailFolders('{id}')/messages/delta?$deltatoken=end";
            graph.On($"/mailFolders/{id}/messages/delta", Page(end, Message(id))).On($"('{id}')/messages/delta?$deltatoken=end", Page(end));
        }
        return graph;
    }

    [Fact]
    public async Task A_message_that_somebody_filed_says_in_which_folder_of_received_mail()
    {
        using var graph = FilingCabinet();
        var reading = await graph.ReadAsync();
        Assert.Null(reading.Mistake);
        Assert.Equal(
            ["done-id: Inbox/Team/Done", "inbox-id:", "sent-id:", "sub-id:", "team-id: Inbox/Team"],
            reading.Messages.Select(m => $"{m.MessageId.Split('@')[0]}: {string.Join(" and ", m.Filed)}".TrimEnd()).Order());
    }

    [Fact]
    public async Task Names_that_an_older_reading_did_not_keep_are_asked_for()
    {
        using var graph = FilingCabinet();
        var kept = (await graph.ReadAsync()).Bookmarks.ToDictionary(mark => mark.Key,
            mark => Regex.Replace(mark.Value, ",?\"(Name\":\"[^\"]*\"|IsInbox\":true)", ""));
        graph.On("('done-id')/messages/delta?$deltatoken=end",
            Page("users('7')/mailFolders('done-id')/messages/delta?$deltatoken=end", Message("later")));
        var again = await graph.ReadAsync(kept);
        Assert.Null(again.Mistake);
        Assert.Equal(["Inbox/Team/Done"], Assert.Single(again.Messages).Filed);
        Assert.Contains("\"Name\":\"Done\"", again.Bookmarks["done-id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_goes_with_the_bookmark_behind_it_and_reading_goes_on_there()
    {
        const string next = "users('7')/mailFolders('inbox-id')/messages/delta?$skiptoken=2";
        using var graph = new RecordedGraph()
            .On(Inbox, PageBefore(next, Message("a"))).On("skiptoken=2", 503, "");
        var broken = await graph.ReadAsync();
        Assert.Equal(["a@customer.example"], broken.Ids);
        Assert.Equal("unavailable", broken.Mistake!.Code);

        using var again = new RecordedGraph().On("skiptoken=2", Page(End, Message("b")));
        var resumed = await again.ReadAsync(broken.Bookmarks);
        Assert.Equal(["b@customer.example"], resumed.Ids);
        Assert.DoesNotContain(again.Asked, address => address.AbsoluteUri.Contains("inbox-id/messages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_round_that_finds_nothing_writes_nothing()
    {
        using var graph = new RecordedGraph().On(Inbox, Page(End, Message("a")));
        var first = await graph.ReadAsync();
        using var quiet = new RecordedGraph()
            .On("('inbox-id')/messages/delta?$deltatoken=end", Page("users('7')/mailFolders('inbox-id')/messages/delta?$deltatoken=later"));
        var second = await quiet.ReadAsync(first.Bookmarks);
        Assert.Empty(second.Pages);
        Assert.Equal(4, quiet.Asked.Count); // The token, the folders, and each of the two folders once.
    }

    [Fact]
    public async Task What_a_filtered_round_leaves_out_is_listed_afterwards()
    {
        var full = Enumerable.Range(0, 5000).Select(number => Message($"m{number}")).ToArray();
        using var graph = new RecordedGraph().On(Inbox, Page(End, full))
            .On("/messages?$select", """{"value":[],"@odata.nextLink":"https://graph.microsoft.com/v1.0/users('7')/messages?$skip=1"}""")
            .On("$skip=1", $$"""{"value":[{{Message("older")}}]}""");
        var reading = await graph.ReadAsync();
        Assert.Equal(5001, reading.Messages.Count);
        var list = Uri.UnescapeDataString(Assert.Single(
            graph.Asked, address => address.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal)
            && address.Query.Contains("select")).Query);
        Assert.Contains(
            "receivedDateTime ge 2026-01-01T00:00:00Z and receivedDateTime le 2026-03-03T09:14:31Z", list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(410, "SyncStateNotFound")]
    [InlineData(410, "resyncRequired")]
    [InlineData(400, "syncStateNotFound")]
    public async Task An_unknown_token_begins_the_folder_anew(int status, string code)
    {
        using var graph = new RecordedGraph().On(Inbox, Page(End, Message("a")));
        var first = await graph.ReadAsync();
        using var later = new RecordedGraph().On("('inbox-id')/messages/delta?$deltatoken=end", status, Refusal(code))
            .On(Inbox, Page(End, Message("a"), Message("b")));
        var second = await later.ReadAsync(first.Bookmarks);
        Assert.Null(second.Mistake);
        Assert.Equal(["a@customer.example", "b@customer.example"], second.Ids);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_forgotten_and_the_others_are_read()
    {
        using var graph = new RecordedGraph()
            .On("/mailFolders/sent-id/messages/delta", 404, Refusal("ErrorSyncFolderNotFound"))
            .On(Inbox, Page(End, Message("a")));
        var reading = await graph.ReadAsync();
        Assert.Equal(["a@customer.example"], reading.Ids);
        Assert.Equal(["folders", "inbox-id", "list"], reading.Bookmarks.Keys.Order());
    }

    [Fact]
    public async Task A_folder_that_the_list_removes_is_forgotten()
    {
        using var graph = new RecordedGraph();
        var first = await graph.ReadAsync();
        using var later = new RecordedGraph().On("/mailFolders/delta?$deltatoken=1",
            FolderRound("""{"id":"inbox-id","@removed":{"reason":"deleted"}}"""));
        Assert.Equal(["folders", "list", "sent-id"], (await later.ReadAsync(first.Bookmarks)).Bookmarks.Keys.Order());
    }

    [Fact]
    public async Task Of_a_link_only_path_and_query_are_followed()
    {
        using var graph = new RecordedGraph()
            .On(Inbox, """{"value":[],"@odata.nextLink":"https://graph.evil.example/v1.0/users('7')/x?$skiptoken=9"}""")
            .On("$skiptoken=9", Page(End, Message("a")));
        Assert.Equal(["a@customer.example"], (await graph.ReadAsync()).Ids);
        Assert.All(
            graph.Asked.Where(address => !address.AbsolutePath.Contains("oauth2")),
            address => Assert.Equal("graph.microsoft.com", address.Host));
    }

    [Fact]
    public async Task A_subfolder_is_of_the_kind_of_what_it_lies_in()
    {
        using var graph = new RecordedGraph()
            .On("/mailFolders/delta", $$"""
                {"value":[{"id":"sent-id","parentFolderId":"root"},{"id":"below","parentFolderId":"sent-id"},
                 {"id":"loop","parentFolderId":"loop"}],
                 "@odata.deltaLink":"{{Link("users('7')/mailFolders/delta?$deltatoken=1")}}"}
                """)
            .On("/mailFolders/below/messages/delta", Page("users('7')/mailFolders('below')/messages/delta?$deltatoken=1", Message("a")))
            .On("/mailFolders/loop/messages/delta", Page("users('7')/mailFolders('loop')/messages/delta?$deltatoken=1", Message("b")));
        Assert.Equal([Folder.SentItems, Folder.Received], (await graph.ReadAsync()).Messages.Select(message => message.Folder));
    }

    static string FolderRound(params string[] changes) =>
        $$"""{"value":[{{string.Join(',', changes)}}],"@odata.deltaLink":"{{Link("users('7')/mailFolders/delta?$deltatoken=1")}}"}""";
}

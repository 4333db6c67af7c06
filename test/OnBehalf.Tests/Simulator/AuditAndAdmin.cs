using System.Net;
using System.Text;
using System.Text.Json;
using OnBehalf.Simulator;

namespace OnBehalf.Tests.Simulator;

/// <summary>The activity feed, the audit query, the Exchange admin API, notifications and exports.</summary>
public sealed class AuditAndAdmin
{
    const string Manage = "https://manage.office.com/.default";

    static string Feed(Reader reader, string call) => $"api/v1.0/{reader.Tenant.TenantId}/activity/feed/{call}";

    static async Task<List<JsonElement>> ReadFeedAsync(Reader reader, int days)
    {
        await reader.PostAsync(Feed(reader, "subscriptions/start?contentType=Audit.Exchange"), "");
        var records = new List<JsonElement>();
        for (var day = days; day > 0; day--)
        {
            var (from, to) = (reader.Clock.GetUtcNow().AddDays(-day), reader.Clock.GetUtcNow().AddDays(1 - day));
            string? next = Feed(reader, "subscriptions/content?contentType=Audit.Exchange"
                + $"&startTime={from:yyyy-MM-ddTHH:mm:ss}&endTime={to:yyyy-MM-ddTHH:mm:ss}");
            while (next is not null)
            {
                var list = await reader.SendAsync(HttpMethod.Get, next);
                Assert.True(list.Status == 200, list.Body);
                foreach (var blob in list.Json.EnumerateArray())
                    records.AddRange((await reader.SendAsync(HttpMethod.Get, blob.Text("contentUri")!)).Json.EnumerateArray());
                next = list.Header("NextPageUri");
            }
        }
        return records;
    }

    [Fact]
    public async Task The_feed_delivers_every_send_that_became_available_and_some_twice()
    {
        await using var reader = await Reader.OpenAsync("send-as-with-audit", Quirks.All, scope: Manage);
        var week = reader.Clock.GetUtcNow().AddDays(-6);
        var records = await ReadFeedAsync(reader, 6);
        var ids = records.Select(record => record.Text("Id")).ToList();
        Assert.True(ids.Distinct().Count() < ids.Count);
        var expected = reader.Truth().Where(line => line.IsOf("message") && line.Text("auditAvailableAt") is not null
            && line.GetProperty("auditAvailableAt").GetDateTimeOffset() is var at && at >= week && at < reader.Clock.GetUtcNow()
            && line.Text("pressedBy") is not null && line.GetProperty("evidence").EnumerateArray().Any(piece =>
                piece.GetString() == "AuditSendAs"));
        var delivered = records.Where(record => record.Text("SendAsUserSmtp") is not null)
            .Select(record => record.GetProperty("Item").Text("InternetMessageId")).ToHashSet();
        Assert.All(expected, line => Assert.Contains(line.Text("messageId"), delivered));
    }

    [Fact]
    public async Task A_record_has_the_properties_of_the_reconstructed_one()
    {
        await using var reader = await Reader.OpenAsync("send-as-with-audit", scope: Manage);
        var example = JsonElement.Parse(File.ReadAllText(
            Support.RealData.Find("audit/records/reconstructed.SendAs.from-own-mailbox.json")));
        var record = (await ReadFeedAsync(reader, 2)).First(record => record.Text("Operation") == "SendAs"
            && record.GetProperty("LogonType").GetInt32() == 0);
        string[] optional = ["AppAccessContext", "ClientAppId", "TokenTenantId", "TokenType"];
        foreach (var property in example.EnumerateObject().Where(property => !optional.Contains(property.Name)))
        {
            Assert.True(record.TryGetProperty(property.Name, out var value), $"{property.Name} is missing");
            Assert.Equal(property.Value.ValueKind, value.ValueKind);
        }
    }

    [Theory]
    [InlineData("subscriptions/content?contentType=Audit.Exchange", "AF20022")]
    [InlineData("subscriptions/content?contentType=Nonsense", "AF20020")]
    [InlineData("subscriptions/content", "AF20001")]
    [InlineData("audit/nonsense", "AF20052")]
    public async Task The_feed_refuses_in_its_own_codes(string call, string code)
    {
        await using var reader = await Reader.OpenAsync(scope: Manage);
        Assert.Equal(code, (await reader.SendAsync(HttpMethod.Get, Feed(reader, call))).ErrorCode);
    }

    [Theory]
    [InlineData(-8, -7.5, "AF20030")]
    [InlineData(-3, -1, "AF20030")]
    public async Task The_feed_keeps_its_time_window(double from, double to, string code)
    {
        await using var reader = await Reader.OpenAsync(scope: Manage);
        await reader.PostAsync(Feed(reader, "subscriptions/start?contentType=Audit.Exchange"), "");
        var (start, end) = (reader.Clock.GetUtcNow().AddDays(from), reader.Clock.GetUtcNow().AddDays(to));
        var call = "subscriptions/content?contentType=Audit.Exchange"
            + $"&startTime={start:yyyy-MM-ddTHH:mm:ss}&endTime={end:yyyy-MM-ddTHH:mm:ss}";
        Assert.Equal(code, (await reader.SendAsync(HttpMethod.Get, Feed(reader, call))).ErrorCode);
    }

    [Fact]
    public async Task An_audit_query_ends_after_a_few_looks_and_gives_what_it_was_asked_for()
    {
        await using var reader = await Reader.OpenAsync("send-as-with-audit");
        var (from, to) = (reader.Clock.GetUtcNow().AddDays(-10), reader.Clock.GetUtcNow());
        var made = await reader.PostAsync("v1.0/security/auditLog/queries", $$"""
            {"displayName":"x","filterStartDateTime":"{{from:O}}","filterEndDateTime":"{{to:O}}",
             "recordTypeFilters":["exchangeItem"],"operationFilters":["SendAs"]}
            """);
        Assert.Equal((201, "notStarted"), (made.Status, made.Json.Text("status")));
        var path = "security/auditLog/queries/" + made.Json.Text("id");
        var seen = new List<string?>();
        for (var look = 0; look < 3; look++) seen.Add((await reader.GetAsync(path)).Json.Text("status"));
        Assert.Equal(["running", "succeeded", "succeeded"], seen);
        var (records, _) = await reader.ReadAllAsync(path + "/records?$top=50");
        Assert.True(records.Count > 50);
        Assert.All(records, record => Assert.Equal("SendAs", record.GetProperty("auditData").Text("Operation")));
        Assert.Equal(HttpStatusCode.NoContent, (HttpStatusCode)(await reader.SendAsync(HttpMethod.Delete, "v1.0/" + path)).Status);
    }

    [Fact]
    public async Task An_eleventh_audit_query_has_to_wait()
    {
        await using var reader = await Reader.OpenAsync();
        const string body = """{"filterStartDateTime":"2026-01-05T00:00:00Z","filterEndDateTime":"2026-01-06T00:00:00Z"}""";
        for (var count = 0; count < 10; count++) Assert.Equal(201, (await reader.PostAsync("v1.0/security/auditLog/queries", body)).Status);
        Assert.Equal(429, (await reader.PostAsync("v1.0/security/auditLog/queries", body)).Status);
    }

    [Fact]
    public async Task Without_unified_audit_every_source_says_so()
    {
        await using var reader = await Reader.OpenAsync("send-as-no-audit");
        Assert.Contains("AuditingDisabledTenant", (await reader.PostAsync("v1.0/security/auditLog/queries",
            "{}")).Body, StringComparison.Ordinal);
        await reader.SignInAsync(OnBehalf.Simulator.Identities.RegisteredApp.Default, Manage);
        Assert.Contains("does not exist", (await reader.PostAsync(Feed(reader,
            "subscriptions/start?contentType=Audit.Exchange"), "")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cmdlets_show_how_a_mailbox_is_set_up()
    {
        await using var reader = await Reader.OpenAsync("acme-support", scope: "https://outlook.office365.com/.default");
        async Task<List<JsonElement>> Run(string cmdlet, string parameters) => [.. (await reader.PostAsync(
            $"adminapi/beta/{reader.Tenant.TenantId}/InvokeCommand",
            $$$"""{"CmdletInput":{"CmdletName":"{{{cmdlet}}}","Parameters":{{{parameters}}}}}""")).Values];

        var mailboxes = await Run("Get-Mailbox", """{"RecipientTypeDetails":"SharedMailbox","ResultSize":"Unlimited"}""");
        Assert.Equal(6, mailboxes.Count);
        var jobs = mailboxes.Single(mailbox => mailbox.Text("Alias") == "jobs");
        Assert.False(jobs.Is("MessageCopyForSentAsEnabled") || jobs.Is("MessageCopyForSendOnBehalfEnabled"));
        Assert.NotEmpty(jobs.GetProperty("GrantSendOnBehalfTo").EnumerateArray());
        var access = await Run("Get-MailboxPermission", """{"Identity":"press"}""");
        Assert.Contains(access, row => row.Text("User")!.StartsWith("S-1-5-21", StringComparison.Ordinal));
        Assert.Contains(access, row => row.Text("User") == "NT AUTHORITY\\SELF");
        Assert.Single(await Run("Get-RecipientPermission", """{"Identity":"support"}"""));
        Assert.True((await Run("Get-RecipientPermission", """{"Identity":"sales"}""")).Count > 2);
        Assert.Single(await Run("Get-MailboxAuditBypassAssociation", "{}"), row => row.Is("AuditBypassEnabled"));
        var unknown = await reader.PostAsync($"adminapi/beta/{reader.Tenant.TenantId}/InvokeCommand",
            """{"CmdletInput":{"CmdletName":"Get-MailboxPermission","Parameters":{"Identity":"nobody"}}}""");
        Assert.Contains("ManagementObjectNotFoundException", unknown.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subscriber_is_validated_and_then_told_of_changes()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", before: 12);
        await using var receiver = await Receiver.OpenAsync();
        var made = await reader.PostAsync("v1.0/subscriptions", $$"""
            {"changeType":"created,updated,deleted","notificationUrl":"{{receiver.Address}}",
             "lifecycleNotificationUrl":"{{receiver.Address}}",
             "resource":"users/{{reader.Tenant.Mailboxes[0]}}/mailFolders('inbox')/messages","clientState":"secret",
             "expirationDateTime":"{{reader.Clock.GetUtcNow().AddDays(5):O}}"}
            """);
        Assert.True(made.Status == 201, made.Body);
        reader.Clock.Advance(TimeSpan.FromDays(2));
        var told = await reader.Tenant.NotifyAsync(TestContext.Current.CancellationToken);
        await reader.Tenant.TellLifecycleAsync("missed", TestContext.Current.CancellationToken);
        var notices = receiver.Bodies.SelectMany(body => JsonElement.Parse(body).GetProperty("value").EnumerateArray()).ToList();
        Assert.True(told > 0 && notices.Count == told + 1);
        Assert.All(notices, notice => Assert.Equal("secret", notice.Text("clientState")));
        Assert.Contains(notices, notice => notice.Text("changeType") == "created");
        Assert.Equal("missed", notices[^1].Text("lifecycleEvent"));
        receiver.Echoes = false;
        var refused = await reader.PostAsync("v1.0/subscriptions", $$"""
            {"changeType":"created","notificationUrl":"{{receiver.Address}}","resource":"users/{{reader.Tenant.Mailboxes[0]}}/messages",
             "expirationDateTime":"{{reader.Clock.GetUtcNow().AddDays(1):O}}"}
            """);
        Assert.Equal((400, "ValidationError"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Exports_hold_the_same_messages_and_records_as_the_wire()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", Quirks.All.With(Quirk.Throttling, 0));
        var mailbox = reader.Tenant.Mailboxes[0];
        using var mbox = new MemoryStream();
        reader.Tenant.WriteMbox(mbox, mailbox);
        var text = Encoding.UTF8.GetString(mbox.ToArray());
        var ids = text.Split('\n').Where(line => line.StartsWith("Message-ID: ", StringComparison.Ordinal)).Select(line => line[12..]);
        var (all, _) = await reader.ReadAllAsync($"users/{mailbox}/messages?$select=internetMessageId,isDraft&$top=999");
        Assert.Equal(all.Where(message => !message.Is("isDraft")).Select(message =>
            message.Text("internetMessageId")).Order(), ids.Order());
        using var csv = new MemoryStream();
        reader.Tenant.WriteAuditCsv(csv);
        using var lines = new MemoryStream();
        reader.Tenant.WriteAuditLines(lines);
        var rows = Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("\"PSComputerName\",\"RunspaceId\"", rows[0], StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(lines.ToArray()).Count(letter => letter == '\n'), rows.Length - 1);
    }
}

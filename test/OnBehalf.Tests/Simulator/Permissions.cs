using OnBehalf.Simulator;
using OnBehalf.Simulator.Graph;
using OnBehalf.Simulator.Identities;

namespace OnBehalf.Tests.Simulator;

/// <summary>Sign-in, permissions and throttling.</summary>
public sealed class Permissions
{
    static RegisteredApp With(params string[] roles) => RegisteredApp.Default with { Roles = roles };

    static string Mailbox(Reader reader) => $"users/{reader.Tenant.Mailboxes[0]}";

    [Fact]
    public async Task ReadBasic_sees_no_body_whatever_it_selects()
    {
        await using var reader = await Reader.OpenAsync();
        foreach (var select in (string[])["", "?$select=subject,body,bodyPreview,uniqueBody"])
            Assert.All((await reader.GetAsync(Mailbox(reader) + "/messages" + select)).Values, message =>
                Assert.All((string[])["body", "bodyPreview", "uniqueBody"], name => Assert.False(message.TryGetProperty(name, out _))));
    }

    [Theory]
    [InlineData("?$expand=singleValueExtendedProperties($filter=id%20eq%20'String%200x1042')")]
    [InlineData("?$expand=attachments")]
    [InlineData("?$search=%22x%22")]
    public async Task ReadBasic_may_not_expand_or_search(string query)
    {
        await using var reader = await Reader.OpenAsync();
        var refusal = await reader.GetAsync(Mailbox(reader) + "/messages" + query);
        Assert.Equal((403, "ErrorAccessDenied"), (refusal.Status, refusal.ErrorCode));
    }

    [Fact]
    public async Task Only_Mail_Read_gets_the_MIME_text()
    {
        await using var basic = await Reader.OpenAsync();
        var id = (await basic.GetAsync(Mailbox(basic) + "/messages?$top=1")).Values.First().Text("id");
        Assert.Equal(403, (await basic.GetAsync($"{Mailbox(basic)}/messages/{id}/$value")).Status);
        await using var full = await Reader.OpenAsync(app: With("Mail.Read"));
        Assert.Contains("Message-ID: <", (await full.GetAsync($"{Mailbox(full)}/messages/{id}/$value")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scoped_roles_reach_the_mailboxes_of_their_scope_and_show_in_no_token()
    {
        var app = With("User.Read.All") with { ScopedRoles = ["Mail.ReadBasic"], Scope = ["support@acme.example"] };
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", app: app);
        Assert.Equal(200, (await reader.GetAsync("users/support@acme.example/messages")).Status);
        Assert.Equal(403, (await reader.GetAsync("users/service@acme.example/messages")).Status);
    }

    [Fact]
    public async Task A_legacy_access_policy_takes_away_what_consent_gave()
    {
        var app = RegisteredApp.Default with { AccessPolicy = ["service@acme.example"] };
        await using var reader = await Reader.OpenAsync("send-on-behalf-only", app: app);
        var refusal = await reader.GetAsync("users/support@acme.example/messages");
        Assert.Equal(403, refusal.Status);
        Assert.Contains("[RAOP]", refusal.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await reader.GetAsync("users/service@acme.example/messages")).Status);
    }

    [Theory]
    [InlineData("users", "User.Read.All")]
    [InlineData("domains", "Domain.Read.All")]
    [InlineData("users/support@acme.example/mailboxSettings", "MailboxSettings.Read")]
    [InlineData("users/support@acme.example/mailFolders", "Mail.ReadBasic.All")]
    [InlineData("security/auditLog/queries", "AuditLogsQuery-Exchange.Read.All")]
    public async Task Each_address_asks_for_its_own_permission(string path, string role)
    {
        await using var without = await Reader.OpenAsync(app: With([.. RegisteredApp.Default.Roles.Where(held => held != role)]));
        Assert.Equal(403, (await without.GetAsync(path)).Status);
        await using var with = await Reader.OpenAsync(app: With(role));
        Assert.Equal(200, (await with.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_token_ends_with_its_life()
    {
        await using var reader = await Reader.OpenAsync(app: RegisteredApp.Default);
        reader.Clock.Advance(TimeSpan.FromMinutes(61));
        var refusal = await reader.GetAsync("users");
        Assert.Equal((401, "InvalidAuthenticationToken"), (refusal.Status, refusal.ErrorCode));
        Assert.Contains("expired", refusal.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Four_requests_of_one_mailbox_run_and_the_fifth_is_throttled_while_another_mailbox_is_not()
    {
        await using var reader = await Reader.OpenAsync("send-on-behalf-only");
        var busy = reader.Tenant.World.Company.Mailboxes[0].ObjectId;
        var running = Enumerable.Range(0, Throttle.MostConcurrent)
            .Select(_ => reader.Tenant.Throttle.Enter(RegisteredApp.Default.ClientId, busy)).ToList();
        var refusal = await reader.GetAsync(Mailbox(reader) + "/messages");
        Assert.Equal((429, "ApplicationThrottled", "1"), (refusal.Status, refusal.ErrorCode, refusal.Header("Retry-After")));
        Assert.Contains("MailboxConcurrency", refusal.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await reader.GetAsync("users/service@acme.example/messages")).Status);
        running[0].Dispose();
        Assert.Equal(200, (await reader.GetAsync(Mailbox(reader) + "/messages")).Status);
    }

    [Fact]
    public void Ten_thousand_requests_in_ten_minutes_are_the_limit_and_refused_ones_count()
    {
        var clock = new WorldClock(DateTimeOffset.UnixEpoch);
        var throttle = new Throttle(clock);
        for (var count = 0; count < Throttle.MostInWindow; count++) throttle.Enter("app", Guid.Empty).Dispose();
        clock.Advance(TimeSpan.FromMinutes(4));
        using (var refused = throttle.Enter("app", Guid.Empty))
            Assert.Equal(("MailboxRequests", TimeSpan.FromMinutes(6)), (refused.Refusal, refused.Wait));
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(throttle.Enter("app", Guid.Empty).Refusal);
    }

    [Fact]
    public async Task The_Retry_After_of_a_throttled_request_is_whole_fractional_or_missing()
    {
        await using var reader = await Reader.OpenAsync(quirks: Quirks.None.With(Quirk.Throttling, 1));
        var seen = new HashSet<string?>();
        for (var count = 0; count < 40; count++)
        {
            var refusal = await reader.GetAsync(Mailbox(reader) + "/messages");
            Assert.Equal(429, refusal.Status);
            seen.Add(refusal.Header("Retry-After"));
        }
        Assert.Equal([null, "1", "2.128"], seen.Order());
    }

    [Fact]
    public async Task A_gateway_answers_with_html_or_nothing()
    {
        await using var reader = await Reader.OpenAsync(quirks: Quirks.None.With(Quirk.GatewayErrors, 1));
        var answers = new List<Answer>();
        for (var count = 0; count < 40; count++) answers.Add(await reader.GetAsync(Mailbox(reader) + "/messages"));
        Assert.Equal([502, 503, 504], answers.Select(answer => answer.Status).Distinct().Order());
        Assert.Contains(answers, answer => answer.Body.Length == 0);
        Assert.Contains(answers, answer => answer.Body.StartsWith("<html", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_answers_each_request_and_refuses_more_than_twenty()
    {
        await using var reader = await Reader.OpenAsync();
        static string Batch(int count, string path) => $$"""{"requests":[{{string.Join(',', Enumerable.Range(1, count)
            .Select(id => $$"""{"id":"{{id}}","method":"GET","url":"{{path}}"}"""))}}]}""";

        var answer = await reader.PostAsync("v1.0/$batch", Batch(20, "/users/support@acme.example/mailboxSettings/userPurpose"));
        var responses = answer.Json.GetProperty("responses").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 20).Select(id => $"{id}").Order(), responses.Select(one => one.Text("id")).Order());
        Assert.All(responses, one => Assert.Equal("shared", one.GetProperty("body").Text("value")));
        Assert.Equal(400, (await reader.PostAsync("v1.0/$batch", Batch(21, "/domains"))).Status);
    }
}

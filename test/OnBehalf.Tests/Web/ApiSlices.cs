using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>
/// The API on a served store. Cases: the same bytes as the command line; rows by
/// page and as a stream; entity tags; what is wrong is named; headers; compression.
/// </summary>
public class ApiSlices(Site site) : IClassFixture<Site>
{
    const string Question = "metrics=response_time,received,still_waiting,coverage,backlog&range=all&clock=mailbox";

    public static TheoryData<string, string> Forms => new()
    {
        { "", "json" }, { "", "csv" }, { "", "jsonl" },
        { "&dimensions=agent", "json" }, { "&dimensions=day,mailbox", "csv" }, { "&granularity=week", "jsonl" },
        { "&requester_domain=customer.example&filter=kind+=+Human+and+not+direction+=+Outbound", "json" },
        { "&compare=previous", "json" }, { "&as-of=2026-01-12&zone=Pacific/Chatham", "json" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_command_line_and_the_API_answer_the_same_to_the_byte(string more, string form)
    {
        var options = (Question + more).Split('&').SelectMany(text => text.Split('=', 2) is [var name, var value]
            ? new[] { "--" + name, Uri.UnescapeDataString(value.Replace('+', ' ')) } : []);

        var said = await site.Shell.DoAsync(["query", .. options, "--format", form]);

        Assert.Equal(said.Out, await site.TextAsync($"/api/v1/metrics?{Question}{more}&format={form}"));
    }

    [Fact]
    public async Task Rows_come_page_by_page_and_all_of_them_as_a_stream()
    {
        const string url = "/api/v1/rows?metrics=received&range=all";
        var paged = new List<string?>();
        for (var next = ""; next is not null;)
        {
            Assert.True(paged.Count < 10, "The pages do not end.");
            using var page = JsonDocument.Parse(await site.TextAsync($"{url}&take=1{next}"));
            var row = Assert.Single(page.RootElement.GetProperty("rows").EnumerateArray());
            paged.Add(row.GetProperty("message_id").GetString());
            next = page.RootElement.GetProperty("next").GetString() is { } token ? $"&after={token}" : null;
        }

        var stream = (await site.TextAsync($"{url}&format=jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, paged.Count);
        Assert.Equal(paged, stream.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message_id").GetString()));
    }

    [Fact]
    public async Task Every_figure_of_a_group_has_as_many_rows_as_it_says()
    {
        foreach (var metric in new[] { "received", "response_time", "backlog", "still_waiting" })
        {
            using var answer = JsonDocument.Parse(await site.TextAsync($"/api/v1/metrics?metrics={metric}&dimensions=requester&range=all"));
            foreach (var row in answer.RootElement.GetProperty("rows").EnumerateArray())
            {
                var key = row.GetProperty("keys").GetProperty("requester").GetString() ?? "(none)";
                var count = row.GetProperty("figures").GetProperty(metric).GetProperty("count").GetInt64();
                using var behind = JsonDocument.Parse(
                    await site.TextAsync($"/api/v1/rows?metrics={metric}&dimensions=requester&range=all&key={key}"));
                Assert.Equal(count, behind.RootElement.GetProperty("rows").GetArrayLength());
            }
        }
    }

    [Fact]
    public async Task Cycles_that_had_replies_later_are_left_out_of_handoffs_and_told()
    {
        var text = await site.TextAsync("/api/v1/metrics?metrics=handoffs&range=all&as-of=2026-01-10T00:00:00Z");

        Assert.Contains("\"unfinished_cycles\":1", text, StringComparison.Ordinal);
        Assert.Contains("\"handoffs\":{\"value\":0,\"count\":0", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/rows?metrics=received&take=0", 400, "take")]
    [InlineData("/api/v1/rows?metrics=received&take=10001", 400, "take")]
    [InlineData("/api/v1/rows?metrics=received&after=nonsense", 400, "after")]
    [InlineData("/api/v1/rows?metrics=received&key=x", 400, "key")]
    [InlineData("/api/v1/conversations?take=x", 400, "take")]
    [InlineData("/api/v1/conversations?filter=nonsense", 400, "filter")]
    [InlineData("/api/v1/conversations/c1?zone=UTC", 400, "zone")]
    [InlineData("/api/v1/conversations/c999999", 404, null)]
    [InlineData("/api/v1/conversations/nonsense", 404, null)]
    [InlineData("/api/v1/nonsense", 404, null)]
    public async Task What_is_wrong_elsewhere_is_a_problem_too(string url, int status, string? field)
    {
        using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(field, problem.RootElement.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task Conversations_come_page_by_page_and_one_says_why()
    {
        using var all = JsonDocument.Parse(await site.TextAsync("/api/v1/conversations?range=all&clock=mailbox"));
        var list = all.RootElement.GetProperty("conversations").EnumerateArray().ToList();
        Assert.Equal(["carl@customer.example", "dora@customer.example", "emil@customer.example"],
            list.Select(conversation => conversation.GetProperty("requester").GetString()));
        Assert.Equal((2700, 2, false), (list[0].GetProperty("first_response_seconds").GetInt32(),
            list[0].GetProperty("messages").GetInt32(), list[0].GetProperty("still_waiting").GetBoolean()));
        Assert.True(list[2].GetProperty("still_waiting").GetBoolean());

        using var first = JsonDocument.Parse(await site.TextAsync("/api/v1/conversations?range=all&take=2"));
        var token = first.RootElement.GetProperty("next").GetString();
        using var rest = JsonDocument.Parse(await site.TextAsync($"/api/v1/conversations?range=all&take=2&after={token}"));
        Assert.Equal("emil@customer.example", Assert.Single(rest.RootElement.GetProperty("conversations").EnumerateArray())
            .GetProperty("requester").GetString());
        Assert.Equal(JsonValueKind.Null, rest.RootElement.GetProperty("next").ValueKind);

        var url = $"/api/v1/conversations/{list[1].GetProperty("conversation").GetString()}";
        using var one = JsonDocument.Parse(await site.TextAsync(url));
        var reply = one.RootElement.GetProperty("messages")[1];
        Assert.Equal((Desk.Anna, "Known", "AuditSendAs"), (reply.GetProperty("author").GetString(),
            reply.GetProperty("attribution").GetProperty("state").GetString(),
            reply.GetProperty("attribution").GetProperty("evidence").GetString()));
        var wait = Assert.Single(one.RootElement.GetProperty("waits").EnumerateArray());
        Assert.Equal((3600, Desk.SendAsId), (wait.GetProperty("waited_seconds").GetProperty("calendar").GetInt32(),
            wait.GetProperty("answered_by").GetString()));
    }

    [Theory]
    [InlineData("/api/v1/conversations?range=all")]
    [InlineData("/api/v1/conversations/c1")]
    public async Task Conversations_have_a_tag(string url)
    {
        using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);

        Assert.Equal(HttpStatusCode.NotModified, (await site.Client.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_same_question_has_the_same_tag_and_another_has_another()
    {
        var token = TestContext.Current.CancellationToken;
        using var first = await site.Client.GetAsync(new Uri($"/api/v1/metrics?{Question}", UriKind.Relative), token);
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/metrics?{Question}", UriKind.Relative));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var other = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api/v1/metrics?{Question}&agent=x", UriKind.Relative));
        other.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        Assert.Equal(HttpStatusCode.NotModified, (await site.Client.SendAsync(again, token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await site.Client.SendAsync(other, token)).StatusCode);
    }

    [Theory]
    [InlineData("metrics=nonsense", "metrics")]
    [InlineData("", "metrics")]
    [InlineData("metrics=received&dimensions=nonsense", "dimensions")]
    [InlineData("metrics=received&from=yesterday", "from")]
    [InlineData("metrics=received&from=2026-02-01&to=2026-01-01", "to")]
    [InlineData("metrics=received&range=30d&from=2026-01-01", "range")]
    [InlineData("metrics=received&zone=Mars/Olympus", "zone")]
    [InlineData("metrics=received&clock=sun", "clock")]
    [InlineData("metrics=received&filter=kind+=", "filter")]
    [InlineData("metrics=received&nonsense=1", "nonsense")]
    [InlineData("metrics=received&format=xml", "format")]
    [InlineData("metrics=received&as-of=1", "as-of")]
    [InlineData("metrics=backlog&dimensions=weekday", "dimensions")]
    [InlineData("metrics=received&granularity=hour&from=1970-01-01&to=2100-01-01", "granularity")]
    public async Task What_is_wrong_is_named_by_its_field(string question, string field)
    {
        using var answer = await site.Client.GetAsync(
            new Uri($"/api/v1/metrics?{question}", UriKind.Relative), TestContext.Current.CancellationToken);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(field, problem.RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Ten_thousand_questions_of_nonsense_are_answered_or_refused_by_a_field()
    {
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<HttpStatusCode, int>();
        await Parallel.ForAsync(0, 10_000, TestContext.Current.CancellationToken, async (seed, token) =>
        {
            var texts = Engine.Queries.QueryTextLaws.Nonsense(new Random(seed))
                .Append(new("metrics", seed % 2 == 0 ? "received" : "response_time"))
                .Select(text => $"{Escape(text.Key)}={Escape(text.Value)}");
            using var answer = await site.Client.GetAsync(new Uri($"/api/v1/metrics?{string.Join('&', texts)}", UriKind.Relative), token);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, n) => n + 1);
            if (answer.StatusCode == HttpStatusCode.OK) return;
            var text = await answer.Content.ReadAsStringAsync(token);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"seed {seed}: {answer.StatusCode} {text}");
            Assert.True(text.Contains("\"field\":", StringComparison.Ordinal), $"seed {seed}: {text}");
        });
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.BadRequest], statuses.Keys.Order());
    }

    static string Escape(string text) => Uri.EscapeDataString(text.Replace('\ud800', '\ufffd'));

    [Theory]
    [InlineData("br", "/")]
    [InlineData("gzip", "/")]
    [InlineData("br", "/api/v1/metrics?metrics=received")]
    [InlineData("gzip", "/api/v1/metrics?metrics=received&format=csv")]
    [InlineData("br", "/api/v1/rows?metrics=received&format=jsonl")]
    [InlineData("gzip", "/api/v1/conversations")]
    [InlineData("br", "/openapi/v1.json")]
    public async Task Answers_are_compressed_and_load_nothing_from_elsewhere(string encoding, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));

        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_s_name_for_this_machine_is_not_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.Host = "evil.example";

        using var answer = await site.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OnBehalf.Tests.Web;

/// <summary>
/// The screens on a served store. Cases: each is there and keeps to the policy; figures are those of the API; links keep
/// the question; what is wrong is said on a page; a change of settings is previewed, accepted and seen; another's is refused.
/// </summary>
public partial class ScreenSlices(Site site) : IClassFixture<Site>
{
    public static TheoryData<string> Screens =>
    [
        "/", "/waiting", "/agents", "/agents/anna@acme.example", "/mailboxes", "/mailboxes/support@acme.example", "/coverage",
        "/setup", "/settings", "/rows?metrics=received&range=all", "/figure?metrics=response_time&range=all", "/conversations/c1",
    ];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Each_screen_is_there_small_and_without_a_style_or_script_of_its_own(string url)
    {
        var html = await site.TextAsync(url);

        Assert.DoesNotMatch(@"<[^>]*\sstyle=|<style|<script(?![^>]*src=)|\son\w+=", html);
        Assert.DoesNotMatch(@"(?:src|href|action)=""(?:https?:)?//", html);
        Assert.Contains("<main", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<h1"));
    }

    [Fact]
    public async Task Figures_on_the_screen_are_those_of_the_API()
    {
        using var answer = JsonDocument.Parse(await site.TextAsync(
            "/api/v1/metrics?metrics=received,answered_rate,still_waiting,first_response_time,coverage&range=30d&clock=mailbox"));
        double Api(string metric) =>
            answer.RootElement.GetProperty("totals").GetProperty(metric).GetProperty("value").GetDouble();
        var html = await site.TextAsync("/");

        Assert.Equal(Pages.Shown.Count(Api("received")), Tile(html, "Received"));
        Assert.Equal(Pages.Shown.Share(Api("answered_rate")), Tile(html, "Answered"));
        Assert.Equal(Pages.Shown.Count(Api("still_waiting")), Tile(html, "Still waiting"));
        Assert.Equal(Pages.Shown.Duration(Api("first_response_time")), Tile(html, "First response"));
        Assert.Equal(Pages.Shown.Share(Api("coverage")), Tile(html, "Coverage"));
    }

    [Fact]
    public async Task A_figure_leads_to_as_many_rows_and_a_row_to_its_conversation()
    {
        var html = await site.TextAsync("/");
        var rows = await site.TextAsync(Link(html, "Received"));
        var conversations = ConversationLink().Matches(rows);

        Assert.Equal(int.Parse(Tile(html, "Received"), CultureInfo.InvariantCulture), conversations.Count);
        Assert.Contains("Order 17", await site.TextAsync(conversations[0].Groups[1].Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_answered_is_in_the_table_by_the_number_of_responses()
    {
        var html = await site.TextAsync("/agents");

        Assert.Matches(@"anna@acme\.example.*?<td class=""num few""[^>]*><a[^>]*>2</a>", html.Replace("\n", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/?range=nonsense", HttpStatusCode.BadRequest, "range: ")]
    [InlineData("/agents?sort=nonsense", HttpStatusCode.BadRequest, "sort: ")]
    [InlineData("/mailboxes/nobody@acme.example", HttpStatusCode.NotFound, "nobody@acme.example")]
    [InlineData("/conversations/c999999", HttpStatusCode.NotFound, "c999999")]
    [InlineData("/rows", HttpStatusCode.BadRequest, "metrics: ")]
    [InlineData("/mailboxes/support@acme.example?at=nonsense", HttpStatusCode.BadRequest, "at: ")]
    public async Task What_is_wrong_is_said_on_a_page(string url, HttpStatusCode status, string sentence)
    {
        using var answer = await site.Client.GetAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(sentence, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_says_how_to_ask_for_it_again()
    {
        var html = await site.TextAsync("/figure?metrics=response_time&range=all&mailbox=support@acme.example");
        var typed = Regex.Matches(html, "<pre>(.*?)</pre>", RegexOptions.Singleline)
            .Select(pre => WebUtility.HtmlDecode(Regex.Replace(pre.Groups[1].Value, "<[^>]*>", ""))).ToList();

        Assert.Contains("\"response_time\"", await site.TextAsync(typed[0]), StringComparison.Ordinal);
        Assert.Matches(@"^onbehalf query --metrics response_time --from \S+ --to .* --mailbox support@acme\.example", typed[1]);
    }

    [Fact]
    public async Task A_post_without_our_token_is_refused()
    {
        using var form = new FormUrlEncodedContent([new("domains", "evil.example")]);

        using var answer = await site.Client.PostAsync(
            new Uri("/settings/preview/internal", UriKind.Relative), form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    static string Tile(string html, string label) => TileOf(html, label).Groups[2].Value;

    static string Link(string html, string label) => WebUtility.HtmlDecode(TileOf(html, label).Groups[1].Value);

    static Match TileOf(string html, string label) => Regex.Match(
        html, $@"<dt>{Regex.Escape(label)} .*?<a class=""value[^""]*"" href=""([^""]*)"">([^<]*)</a>", RegexOptions.Singleline);

    [GeneratedRegex(@"href=""(/conversations/c\d+)""")]
    private static partial Regex ConversationLink();
}

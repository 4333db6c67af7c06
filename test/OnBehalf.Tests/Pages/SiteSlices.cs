using System.Net;
using System.Text.RegularExpressions;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Pages;

/// <summary>
/// The site over HTTP: every screen is there and small and asks nothing of strangers; the API says what the command line
/// says; a wrong question is told what is wrong with it; settings change only when they are meant to.
/// </summary>
public sealed partial class SiteSlices(SomeSite site) : IClassFixture<SomeSite>
{
    /// <summary>A page, script and style included, may have so many bytes compressed.</summary>
    const int PageLimit = 50 * 1024;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_screen_is_there_in_one_language_with_one_heading()
    {
        foreach (var screen in site.Screens)
        {
            using var answer = await site.Client.GetAsync(screen, Cancel);
            var html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{screen}: {answer.StatusCode} {html}");
            Assert.Single(Heading().Matches(html));
            Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_screen_asks_anything_of_another_host()
    {
        foreach (var screen in site.Screens)
        {
            var html = await site.Client.GetStringAsync(screen, Cancel);
            Assert.Empty(Elsewhere().Matches(html).Select(match => $"{screen}: {match.Value}"));
        }
    }

    [Fact]
    public async Task A_page_with_its_style_and_script_is_small()
    {
        var html = await site.Client.GetStringAsync("/", Cancel);
        var shared = 0L;
        foreach (Match file in Files().Matches(html)) shared += await CompressedAsync(file.Groups[1].Value);
        Assert.NotEqual(0, shared);
        foreach (var screen in site.Screens)
        {
            var size = shared + await CompressedAsync(screen);
            Assert.True(size < PageLimit, $"{screen}: {size} bytes");
        }
    }

    [Theory]
    [InlineData("csv", "metrics=response_time,workload_share&dimensions=agent&range=90d")]
    [InlineData("json", "metrics=first_response_time,coverage&dimensions=mailbox,week&range=90d&clock=mailbox")]
    [InlineData("jsonl", "metrics=received,sent&dimensions=hour_of_week&range=90d&kind=Human")]
    [InlineData("csv", "metrics=unattributed&dimensions=reason&range=all")]
    public async Task The_command_line_and_the_api_answer_the_same_to_the_byte(string format, string question)
    {
        var byApi = await site.Client.GetStringAsync($"/api/v1/metrics?{question}&format={format}", Cancel);
        var options = question.Split('&').Select(part => part.Split('=')).SelectMany(pair => new[] { $"--{pair[0]}", pair[1] });
        var byCommand = await Shell.SayAsync(site.Clock, ["query", "--store", site.Path, "--format", format, .. options]);
        Assert.Equal(byCommand, byApi);
        Assert.NotEqual("", byApi);
    }

    [Fact]
    public async Task A_wrong_question_names_its_field()
    {
        foreach (var (question, field) in new[]
        {
            ("metrics=nothing", "metrics"), ("metrics=sent&range=soon", "range"), ("metrics=sent&clock=wall", "clock"),
            ("metrics=sent&zone=Moon/Base", "zone"), ("metrics=sent&dimensions=colour", "dimensions"),
            ("metrics=sent&nonsense=1", "nonsense"), ("metrics=sent&filter=(((", "filter"),
        })
        {
            using var answer = await site.Client.GetAsync($"/api/v1/metrics?{question}", Cancel);
            var problem = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains($"\"field\":\"{field}\"", problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ten_thousand_strange_questions_are_answered_or_refused_by_name()
    {
        var view = StoreView.Read(site.Path, site.Clock);
        var random = new Random(7);
        string[] names = [.. QueryText.Names.Select(name => name.Name), .. DimensionRegistry.All.Select(d => d.Name), "x"];
        string[] texts =
        [
            "sent", "response_time,coverage", "agent", "30d", "2026-01-05", "2026-13-45", "Europe/Prague", "mailbox", "previous", "-1",
            "(none)", "agent = 'x' and not (kind = Human or", "9999-12-31T23:59:59Z", "%00", "é", "1e309", "", "hour", "all", "Human",
        ];
        for (var i = 0; i < 10_000; i++)
        {
            var question = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new KeyValuePair<string, string>(
                names[random.Next(names.Length)],
                texts[random.Next(texts.Length)] + (random.Next(9) == 0 ? new string('a', random.Next(300)) : "")))
                .Append(new("metrics", "sent")).ToList();
            try
            {
                view.Answer(QueryText.Parse(question, view.Defaults(site.Clock)), Cancel);
            }
            catch (Mistake mistake)
            {
                var isNamed = mistake.Code == "invalid" && Api.Problems.FieldOf(mistake) is not null;
                Assert.True(isNamed, $"{QueryText.ToUrl(question)}: {mistake.Message}");
            }
        }
    }

    [Fact]
    public async Task A_preview_shows_figures_and_changes_nothing()
    {
        using var form = new HttpRequestMessage(HttpMethod.Post, "/settings");
        using var first = await site.Client.GetAsync("/settings", Cancel);
        var html = await first.Content.ReadAsStringAsync(Cancel);
        // The client keeps the cookie that belongs to the token.
        form.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(html).Groups[1].Value, ["version"] = "1", ["wish"] = "preview",
            ["zone"] = "Europe/Prague", ["mon"] = "08:00-17:00", ["flag"] = "on",
        });
        using var answer = await site.Client.SendAsync(form, Cancel);
        var preview = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("What this would change", preview, StringComparison.Ordinal);
        Assert.Contains("Response time", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"08:00-17:00\"", await site.Client.GetStringAsync("/settings", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["wish"] = "save", ["mon"] = "08:00-17:00" });
        using var answer = await site.Client.PostAsync("/settings", content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    async Task<long> CompressedAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.ParseAdd("br");
        using var answer = await site.Client.SendAsync(request, Cancel);
        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        return (await answer.Content.ReadAsByteArrayAsync(Cancel)).LongLength;
    }

    [GeneratedRegex("<h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("(?:src|href|action)=\"(?:https?:)?//[^\"]*")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("(?:src|href)=\"(/files/[^\"]+)\"")]
    private static partial Regex Files();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

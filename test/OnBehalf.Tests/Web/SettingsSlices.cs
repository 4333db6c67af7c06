using System.Net;
using System.Text.RegularExpressions;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>A change of the settings in the browser: previewed, accepted, in force; and one that somebody else was faster with.</summary>
public class SettingsSlices
{
    [Fact]
    public async Task A_change_is_previewed_accepted_and_then_in_force_and_an_older_preview_is_refused()
    {
        await using var site = new Site();
        await site.InitializeAsync();
        const string figure = "/api/v1/metrics?metrics=first_response_time&range=all&clock=mailbox"
            + "&requester=carl@customer.example&format=csv";
        var before = await site.TextAsync(figure);

        var preview = await PostAsync(site, "/settings/preview/hours", await site.TextAsync("/settings"), HttpStatusCode.OK,
            [new("Mon", "08:00-17:00"), new("Fri", "08:00-17:00"), new("zone", "UTC"), new("holidays", "")]);
        Assert.Equal(before, await site.TextAsync(figure));
        await PostAsync(site, "/settings/accept", preview, HttpStatusCode.Redirect,
            [new("version", Hidden(preview, "version")), new("settings", Hidden(preview, "settings"))]);

        // Friday 16:30 to Monday 9:15 is an hour longer when Monday opens at eight.
        Assert.Contains("\r\n2700,1,", before, StringComparison.Ordinal);
        Assert.Contains("\r\n6300,1,", await site.TextAsync(figure), StringComparison.Ordinal);
        var late = await PostAsync(site, "/settings/accept", preview, HttpStatusCode.Conflict,
            [new("version", Hidden(preview, "version")), new("settings", Hidden(preview, "settings"))]);
        Assert.Contains("Somebody was faster", late, StringComparison.Ordinal);
        var exported = await site.Shell.RunAsync("settings", "export");
        Assert.Contains("08:00-17:00", exported.Out, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> Parts => new()
    {
        { "sla", "name=Standard&first=120&next=&domain=&category=Billing&importance=High&mailboxes=",
            """
            "firstMinutes": 120,
                  "mailboxes": [],
                  "category": "Billing",
                  "importance": "high"
            """ },
        { "teams", "teams=First+line:+anna@acme.example,+ben@acme.example\nSecond+line:+cleo@acme.example",
            """
            "name": "First line",
                  "agents": [
                    "anna@acme.example",
                    "ben@acme.example"
                  ]
            """ },
        { "mailbox-hours", "mailbox=support@acme.example&whose=ignored&silence=7&starts=last",
            """
            "silenceDays": 7,
                  "clockStart": "last",
                  "hours": "ignored"
            """ },
        { "internal", "domains=subsidiary.example", "\"subsidiary.example\"" },
        { "exclusions", "addresses=&domains=robots.example&words=alert", "\"alert\"" },
        { "closing", "categories=Done&copy-only=on", "\"carbonCopyOnly\": true" },
        { "closing", "folders=Inbox/Done&copy-only=on", "\"Inbox/Done\"" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Each_form_leads_to_a_preview_of_what_it_says(string part, string form, string expected)
    {
        await using var site = new Site();
        await site.InitializeAsync();
        var texts = form.Split('&').Select(text => text.Split('=', 2))
            .Select(text => new KeyValuePair<string, string>(text[0], text[1].Replace('+', ' '))).ToList();

        var preview = await PostAsync(site, $"/settings/preview/{part}", await site.TextAsync("/settings"), HttpStatusCode.OK, texts);

        Assert.Contains(expected.ReplaceLineEndings("\n"), Hidden(preview, "settings").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("Is this what you want?", preview, StringComparison.Ordinal);
    }

    static async Task<string> PostAsync(
        Site site, string url, string page, HttpStatusCode expected, List<KeyValuePair<string, string>> texts)
    {
        texts.Add(new("__RequestVerificationToken", Hidden(page, "__RequestVerificationToken")));
        using var form = new FormUrlEncodedContent(texts);
        using var answer = await site.Client.PostAsync(new Uri(url, UriKind.Relative), form, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{url}: {answer.StatusCode} {text}");
        return text;
    }

    static string Hidden(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]*)\"").Groups[1].Value);
}

using System.Globalization;
using static OnBehalf.Tests.Sources.Graph.RecordedGraph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>The list that looks once a day for what delta missed.</summary>
public sealed class ListTests
{
    const string List = $"users/{Mailbox}/messages?";

    static readonly TimeSpan Day = TimeSpan.FromHours(24);

    static int Lists(RecordedGraph graph) =>
        graph.Asked.Count(address => address.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal));

    static string Missed(string id, string received = "2026-03-02T09:14:31Z", string folder = "inbox-id") => $$$"""
        {"id":"AAkALg{{{id}}}","internetMessageId":"<{{{id}}}@customer.example>","receivedDateTime":"{{{received}}}",
         "parentFolderId":"{{{folder}}}","from":{"emailAddress":{"address":"carl@customer.example"} } }
        """;

    static string ListPage(string? next, params string[] messages) => next is null
        ? $$"""{"value":[{{string.Join(',', messages)}}]}""" : PageBefore(next, messages);

    /// <summary>A mailbox that was read, and a clock that stands a day later.</summary>
    static async Task<(IReadOnlyDictionary<string, string> Kept, ImpatientClock Clock)> YesterdayAsync()
    {
        using var graph = new RecordedGraph();
        var clock = new ImpatientClock();
        var kept = (await graph.ReadAsync(time: clock)).Bookmarks;
        clock.Advance(Day);
        return (kept, clock);
    }

    [Fact]
    public async Task An_idle_mailbox_costs_one_list_a_day()
    {
        using var graph = new RecordedGraph();
        var clock = new ImpatientClock();
        IReadOnlyDictionary<string, string> kept = (await graph.ReadAsync(time: clock)).Bookmarks;
        var pages = 0;
        for (var round = 0; round < 3 * 48; round++)
        {
            clock.Advance(TimeSpan.FromMinutes(30));
            var reading = await graph.ReadAsync(kept, clock);
            Assert.Null(reading.Mistake);
            pages += reading.Pages.Count;
            kept = reading.Bookmarks;
        }
        Assert.Equal(3, Lists(graph));
        Assert.Equal(3, pages); // Nothing is written in between.
    }

    [Fact]
    public async Task A_token_of_a_round_that_found_nothing_is_kept_once_a_day()
    {
        using var graph = new RecordedGraph();
        var clock = new ImpatientClock();
        var first = await graph.ReadAsync(time: clock);
        graph.On(End["users('7')/mailFolders".Length..], Page(End + "-younger"));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty((await graph.ReadAsync(Copy(first), clock)).Pages);
        clock.Advance(Day);
        Assert.Contains("younger", (await graph.ReadAsync(Copy(first), clock)).Bookmarks["inbox-id"]);
    }

    [Fact]
    public async Task What_delta_missed_is_read_from_folders_that_are_read()
    {
        var (kept, clock) = await YesterdayAsync();
        using var graph = new RecordedGraph().On(List, ListPage(null, Missed("a"), Missed("b", folder: "junk-id")));
        var reading = await graph.ReadAsync(kept, clock);
        Assert.Equal(["a@customer.example"], reading.Ids);
        var asked = Uri.UnescapeDataString(graph.Asked.Single(address => address.AbsolutePath.EndsWith("/messages")).Query);
        Assert.Contains("parentFolderId", asked);
        Assert.Contains("internetMessageHeaders", asked);
        Assert.DoesNotContain("ody", asked); // Neither body nor bodyPreview, nor uniqueBody.
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 4)]
    public async Task It_ends_a_day_behind_the_last_one_and_goes_on_only_while_it_finds_something(bool isNew, int lists)
    {
        var (kept, clock) = await YesterdayAsync();
        using var graph = new RecordedGraph()
            .On(List, ListPage(Skip(1), Missed("a", "2026-03-03T09:00:00Z")))
            .On("skip=1", ListPage(Skip(2), Missed("b", "2026-03-01T09:00:00Z")))
            .On("skip=2", ListPage(Skip(3), Missed("c", "2026-02-20T09:00:00Z")))
            .On("skip=3", ListPage(null, Missed("d", "2026-02-10T09:00:00Z")));
        Assert.Null((await graph.ReadAsync(kept, clock, isNew: isNew)).Mistake);
        Assert.Equal(lists, Lists(graph));
        Assert.Contains(graph.Asked, address => Uri.UnescapeDataString(address.Query).Contains(
            "receivedDateTime ge 2026-02-01T10:00:00Z", StringComparison.Ordinal)); // Thirty days at most.
    }

    [Fact]
    public async Task One_that_broke_off_goes_on_and_one_whose_link_is_forgotten_begins_anew()
    {
        var (kept, clock) = await YesterdayAsync();
        using var graph = new RecordedGraph()
            .On(List, ListPage(Skip(1), Missed("a", "2026-03-03T09:00:00Z"))).On("skip=1", 403, Refusal("ErrorAccessDenied"));
        var broken = await graph.ReadAsync(kept, clock);
        Assert.NotNull(broken.Mistake);

        clock.Advance(TimeSpan.FromMinutes(5));
        using var later = new RecordedGraph().On("skip=1", ListPage(null, Missed("b", "2026-03-02T09:00:00Z")));
        Assert.Equal(["b@customer.example"], (await later.ReadAsync(Copy(broken), clock)).Ids);

        using var forgetful = new RecordedGraph()
            .On(List, ListPage(null, Missed("c", "2026-03-02T09:00:00Z"))).On("skip=1", 400, Refusal("BadRequest"));
        var anew = await forgetful.ReadAsync(Copy(broken), clock);
        Assert.Null(anew.Mistake);
        Assert.Equal(["c@customer.example"], anew.Ids);
        Assert.DoesNotContain("Link", anew.Bookmarks["list"]);
    }

    [Fact]
    public async Task A_next_link_that_leads_to_itself_ends()
    {
        var (kept, clock) = await YesterdayAsync();
        using var graph = new RecordedGraph().On(List, ListPage(Skip(1))).On("skip=1", ListPage(Skip(1)));
        Assert.Contains("do not come to an end", (await graph.ReadAsync(kept, clock)).Mistake?.Message);
    }

    static Dictionary<string, string> Copy(Reading reading) => new(reading.Bookmarks);

    static string Skip(int page) => string.Create(CultureInfo.InvariantCulture, $"users/{Mailbox}/messages?$skip={page}");
}

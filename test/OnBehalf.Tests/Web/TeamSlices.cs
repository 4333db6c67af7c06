using OnBehalf.Cli;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>
/// Teams: said on the command line, previewed by their own figures, kept without computing anything anew, and asked about as a
/// dimension and as a filter. Nobody is in two, and a name that is not there is said.
/// </summary>
public sealed class TeamSlices
{
    const string Ben = "ben@acme.example";

    [Fact]
    public async Task A_team_is_previewed_kept_and_asked_about()
    {
        await using var before = new Site();
        await before.InitializeAsync();
        var shell = before.Shell;
        string[] set = ["team", "set", "First line", Desk.Anna, Ben];

        var preview = await shell.DoAsync(set);
        Assert.Matches(@"First line\s*\|\s*workload_share\s*\|\s*–\s*\|\s*1", preview.Error);
        Assert.DoesNotContain(Desk.Mailbox, preview.Error, StringComparison.Ordinal);
        Assert.Empty((await shell.RowsAsync("team", "list")));

        var kept = await shell.DoAsync([.. set, "--yes"]);
        Assert.Contains("0 mailboxes computed anew", kept.Error, StringComparison.Ordinal);
        Assert.Equal($"{Desk.Anna} {Ben}", Assert.Single(await shell.RowsAsync("team", "list")).GetProperty("agents").GetString());

        await using var site = Wiring.Build(shell.Store, 0, Shell.Clock);
        await site.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        Task<string> TextAsync(string url) => client.GetStringAsync(new Uri(url, UriKind.Relative), TestContext.Current.CancellationToken);
        const string question = "metrics=response_time,workload_share,coverage&range=all&format=csv";
        Assert.StartsWith("team,response_time,response_time_count", await TextAsync($"/api/v1/metrics?{question}&dimensions=team"),
            StringComparison.Ordinal);
        Assert.Contains("\r\nFirst line,118350,2,", await TextAsync($"/api/v1/metrics?{question}&dimensions=team"),
            StringComparison.Ordinal);
        Assert.Contains("\r\n118350,2,", await TextAsync($"/api/v1/metrics?{question}&team=first+line"), StringComparison.Ordinal);
        Assert.Contains("\r\n,0,", await TextAsync($"/api/v1/metrics?{question}&team=nobody"), StringComparison.Ordinal);
        Assert.Contains("First line", await TextAsync("/agents"), StringComparison.Ordinal);
        var removed = await shell.DoAsync("team", "remove", "First line", "--yes");
        Assert.Contains("Changed", removed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_in_two_teams_and_a_team_that_is_not_there_is_said()
    {
        using var shell = new Shell();
        await Desk.ImportMailAsync(shell);
        await shell.DoAsync("team", "set", "First line", Desk.Anna, "--yes");

        var twice = await shell.RunAsync("team", "set", "Second line", Desk.Anna, "--yes");
        Assert.Equal(ExitCode.Usage, twice.Code);
        Assert.Contains("$.teams[1].agents[0]", twice.Error, StringComparison.Ordinal);
        Assert.Equal(3, (await shell.RunAsync("team", "remove", "Third line")).Code);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using OnBehalf.Answers;
using OnBehalf.Pages.Agents;
using OnBehalf.Pages.Conversations;
using OnBehalf.Pages.Coverage;
using OnBehalf.Pages.Figures;
using OnBehalf.Pages.Mailboxes;
using OnBehalf.Pages.Overview;
using OnBehalf.Pages.Rows;
using OnBehalf.Pages.Settings;
using OnBehalf.Pages.Setup;
using OnBehalf.Pages.Waiting;

namespace OnBehalf.Pages;

/// <summary>Where every screen is.</summary>
static class Screens
{
    public static void Map(IEndpointRouteBuilder site)
    {
        Show<OverviewPage>(site, "/");
        Show<WaitingPage>(site, "/waiting");
        Show<AgentsPage>(site, "/agents");
        Show<AgentPage>(site, "/agents/{name}");
        Show<MailboxesPage>(site, "/mailboxes");
        Show<MailboxPage>(site, "/mailboxes/{name}");
        Show<CoveragePage>(site, "/coverage");
        Show<SetupPage>(site, "/setup");
        Show<SettingsPage>(site, "/settings");
        SettingsPosts.Map(site);
        Show<ConversationPage>(site, "/conversations/{name}");
        Show<RowsPage>(site, "/rows");
        Show<FigurePage>(site, "/figure");
    }

    static void Show<T>(IEndpointRouteBuilder site, string path) where T : Screen =>
        site.MapGet(path, ShowAsync<T>);

    static async Task ShowAsync<T>(HttpContext http, StoreWatch watch, Turns turns, TimeProvider time) where T : Screen
    {
        // People and subjects are on it: nothing of it stays in a cache.
        http.Response.Headers.CacheControl = "no-cache, no-store";
        var screen = new RazorComponentResult<T>(new { Ask = ScreenAsk.Read(http, watch.Current, time) })
        {
            PreventStreamingRendering = true,
        };
        using var page = await turns.TakeAsync(() => DrawAsync(screen, http), http.RequestAborted);
        http.Response.ContentLength = page.Length;
        await http.Response.Body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), http.RequestAborted);
    }

    /// <summary>Draws a screen into memory: a reader who is slow holds up nobody's turn.</summary>
    static async Task<MemoryStream> DrawAsync(IResult screen, HttpContext http)
    {
        var reader = http.Response.Body;
        var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await screen.ExecuteAsync(http);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
            return page;
        }
        finally
        {
            http.Response.Body = reader;
        }
    }
}

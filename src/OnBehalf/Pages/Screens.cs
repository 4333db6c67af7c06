using Microsoft.AspNetCore.Http.HttpResults;
using OnBehalf.Answers;
using OnBehalf.Pages.Overview;

namespace OnBehalf.Pages;

/// <summary>Where every screen is.</summary>
static class Screens
{
    public static void Map(IEndpointRouteBuilder site)
    {
        Show<OverviewPage>(site, "/");
    }

    static void Show<T>(IEndpointRouteBuilder site, string path) where T : Screen =>
        site.MapGet(path, (HttpContext http, StoreWatch watch, TimeProvider time) => Shown<T>(http, watch, time));

    static RazorComponentResult<T> Shown<T>(HttpContext http, StoreWatch watch, TimeProvider time) where T : Screen
    {
        http.Response.Headers.CacheControl = "no-cache";
        return new(new { Ask = ScreenAsk.Read(http, watch.Current, time) }) { PreventStreamingRendering = true };
    }
}

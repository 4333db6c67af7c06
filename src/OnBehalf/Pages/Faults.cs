using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Diagnostics;
using OnBehalf.Api;

namespace OnBehalf.Pages;

/// <summary>Says what went wrong: to programs as problem details, to people as a page.</summary>
static class Faults
{
    public static async Task ShowAsync(HttpContext http)
    {
        if (http.RequestAborted.IsCancellationRequested) return;
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            await Problems.WriteAsync(http);
            return;
        }
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (fault is not null) http.Response.StatusCode = Problems.StatusOf(fault);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<FaultPage>(
            ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                ["Status"] = http.Response.StatusCode,
                ["Sentence"] = fault is not null ? Problems.SentenceOf(fault)
                    : http.Response.StatusCode == StatusCodes.Status404NotFound ? "There is no such page." : "This cannot be asked so.",
            }))).ToHtmlString());
        await http.Response.WriteAsync(html);
    }
}

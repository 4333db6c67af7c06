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
        http.Response.StatusCode = fault is null ? StatusCodes.Status404NotFound : Problems.StatusOf(fault);
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<FaultPage>(
            ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                ["Status"] = http.Response.StatusCode,
                ["Sentence"] = fault is null ? "There is no such page." : Problems.SentenceOf(fault),
            }))).ToHtmlString());
        await http.Response.WriteAsync(html);
    }
}

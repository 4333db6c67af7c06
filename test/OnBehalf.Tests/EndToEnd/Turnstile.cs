using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// Stands before a simulated tenant and counts who comes through, so that a process can be killed at its n-th request
/// rather than after so many milliseconds: how fast the machine is decides nothing.
/// </summary>
sealed class Turnstile : IAsyncDisposable
{
    readonly WebApplication _host;
    readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    readonly Uri _tenant;
    int _count, _pages;

    Turnstile(WebApplication host, Uri tenant) => (_host, _tenant) = (host, tenant);

    public string Address => _host.Urls.First();

    /// <summary>Requests since the last beginning, and how many of them were for pages of messages.</summary>
    public (int Requests, int Pages) Count => (_count, _pages);

    /// <summary>Messages of a page, instead of what is asked for.</summary>
    public const int PageSize = 9;

    /// <summary>Called at each request, once before it is passed on and once when its answer is there.</summary>
    public Action<Passage> Passing { get; set; } = _ => { };

    public void Restart() => (_count, _pages) = (0, 0);

    public static async Task<Turnstile> OpenAsync(Uri tenant)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        var turnstile = new Turnstile(host, tenant);
        host.Run(turnstile.PassAsync);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return turnstile;
    }

    async Task PassAsync(HttpContext context)
    {
        var isPage = context.Request.Path.Value!.Contains("/messages", StringComparison.Ordinal);
        var passage = new Passage(Interlocked.Increment(ref _count), isPage ? Interlocked.Increment(ref _pages) : 0, false);
        Passing(passage);
        using var request = new HttpRequestMessage(
            new(context.Request.Method), new Uri(_tenant, context.Request.Path + context.Request.QueryString.ToUriComponent()));
        if (context.Request.Method is "POST" or "PATCH")
        {
            request.Content = new StreamContent(context.Request.Body);
            if (context.Request.ContentType is { } type) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }
        if (context.Request.Headers.Authorization is [{ } token]) request.Headers.TryAddWithoutValidation("Authorization", token);
        foreach (var preference in context.Request.Headers["Prefer"])
        {
            var isSize = preference!.Contains("maxpagesize", StringComparison.Ordinal);
            request.Headers.Add("Prefer", isSize ? $"odata.maxpagesize={PageSize}" : preference);
        }
        using var answer = await _http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Passing(passage with { IsAnswered = true });
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
    }
}

/// <summary>A request on its way.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Page">Its number among those for pages of messages; 0 when it is none.</param>
/// <param name="IsAnswered">Whether the tenant has answered, and the answer is about to be sent.</param>
readonly record struct Passage(int Number, int Page, bool IsAnswered);

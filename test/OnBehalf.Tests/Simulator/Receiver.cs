using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace OnBehalf.Tests.Simulator;

/// <summary>A place notifications are sent to: sends validation tokens back and keeps everything else.</summary>
sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication _host;

    Receiver(WebApplication host) => _host = host;

    public string Address => _host.Urls.First() + "/notify";
    public List<string> Bodies { get; } = [];
    public bool Echoes { get; set; } = true;

    public static async Task<Receiver> OpenAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var host = builder.Build();
        var receiver = new Receiver(host);
        host.Run(receiver.TakeAsync);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    async Task TakeAsync(HttpContext context)
    {
        if ((string?)context.Request.Query["validationToken"] is { } token)
        {
            await context.Response.WriteAsync(Echoes ? token : "no");
            return;
        }
        using var body = new StreamReader(context.Request.Body);
        Bodies.Add(await body.ReadToEndAsync());
        context.Response.StatusCode = 202;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

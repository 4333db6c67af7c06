using System.Net;
using OnBehalf.Api;
using OnBehalf.Engine;

namespace OnBehalf.Workers;

/// <summary>
/// The small web host behind which notices arrive: on this machine only, a proxy with a certificate stands before it. It is
/// not the one of the screens, so that nothing but notices is ever passed on from outside.
/// </summary>
static class NoticeHost
{
    /// <summary>Connections at the same time; Graph opens a few.</summary>
    const int Connections = 200;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="Mistake">conflict: the port is taken.</exception>
    public static async Task<WebApplication> OpenAsync(NoticeDesk desk, int port, TimeProvider time, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(NoticeHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = NoticesApi.BodyLimit;
            server.Limits.MaxConcurrentConnections = Connections;
            server.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            server.Listen(IPAddress.Loopback, port);
        });
        var host = builder.Build();
        host.Run(new NoticesApi(desk, time).AnswerAsync);
        try
        {
            await host.StartAsync(cancellation);
            return host;
        }
        catch (IOException taken)
        {
            await host.DisposeAsync();
            throw new Mistake("conflict", $"Port {port} cannot be listened on: {taken.Message} Name another with --notices-port.");
        }
    }

    /// <summary>Where Graph is to send notices.</summary>
    /// <param name="text">The public address, as the administrator gave it.</param>
    /// <exception cref="Mistake">invalid: no address that Graph would take.</exception>
    public static Uri AddressOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Query.Length > 0 || address.Fragment.Length > 0
            || address.UserInfo.Length > 0)
            throw new Mistake("invalid", "--public-url: give an address as https://mail.acme.example/onbehalf.");
        // Without https only a simulator on this machine would do.
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            throw new Mistake("invalid", "--public-url: Graph sends notices by https only.");
        return new Uri(address.AbsoluteUri.TrimEnd('/') + NoticesApi.Path);
    }
}

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Sends what is meant for a cloud's hosts to a simulator on this machine, as the last step before the wire: everything
/// above it works with Microsoft's own names.
/// </summary>
sealed class LoopbackRoute(NationalCloud cloud, HttpMessageHandler wire) : DelegatingHandler(wire)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var meant = request.RequestUri!; // HttpClient refuses a request without an address.
        string?[] hosts = [cloud.Login, cloud.Graph, cloud.Manage, cloud.Outlook];
        if (!hosts.Contains(meant.Host, StringComparer.OrdinalIgnoreCase))
            throw new HttpRequestException($"{meant.Host} is no host of the simulated tenant.");
        request.RequestUri = new Uri(cloud.Loopback!, meant.PathAndQuery); // Routed only where there is a loopback.
        request.Headers.Host = null;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = meant; // Whoever tries again means the same host.
        }
    }
}

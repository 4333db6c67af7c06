using System.Net;
using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Puts the application's token on requests to the cloud's own hosts, each its own, and on no other request: a link or
/// a redirect that leads elsewhere gets none.
/// </summary>
sealed class TokenHandler(TenantConnection connection, HttpMessageHandler next) : DelegatingHandler(next)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (connection.ScopeOf(request.RequestUri!.Host) is not { } scope) // HttpClient refuses a request without one.
            throw new HttpRequestException($"{request.RequestUri.Host} is no host of the cloud {connection.Cloud.Name}.");
        await SignAsync(request, scope, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || request.Content is not null) return response;

        // A token may die before its time: revoked, or the two clocks differ. One new token, then the answer stands.
        response.Dispose();
        connection.ForgetTokens();
        await SignAsync(request, scope, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }

    async Task SignAsync(HttpRequestMessage request, string scope, CancellationToken cancellation) =>
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await connection.TokenAsync(scope, cancellation)).Token);
}

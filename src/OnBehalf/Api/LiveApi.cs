using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using OnBehalf.Answers;

namespace OnBehalf.Api;

/// <summary><c>/api/v1/live</c>: says when figures may be others. An open page costs a waiting task and nothing of the store.</summary>
static class LiveApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/live", Follow);

    static ServerSentEventsResult<string> Follow(StoreWatch watch, CancellationToken cancellation) =>
        TypedResults.ServerSentEvents(EditionsAsync(watch, cancellation));

    static async IAsyncEnumerable<SseItem<string>> EditionsAsync(
        StoreWatch watch, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var view = watch.Current; ; view = await watch.NextAsync(view.Edition, cancellation))
            yield return new(view.Edition, "edition");
    }
}

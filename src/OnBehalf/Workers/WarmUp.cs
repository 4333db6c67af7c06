using System.Net;
using OnBehalf.Answers;
using OnBehalf.Engine;

namespace OnBehalf.Workers;

/// <summary>
/// Does what a process's first readers would wait for. Nothing depends on it: what it does not get done is done when somebody asks.
/// </summary>
/// <param name="site">The site; it has been started.</param>
/// <param name="watch">Keeps the store that the site shows.</param>
/// <param name="time">The clock.</param>
sealed class WarmUp(Uri site, StoreWatch watch, TimeProvider time) : IDisposable
{
    /// <summary>A reader who comes at once has the machine for himself.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The screens that need no name, as most people open them first.</summary>
    static readonly string[] Screens = ["/", "/agents", "/mailboxes", "/waiting", "/coverage", "/setup"];

    /// <summary>Nothing is there: a page without a figure, for which no store is opened.</summary>
    const string Nowhere = "/nowhere";

    readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.Brotli })
    {
        BaseAddress = site,
        Timeout = Timeout.InfiniteTimeSpan, // However large the store is; whoever ends the site ends it.
    };

    /// <summary>Opens the store, and meanwhile compiles on another processor what every page goes through.</summary>
    public async Task OpenAsync(CancellationToken cancellation) =>
        await Task.WhenAll(Task.Run(Open, cancellation), AskAsync(Nowhere, cancellation));

    /// <summary>
    /// Draws the screens one after another, so that their code is compiled and the answers that most people ask for are known.
    /// </summary>
    public async Task DrawAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, time, cancellation);
            foreach (var screen in Screens) await AskAsync(screen, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The site is being stopped.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    void Open()
    {
        try
        {
            _ = watch.Current;
        }
        catch (Mistake)
        {
            // Whoever asks for a page is told, and it is tried again then.
        }
    }

    async Task AskAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        }
        catch (HttpRequestException)
        {
            // The site does not answer, or not any longer.
        }
    }
}

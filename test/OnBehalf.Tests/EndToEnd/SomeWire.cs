using System.Net;
using System.Text.RegularExpressions;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>The way to a simulated tenant, on which pages get another size, break off half-way, or are refused.</summary>
sealed partial class SomeWire() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    int _pages;

    /// <summary>Messages of a page, instead of what is asked for.</summary>
    public int? PageSize { get; init; }

    /// <summary>Refuses everything of the mailbox whose address this is part of.</summary>
    public string? Blocked { get; init; }

    /// <summary>Pages of messages that arrive whole; all behind them break off half-way. Null: all arrive.</summary>
    public int? WholePages { get; set; }

    /// <summary>Pages of messages that arrived whole.</summary>
    public int Pages => _pages;

    /// <summary>Begins to count anew.</summary>
    public void Restart() => _pages = 0;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Blocked is { } mailbox && request.RequestUri!.AbsoluteUri.Contains($"/users/{mailbox}/", StringComparison.OrdinalIgnoreCase))
            return new(HttpStatusCode.Forbidden) { Content = new StringContent("""{"error":{"code":"ErrorAccessDenied"}}""") };
        var isPage = request.RequestUri!.AbsolutePath.Contains("/messages", StringComparison.Ordinal);
        if (isPage && PageSize is { } size) Resize(request, size);
        var response = await base.SendAsync(request, cancellationToken);
        if (!isPage) return response;
        if (Interlocked.Increment(ref _pages) <= (WholePages ?? int.MaxValue)) return response;
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        response.Content = new StreamContent(new BrokenStream(bytes.AsSpan(0, bytes.Length / 2).ToArray()));
        return response;
    }

    static void Resize(HttpRequestMessage request, int size)
    {
        request.RequestUri = new Uri(Top().Replace(request.RequestUri!.AbsoluteUri, $"top={size}"));
        if (!request.Headers.TryGetValues("Prefer", out var preferences)) return;
        string[] others = [.. preferences.Where(preference => !preference.StartsWith("odata.maxpagesize", StringComparison.Ordinal))];
        request.Headers.Remove("Prefer");
        request.Headers.Add("Prefer", [.. others, $"odata.maxpagesize={size}"]);
    }

    [GeneratedRegex("top=[0-9]+")]
    private static partial Regex Top();

    sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new IOException("The connection was reset.");
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Gives every mailbox its own turn, and tries again what a service was too busy for. Source: Microsoft Graph service-
/// specific throttling limits, "Outlook service limits": 4 concurrent requests and 10,000 in 10 minutes by application
/// and mailbox. We stay below both, so that one request is left for somebody else.
/// </summary>
sealed class GraphThrottle(TimeProvider time, HttpMessageHandler next) : DelegatingHandler(next)
{
    /// <summary>Attempts of one request.</summary>
    public const int Attempts = 6;

    /// <summary>The longest wait that one round sits out; whoever asks for more is left alone until the next round.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer may take to begin. Large pages take half a minute now and then.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>Whose turn a request takes, where its address does not say.</summary>
    public static readonly HttpRequestOptionsKey<string> Mailbox = new("mailbox");

    readonly ConcurrentDictionary<string, MailboxGate> _gates = new(StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var gate = GateOf(request);
        for (var attempt = 1; ; attempt++)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            var (response, broken) = await TryAsync(request, cancellationToken);
            var isLast = attempt == Attempts || !MayRepeat(request, response);
            if (broken is not null && isLast) throw broken;
            if (response is not null && (isLast || !IsBusy(response.StatusCode))) return response;
            var wait = RetryAfter(response) ?? BackOff(attempt);
            if (wait > LongestWait && response is not null) return response;
            response?.Dispose();
            // Whoever waits for this mailbox waits as long; other mailboxes have other gates.
            gate.Pause(wait < LongestWait ? wait : LongestWait);
        }
    }

    async Task<(HttpResponseMessage? Response, HttpRequestException? Broken)> TryAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return (await base.SendAsync(request, both.Token), null);
        }
        catch (HttpRequestException broken)
        {
            return (null, broken);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return (null, new HttpRequestException($"{request.RequestUri!.Host} did not answer within {Patience.TotalSeconds:N0} s."));
        }
    }

    // What changes something is repeated only where the service says that it did nothing.
    static bool MayRepeat(HttpRequestMessage request, HttpResponseMessage? response) =>
        request.Method == HttpMethod.Get || response is { StatusCode: HttpStatusCode.TooManyRequests };

    static bool IsBusy(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or (HttpStatusCode)509 or >= HttpStatusCode.InternalServerError
        and not HttpStatusCode.NotImplemented;

    /// <summary>
    /// Seconds, whole or with a fraction (Graph throttling guidance), or a date; null when it is absent or no time.
    /// </summary>
    TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        if (response is null || !response.Headers.NonValidated.TryGetValues("Retry-After", out var values)) return null;
        var text = values.ToString();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, 24 * 3600));
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return null;
        var wait = date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    // Doubling, and half to one and a half of it, so that what failed together does not come back together.
    static TimeSpan BackOff(int attempt) =>
        TimeSpan.FromSeconds(Math.Min(180, Math.Pow(2, attempt - 1) * (0.5 + Random.Shared.NextDouble())));

    // …/v1.0/users/{mailbox}/…; everything else of a host shares a gate.
    MailboxGate GateOf(HttpRequestMessage request)
    {
        if (!request.Options.TryGetValue(Mailbox, out var key))
        {
            var segments = request.RequestUri!.Segments; // HttpClient refuses a request without an address.
            var isMailbox = segments.Length > 4 && segments[2].Equals("users/", StringComparison.OrdinalIgnoreCase);
            key = isMailbox ? segments[3].TrimEnd('/') : request.RequestUri.Host;
        }
        return _gates.GetOrAdd(key, static (_, clock) => new MailboxGate(clock), time);
    }
}

using NodaTime;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Compares this machine's clock with the Date header of every answer, sign-in included. The header has whole seconds
/// (RFC 9110, section 6.6.1), and an answer takes its time, so a comparison is right to about a second and half the time that
/// the answer took; the one of the quickest answer is kept.
/// </summary>
sealed class ClockWatch(TimeProvider time, HttpMessageHandler next) : DelegatingHandler(next)
{
    readonly Lock _turn = new();
    TimeSpan _quickest = TimeSpan.MaxValue;
    TimeSpan? _ahead;

    /// <summary>By how much this machine's clock is ahead; negative: behind. Null before any answer.</summary>
    public Duration? Ahead
    {
        get
        {
            lock (_turn) return _ahead is { } ahead ? Duration.FromTimeSpan(ahead) : null;
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        var answered = time.GetUtcNow();
        if (response.Headers.Date is { } date) Compare(asked, answered, date);
        return response;
    }

    void Compare(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset date)
    {
        var took = answered - asked;
        var ahead = asked + took / 2 - date;
        lock (_turn)
        {
            if (took < TimeSpan.Zero || took > _quickest) return; // The clock was set meanwhile, or a better one is known.
            (_quickest, _ahead) = (took, ahead);
        }
    }
}

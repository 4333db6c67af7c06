using NodaTime;
using OnBehalf.Sources.Graph;
using OnBehalf.Tests.Store;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>Clocks are compared by the Date header: the quickest answer counts, whichever comes first.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(new[] { 2 }, 119)]
    [InlineData(new[] { 40, 2 }, 119)]
    [InlineData(new[] { 2, 40 }, 119)]
    [InlineData(new[] { 0 }, 120)]
    public async Task The_quickest_answer_counts(int[] seconds, int ahead)
    {
        var clock = new HandClock();
        using var watch = new ClockWatch(clock, new Server(clock, seconds, TimeSpan.FromMinutes(-2)));
        using var client = new HttpClient(watch);
        Assert.Null(watch.Ahead);
        foreach (var _ in seconds) await client.GetAsync(new Uri("http://127.0.0.1/"), TestContext.Current.CancellationToken);
        Assert.Equal(Duration.FromSeconds(ahead), watch.Ahead);
    }

    [Fact]
    public async Task An_answer_without_a_date_says_nothing()
    {
        var clock = new HandClock();
        using var watch = new ClockWatch(clock, new Server(clock, [1], null));
        using var client = new HttpClient(watch);
        await client.GetAsync(new Uri("http://127.0.0.1/"), TestContext.Current.CancellationToken);
        Assert.Null(watch.Ahead);
    }

    /// <summary>Answers after some seconds; its clock is off by so much, and it looks at it when it begins to answer.</summary>
    sealed class Server(HandClock clock, int[] seconds, TimeSpan? off) : HttpMessageHandler
    {
        int _answers;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            clock.Pass(TimeSpan.FromSeconds(seconds[_answers++]));
            var response = new HttpResponseMessage();
            if (off is { } wrong) response.Headers.Date = clock.GetUtcNow() + wrong;
            return Task.FromResult(response);
        }
    }
}

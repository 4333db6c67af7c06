using System.Net;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>Turns and waits, mailbox by mailbox.</summary>
public sealed class ThrottleTests
{
    const string Support = "https://graph.microsoft.com/v1.0/users/support@acme.example/messages";
    const string Sales = "https://graph.microsoft.com/v1.0/users/sales@acme.example/messages";

    readonly ImpatientClock _clock = new();

    [Fact]
    public async Task One_mailbox_is_never_asked_more_than_three_things_at_once_and_another_has_its_own_turns()
    {
        using var wire = new Wire { Holds = true };
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        var support = Enumerable.Range(0, 10).Select(_ => AskAsync(throttle, Support)).ToList();
        var sales = AskAsync(throttle, Sales);
        Assert.Equal(3, wire.Pending(Support));
        Assert.Equal(1, wire.Pending(Sales));
        await AnswerAllAsync(wire, [.. support, sales]);
        Assert.Equal(3, wire.MostAtOnce(Support));
    }

    [Fact]
    public async Task One_mailbox_is_never_asked_more_than_900_things_in_a_minute()
    {
        using var wire = new Wire { Clock = _clock };
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        for (var i = 0; i < 2000; i++)
        {
            await AskAsync(throttle, Support);
            _clock.Advance(TimeSpan.FromMilliseconds(i % 7));
        }
        var minute = TimeSpan.FromMinutes(1).Ticks;
        for (var i = 900; i < wire.Times.Count; i++)
            Assert.True(wire.Times[i] - wire.Times[i - 900] >= minute);
        Assert.True(wire.Times[^1] - wire.Times[0] < minute * 3, "and it is not slower than need be");
    }

    [Theory]
    [InlineData("7", 7, 7)]
    [InlineData("2.128", 2.128, 2.129)]
    [InlineData(null, 0.5, 1.5)]
    [InlineData("soon", 0.5, 1.5)]
    [InlineData("Mon, 02 Mar 2026 10:00:30 GMT", 29, 30)]
    public async Task Retry_After_is_honoured_whole_with_a_fraction_as_a_date_or_absent(string? after, double least, double most)
    {
        using var wire = new Wire().Then(HttpStatusCode.TooManyRequests, after).Then(HttpStatusCode.OK);
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(throttle, Support));
        Assert.InRange(Assert.Single(_clock.Waits).TotalSeconds, least, most + 0.001);
    }

    [Theory]
    [InlineData(429, 6)]
    [InlineData(502, 6)]
    [InlineData(503, 6)]
    [InlineData(504, 6)]
    [InlineData(509, 6)]
    [InlineData(500, 6)]
    [InlineData(501, 1)]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    public async Task Only_what_passes_is_tried_again_and_not_for_ever(int status, int attempts)
    {
        using var wire = new Wire().Then((HttpStatusCode)status);
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        Assert.Equal((HttpStatusCode)status, await AskAsync(throttle, Support));
        Assert.Equal(attempts, wire.Times.Count);
        // Each wait is half to one and a half of twice the one before.
        Assert.All(_clock.Waits.Index(), wait => Assert.InRange(
            wait.Item.TotalSeconds, Math.Pow(2, wait.Index) * 0.5, Math.Pow(2, wait.Index) * 1.5 + 0.001));
    }

    [Fact]
    public async Task A_broken_connection_is_tried_again_and_then_said()
    {
        using var wire = new Wire().Then(null).Then(null).Then(HttpStatusCode.OK);
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(throttle, Support));
        using var dead = new Wire().Then(null);
        using var waiting = new HttpMessageInvoker(new GraphThrottle(_clock, dead));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(waiting, Support));
        Assert.Equal(GraphThrottle.Attempts, dead.Times.Count);
    }

    [Fact]
    public async Task What_changes_something_is_repeated_only_where_the_service_did_nothing()
    {
        using var wire = new Wire().Then(HttpStatusCode.ServiceUnavailable);
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(throttle, Support, HttpMethod.Post));
        Assert.Single(wire.Times);
        using var busy = new Wire().Then(HttpStatusCode.TooManyRequests, "1").Then(HttpStatusCode.OK);
        using var again = new HttpMessageInvoker(new GraphThrottle(_clock, busy));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(again, Support, HttpMethod.Post));
    }

    [Fact]
    public async Task A_wait_longer_than_a_round_sits_out_is_left_to_the_next_round()
    {
        using var wire = new Wire().Then(HttpStatusCode.TooManyRequests, "3600");
        using var throttle = new HttpMessageInvoker(new GraphThrottle(_clock, wire));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync(throttle, Support));
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task A_throttled_mailbox_holds_up_its_own_requests_and_no_others()
    {
        using var wire = new Wire().Then(HttpStatusCode.TooManyRequests, "60").Then(HttpStatusCode.OK);
        var gates = new GraphThrottle(_clock, wire);
        using var throttle = new HttpMessageInvoker(gates);
        await AskAsync(throttle, Support);
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.Single(_clock.Waits));
        await AskAsync(throttle, Sales);
        Assert.Single(_clock.Waits);
    }

    static async Task<HttpStatusCode> AskAsync(HttpMessageInvoker throttle, string address, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        using var response = await throttle.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    static async Task AnswerAllAsync(Wire wire, List<Task<HttpStatusCode>> asked)
    {
        while (asked.Count > 0)
        {
            await wire.AnswerOneAsync();
            asked.Remove(await Task.WhenAny(asked));
        }
    }

    /// <summary>What is behind the throttle: answers in turn, or holds requests until told.</summary>
    sealed class Wire : HttpMessageHandler
    {
        readonly Queue<(HttpStatusCode? Status, string? After)> _answers = [];
        readonly List<(string Address, TaskCompletionSource Answer)> _held = [];
        readonly Dictionary<string, int> _most = [];
        readonly SemaphoreSlim _isHeld = new(0);

        public bool Holds { get; init; }
        public ImpatientClock? Clock { get; init; }
        public List<long> Times { get; } = [];

        public Wire Then(HttpStatusCode? status, string? after = null)
        {
            _answers.Enqueue((status, after));
            return this;
        }

        public int Pending(string address)
        {
            lock (_held) return _held.Count(one => one.Address == address);
        }

        public int MostAtOnce(string address) => _most[address];

        public async Task AnswerOneAsync()
        {
            await _isHeld.WaitAsync(TestContext.Current.CancellationToken);
            lock (_held)
            {
                var (_, answer) = _held[0];
                _held.RemoveAt(0);
                answer.SetResult();
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.AbsoluteUri;
            Times.Add(Clock?.GetTimestamp() ?? 0);
            if (Holds)
            {
                var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                lock (_held)
                {
                    _held.Add((address, answer));
                    _most[address] = Math.Max(_most.GetValueOrDefault(address), Pending(address));
                }
                _isHeld.Release();
                await answer.Task;
            }
            var (status, after) = _answers.Count switch { 0 => (HttpStatusCode.OK, null), 1 => _answers.Peek(), _ => _answers.Dequeue() };
            if (status is null) throw new HttpRequestException("The connection broke.");
            var response = new HttpResponseMessage(status.Value);
            if (after is not null) response.Headers.TryAddWithoutValidation("Retry-After", after);
            return response;
        }
    }
}

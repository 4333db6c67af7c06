using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Engine;
using OnBehalf.Store;
using OnBehalf.Tests.EndToEnd;
using OnBehalf.Workers;

namespace OnBehalf.Tests.Workers;

/// <summary>
/// Change notifications against a simulated tenant over HTTP: they only say which mailbox to look into, and whoever is not
/// Graph is refused.
/// </summary>
public sealed class NoticeTests : IAsyncLifetime
{
    Office _office = null!; // All are made before any test runs.
    MailStore _store = null!;
    WebApplication _host = null!;
    NoticeDesk _desk = null!;
    SubscriptionKeeper _keeper = null!;
    readonly HttpClient _stranger = new();

    Uri Address => NoticeHost.AddressOf(_host.Urls.First());

    public async ValueTask InitializeAsync()
    {
        _office = await Office.OpenAsync("send-on-behalf-only", before: 9);
        _store = _office.NewStore();
        _store.Accounts.Save(_office.Record);
        await OpenHostAsync();
    }

    async Task OpenHostAsync(int port = 0)
    {
        _desk = new();
        // The host's patience is of the world's clock, which stands still.
        _host = await NoticeHost.OpenAsync(_desk, port, _office.Clock, TestContext.Current.CancellationToken);
        _keeper = new(_store, _desk, Address, _office.Clock);
        _keeper.Tell();
    }

    public async ValueTask DisposeAsync()
    {
        _stranger.Dispose();
        await _host.DisposeAsync();
        _store.Dispose();
        await _office.DisposeAsync();
    }

    async Task KeepAsync() => Assert.Empty(await _keeper.KeepAsync(
        _office.Connection, _store.Accounts.All(), TestContext.Current.CancellationToken));

    Task<int> NotifyAsync() => _office.Tenant.NotifyAsync(TestContext.Current.CancellationToken);

    Task TellAsync(string step) => _office.Tenant.TellLifecycleAsync(step, TestContext.Current.CancellationToken);

    async Task<HttpStatusCode> PostAsync(string body, string more = "")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _stranger.PostAsync(new Uri(Address + more), content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    static string Delivery(string subscription, string state) =>
        $$"""{"value":[{"subscriptionId":"{{subscription}}","clientState":"{{state}}","changeType":"created"}]}""";

    [Fact]
    public async Task What_is_told_is_read_at_once_and_is_what_a_round_would_have_found()
    {
        await _office.SyncAsync(_store);
        await KeepAsync();
        _office.Clock.Advance(TimeSpan.FromHours(30));
        Assert.True(await NotifyAsync() > 0);
        var before = _store.Facts.Counts().Sum(counts => counts.Messages);
        var watch = new SyncWatch(_store, TimeSpan.FromMinutes(5), new HurriedClock(_office.Clock),
            _ => _office.ConnectBy(new SocketsHttpHandler()), said => Assert.Fail(said));
        Assert.Equal(2, await watch.ReadToldAsync(_desk, TestContext.Current.CancellationToken));
        Assert.True(_store.Facts.Counts().Sum(counts => counts.Messages) > before);
        Assert.Equal(0, await watch.ReadToldAsync(_desk, TestContext.Current.CancellationToken)); // Once is enough.

        using var polled = _office.NewStore("polled.db");
        await _office.SyncAsync(polled);
        FindingText.AssertSame(FindingText.Of(polled), FindingText.Of(_store), "told");
    }

    [Fact]
    public async Task A_sync_that_goes_on_reads_what_is_told_between_two_rounds()
    {
        await _office.SyncAsync(_store);
        await KeepAsync();
        _office.Clock.Advance(TimeSpan.FromHours(30));
        Assert.True(await NotifyAsync() > 0);
        var before = _store.Facts.Counts().Sum(counts => counts.Messages);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (rounds, connections) = (0, 0);
        var watch = new SyncWatch(_store, TimeSpan.FromHours(1), new HurriedClock(_office.Clock), tenant =>
        {
            // To keep subscriptions, to read what was told, and to keep them again.
            if (++connections == 3) end.Cancel();
            return _office.ConnectBy(new SocketsHttpHandler());
        }, said => Assert.Fail(said));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.RunAsync(Round, _desk, _keeper, end.Token));
        Assert.Equal(1, rounds);
        Assert.True(_store.Facts.Counts().Sum(counts => counts.Messages) > before);

        Task Round()
        {
            rounds++;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Where_nothing_is_told_rounds_go_on()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var rounds = 0;
        var watch = new SyncWatch(_store, TimeSpan.FromSeconds(2), new HurriedClock(_office.Clock),
            _ => _office.ConnectBy(new SocketsHttpHandler()), said => Assert.Fail(said));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.RunAsync(Round, _desk, _keeper, end.Token));
        Assert.Equal(3, rounds);
        Assert.Equal(2, _store.Subscriptions.All().Count);

        Task Round()
        {
            if (++rounds == 3) end.Cancel();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Only_a_sync_that_goes_on_can_be_told()
    {
        using var shell = new Cli.Shell();
        var outcome = await shell.RunAsync("sync", "--public-url", "https://mail.acme.example");
        Assert.Contains("give --watch, too", outcome.Error);
        Assert.False(File.Exists(shell.Store));
    }

    [Fact]
    public async Task Only_the_mailbox_that_changed_is_looked_into()
    {
        await KeepAsync();
        var subscription = _store.Subscriptions.All()[1];
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Delivery(subscription.Id, subscription.State)));
        await _desk.ArrivalAsync(TestContext.Current.CancellationToken);
        Assert.Equal([subscription.Account], _desk.TakeDirty());
        Assert.Empty(_desk.TakeDirty());
        Assert.False(_desk.ArrivalAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task Whoever_does_not_know_the_word_is_refused_and_marks_nothing()
    {
        await KeepAsync();
        var subscription = _store.Subscriptions.All()[0];
        var other = _store.Subscriptions.All()[1];
        string[] words = ["", "x", subscription.State[..^1], subscription.State + "a", subscription.State.ToUpperInvariant(), other.State];
        foreach (var word in words)
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Delivery(subscription.Id, word)));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(Delivery(Guid.NewGuid().ToString(), subscription.State)));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("""{"value":[]}"""));
        Assert.Empty(_desk.TakeDirty());
        // The word is long, and no two are the same.
        Assert.True(subscription.State.Length >= 43 && subscription.State != other.State);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("7", HttpStatusCode.BadRequest)]
    [InlineData("""{"value":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"value":[3,null,{},{"subscriptionId":7}]}""", HttpStatusCode.NotFound)]
    public async Task What_is_no_delivery_is_refused(string body, HttpStatusCode status)
    {
        Assert.Equal(status, await PostAsync(body));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(new string('[', 100_000)));
        using var get = await _stranger.GetAsync(Address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        foreach (var path in (string[])["/", "/api/v1/metrics", "/graph/notices/x"])
        {
            using var elsewhere = await _stranger.PostAsync(new Uri(Address, path), null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_of_more_than_a_megabyte_is_refused(bool saysHowLong)
    {
        var bytes = Encoding.UTF8.GetBytes($$"""{"value":[],"more":"{{new string('x', 2 << 20)}}"}""");
        using HttpContent content = saysHowLong ? new ByteArrayContent(bytes) : new StreamContent(new Unseekable(bytes));
        using var answer = await _stranger.PostAsync(Address, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_validation_token_comes_back_as_plain_text()
    {
        const string token = "Validation: Testing <script>alert(1)</script> & žluťoučký";
        using var nothing = new StringContent("", Encoding.UTF8, "text/plain");
        using var answer = await _stranger.PostAsync(
            new Uri($"{Address}?validationToken={Uri.EscapeDataString(token)}"), nothing, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(token, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("", $"?validationToken={new string('a', 2_000)}"));
    }

    [Fact]
    public async Task A_subscription_is_renewed_in_time_and_goes_on_over_a_restart()
    {
        await KeepAsync();
        var first = _store.Subscriptions.All();
        Assert.Equal(2, first.Count);
        Assert.All(first, subscription => Assert.InRange(
            subscription.ExpiresAt - _office.Clock.GetCurrentInstant(), Duration.FromDays(6), Duration.FromDays(7)));

        _office.Clock.Advance(TimeSpan.FromDays(2));
        await KeepAsync();
        Assert.Equal(first, _store.Subscriptions.All()); // Not yet.

        var port = Address.Port;
        await _host.DisposeAsync();
        await OpenHostAsync(port);
        _office.Clock.Advance(TimeSpan.FromDays(3));
        await KeepAsync();
        var later = _store.Subscriptions.All();
        Assert.Equal(first.Select(one => (one.Id, one.State)), later.Select(one => (one.Id, one.State)));
        Assert.All(later, one => Assert.True(one.ExpiresAt - _office.Clock.GetCurrentInstant() > Duration.FromDays(6)));
        Assert.True(await NotifyAsync() > 0);
        Assert.Equal(2, _desk.TakeDirty().Count);
    }

    [Fact]
    public async Task One_that_ran_out_or_was_left_by_a_lost_store_is_made_anew()
    {
        await KeepAsync();
        var first = _store.Subscriptions.All();
        foreach (var subscription in first) _store.Subscriptions.Drop(subscription.Account); // The tenant still has them.
        await KeepAsync();
        var second = _store.Subscriptions.All();
        Assert.Empty(first.Select(one => one.Id).Intersect(second.Select(one => one.Id)));

        _office.Clock.Advance(TimeSpan.FromDays(8));
        await KeepAsync();
        Assert.Empty(second.Select(one => one.Id).Intersect(_store.Subscriptions.All().Select(one => one.Id)));
        _office.Clock.Advance(TimeSpan.FromHours(20));
        Assert.True(await NotifyAsync() > 0);
        Assert.NotEmpty(_desk.TakeDirty());
    }

    [Fact]
    public async Task Lifecycle_notices_look_renew_and_ask_anew()
    {
        await KeepAsync();
        var first = _store.Subscriptions.All();
        await TellAsync("missed");
        Assert.Equal(2, _desk.TakeDirty().Count);

        _office.Clock.Advance(TimeSpan.FromDays(1));
        await TellAsync("reauthorizationRequired");
        Assert.Empty(_desk.TakeDirty());
        await KeepAsync();
        var renewed = _store.Subscriptions.All();
        Assert.Equal(first.Select(one => one.Id), renewed.Select(one => one.Id));
        Assert.All(first.Zip(renewed), pair => Assert.True(pair.Second.ExpiresAt > pair.First.ExpiresAt));

        await TellAsync("subscriptionRemoved");
        Assert.Equal(2, _desk.TakeDirty().Count); // What came meanwhile was told to nobody.
        await KeepAsync();
        Assert.Empty(first.Select(one => one.Id).Intersect(_store.Subscriptions.All().Select(one => one.Id)));
    }

    [Fact]
    public async Task What_Graph_has_ended_is_asked_for_anew_by_whoever_keeps_that_mailbox_and_once_more_where_that_failed()
    {
        await KeepAsync();
        var first = _store.Subscriptions.All();
        var accounts = _store.Accounts.All();
        await TellAsync("subscriptionRemoved");
        using var end = new CancellationTokenSource();
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _keeper.KeepAsync(_office.Connection, accounts, end.Token));
        foreach (var account in accounts) // As if each were of another tenant.
            Assert.Empty(await _keeper.KeepAsync(_office.Connection, [account], TestContext.Current.CancellationToken));
        var second = _store.Subscriptions.All();
        Assert.Empty(first.Select(one => one.Id).Intersect(second.Select(one => one.Id)));
        await KeepAsync();
        Assert.Equal(second, _store.Subscriptions.All()); // Once is enough.
    }

    [Fact]
    public async Task Where_Graph_does_not_reach_us_it_says_so_and_mail_is_polled()
    {
        var nowhere = new Uri("http://127.0.0.1:9/graph/notices");
        var keeper = new SubscriptionKeeper(_store, _desk, nowhere, _office.Clock);
        var troubles = await keeper.KeepAsync(_office.Connection, _store.Accounts.All(), TestContext.Current.CancellationToken);
        Assert.Contains("could not reach http://127.0.0.1:9/graph/notices", troubles[0].Mistake.Message);
        Assert.Empty(_store.Subscriptions.All());
        Assert.True((await _office.SyncAsync(_store)).Added > 0);
    }

    [Theory]
    [InlineData("mail.acme.example")]
    [InlineData("http://mail.acme.example")]
    [InlineData("ftp://mail.acme.example")]
    [InlineData("https://user@mail.acme.example")]
    [InlineData("https://mail.acme.example/?a=b")]
    public void An_address_that_Graph_would_not_take_is_refused(string url) =>
        Assert.Equal("invalid", Assert.Throws<Mistake>(() => NoticeHost.AddressOf(url)).Code);

    [Fact]
    public void A_path_of_the_proxy_stays_in_front() => Assert.Equal(
        "https://mail.acme.example/onbehalf/graph/notices", NoticeHost.AddressOf("https://mail.acme.example/onbehalf/").AbsoluteUri);

    sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

using System.Net;
using System.Text;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>
/// Graph as it was once heard: answers by what a request's address contains, one after another, the last one for ever.
/// Everybody may sign in. A mailbox with an Inbox and Sent Items, both empty, is there from the beginning.
/// </summary>
sealed class RecordedGraph : HttpMessageHandler
{
    public const string Mailbox = "support@acme.example";
    public const string End = "users('7')/mailFolders('inbox-id')/messages/delta?$deltatoken=end";

    readonly List<(string Part, Queue<Func<HttpResponseMessage>> Answers)> _answers = [];

    public RecordedGraph()
    {
        On("/oauth2/v2.0/token", """{"token_type":"Bearer","expires_in":3599,"access_token":"e30.e30.c2ln"}""");
        On("/mailFolders/delta", $$"""
            {"value":[{"id":"inbox-id","parentFolderId":"root","displayName":"Inbox","totalItemCount":1},
              {"id":"sent-id","parentFolderId":"root","displayName":"Sent Items"}],
             "@odata.deltaLink":"{{Link("users('7')/mailFolders/delta?$deltatoken=1")}}"}
            """);
        foreach (var name in (string[])["drafts", "outbox", "junkemail", "conversationhistory", "syncissues", "scheduled", "deleteditems"])
            On($"/mailFolders/{name}?", 404, Refusal("ErrorItemNotFound", "The specified object was not found in the store."));
        On($"users/{Mailbox}/messages?", """{"value":[]}""");
        On("/mailFolders/inbox?", """{"id":"inbox-id"}""");
        On("/mailFolders/sentitems?", """{"id":"sent-id"}""");
        On("/mailFolders/sent-id/messages/delta", Page("users('7')/mailFolders('sent-id')/messages/delta?$deltatoken=end"));
        On("/mailFolders/inbox-id/messages/delta", Page(End));
        On("/mailFolders/delta?$deltatoken=1",
            $$"""{"value":[],"@odata.deltaLink":"{{Link("users('7')/mailFolders/delta?$deltatoken=1")}}"}""");
        On("('sent-id')/messages/delta", Page("users('7')/mailFolders('sent-id')/messages/delta?$deltatoken=end"));
        On("('inbox-id')/messages/delta?$deltatoken=end", Page(End));
    }

    /// <summary>Every address that was asked for, in order, unescaped.</summary>
    public List<Uri> Asked { get; } = [];

    /// <summary>Answers requests whose address contains this text; the newest rule that fits is taken.</summary>
    public RecordedGraph On(string part, params string[] pages) =>
        On(part, [.. pages.Select(page => (Func<HttpResponseMessage>)(() => Json(HttpStatusCode.OK, page)))]);

    public RecordedGraph On(string part, int status, string body) => On(part, () => Json((HttpStatusCode)status, body));

    public RecordedGraph On(string part, params Func<HttpResponseMessage>[] answers)
    {
        _answers.Add((part, new(answers)));
        return this;
    }

    public static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static string Refusal(string code, string message = "") =>
        $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}","innerError":{"date":"2026-03-02T09:00:00"} } }""";

    public static string Link(string below) => "https://graph.microsoft.com/v1.0/" + below;

    /// <summary>The last page of a round.</summary>
    public static string Page(string deltaLink, params string[] messages) =>
        $$"""{"value":[{{string.Join(',', messages)}}],"@odata.deltaLink":"{{Link(deltaLink)}}"}""";

    /// <summary>A page that is not the last.</summary>
    public static string PageBefore(string nextLink, params string[] messages) =>
        $$"""{"value":[{{string.Join(',', messages)}}],"@odata.nextLink":"{{Link(nextLink)}}"}""";

    /// <summary>A message as delta pages have it.</summary>
    public static string Message(string id, string from = "carl@customer.example", string more = "") => $$$"""
        {"@odata.type":"#microsoft.graph.message","@odata.etag":"W/\"CQ==\"","id":"AAkALg{{{id}}}",
         "internetMessageId":"<{{{id}}}@customer.example>",
         "subject":"Order","receivedDateTime":"2026-03-02T09:14:31Z","sentDateTime":"2026-03-02T09:14:29Z","isDraft":false,
         "from":{"emailAddress":{"name":"Carl","address":"{{{from}}}"} },
         "sender":{"emailAddress":{"name":"Carl","address":"{{{from}}}"} } {{{more}}} }
        """;

    /// <summary>Reads the mailbox through the product's own connection.</summary>
    public async Task<Reading> ReadAsync(
        IReadOnlyDictionary<string, string>? kept = null, TimeProvider? time = null, AppCredential? credential = null,
        Action<MailPage>? onPage = null, bool isNew = false)
    {
        time ??= new ImpatientClock();
        using var connection = new TenantConnection(
            NationalCloud.Global, "00000000-0000-0000-0000-000000000007", "00000000-0000-0000-0000-000000000008",
            credential ?? AppCredential.OfSecret("a-secret"), time, this);
        var addresses = new Addresses();
        var account = new MailAccount(
            addresses.Intern((ReadOnlySpan<char>)Mailbox), Mailbox, Mailbox, Instant.FromUtc(2026, 1, 1, 0, 0));
        var source = new GraphMailSource(connection, account, kept ?? new Dictionary<string, string>(),
            new OwnNames(addresses, [[Mailbox, "help@acme.example"]]), addresses, time);
        var reading = new Reading(addresses, new(kept ?? new Dictionary<string, string>()));
        try
        {
            await foreach (var page in source.ReadAsync(TestContext.Current.CancellationToken))
            {
                reading.Take(page);
                onPage?.Invoke(page);
                source.Tell(isNew ? page.Messages.Count : 0);
            }
        }
        catch (Mistake mistake)
        {
            reading.Mistake = mistake;
        }
        return reading;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = Uri.UnescapeDataString(request.RequestUri!.AbsoluteUri);
        lock (_answers)
        {
            Asked.Add(request.RequestUri);
            var answers = _answers.LastOrDefault(rule => address.Contains(rule.Part, StringComparison.Ordinal)).Answers
                ?? throw new InvalidOperationException($"Nobody recorded an answer for {address}.");
            var answer = (answers.Count > 1 ? answers.Dequeue() : answers.Peek())();
            answer.RequestMessage = request;
            return Task.FromResult(answer);
        }
    }
}

/// <summary>What was read of a mailbox, and the bookmarks that a store would keep.</summary>
sealed class Reading(Addresses addresses, Dictionary<string, string> bookmarks)
{
    public Addresses Addresses => addresses;
    public Dictionary<string, string> Bookmarks => bookmarks;
    public List<MailPage> Pages { get; } = [];
    public List<MessageFact> Messages { get; } = [];
    public Mistake? Mistake { get; set; }
    public IEnumerable<string> Ids => Messages.Select(message => message.MessageId);

    public void Take(MailPage page)
    {
        Pages.Add(page);
        Messages.AddRange(page.Messages);
        foreach (var bookmark in page.Bookmarks)
            if (bookmark.Text is { } text) bookmarks[bookmark.Place] = text;
            else bookmarks.Remove(bookmark.Place);
    }
}

/// <summary>A clock that moves when somebody waits, by as long as they wait. Patience, which is no waiting, never runs out.</summary>
sealed class ImpatientClock : TimeProvider
{
    readonly Lock _lock = new();
    long _ticks = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>How long was waited, each time.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override long GetTimestamp()
    {
        lock (_lock) return _ticks;
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock) _ticks += by.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime == GraphThrottle.Patience || dueTime == GraphPages.Patience)
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            _ticks += dueTime.Ticks;
            if (dueTime > TimeSpan.Zero) Waits.Add(dueTime);
        }
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

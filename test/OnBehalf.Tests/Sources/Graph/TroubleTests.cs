using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OnBehalf.Sources.Graph;
using static OnBehalf.Tests.Sources.Graph.RecordedGraph;

namespace OnBehalf.Tests.Sources.Graph;

/// <summary>Whatever goes wrong: a clear message with what to do, and nothing that was read is lost.</summary>
public sealed class TroubleTests
{
    const string Inbox = "/mailFolders/inbox-id/messages/delta";
    const string Next = "users('7')/mailFolders('inbox-id')/messages/delta?$skiptoken=2";

    [Theory]
    [InlineData(404, "ErrorInvalidUser", "", "not_found", "onbehalf mailbox remove support@acme.example")]
    [InlineData(404, "Request_ResourceNotFound", "", "not_found", "There is no mailbox support@acme.example")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "", "not_found", "has no licence")]
    [InlineData(403, "ErrorAccessDenied", "Access is denied.", "unavailable", "Consent to Mail.ReadBasic.All")]
    [InlineData(403, "ErrorAccessDenied", "[RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.", "unavailable",
        "Test-ApplicationAccessPolicy -Identity support@acme.example")]
    [InlineData(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.", "unavailable", "Check the clock")]
    [InlineData(429, "ApplicationThrottled", "", "unavailable", "Nothing need be done")]
    [InlineData(418, "Odd", "What is this?", "unavailable", "418 Odd What is this?")]
    public async Task A_refusal_in_the_middle_says_what_to_do(int status, string code, string said, string kind, string remedy)
    {
        using var graph = new RecordedGraph()
            .On(Inbox, PageBefore(Next, Message("a"))).On("skiptoken=2", status, Refusal(code, said));
        var reading = await graph.ReadAsync();
        AssertKept(reading, kind, remedy);
    }

    [Theory]
    [InlineData("<html><body>Sign in to the guest network</body></html>")]
    [InlineData("""{"value":[{"id":"AAk","subject":"Or""")]
    [InlineData("""{"value":{"id":1}}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"value":[],"@odata.nextLink":"https://graph.microsoft.com/beta/elsewhere"}""")]
    [InlineData("")]
    public async Task A_malformed_page_is_asked_for_again_and_then_named(string page)
    {
        using var graph = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a"))).On("skiptoken=2", page);
        AssertKept(await graph.ReadAsync(), "unavailable", "Look for a proxy");
        Assert.Equal(3, graph.Asked.Count(address => address.AbsoluteUri.Contains("skiptoken=2")));

        using var mended = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a"))).On("skiptoken=2", page, Page(End, Message("b")));
        var reading = await mended.ReadAsync();
        Assert.Null(reading.Mistake);
        Assert.Equal(["a@customer.example", "b@customer.example"], reading.Ids);
    }

    [Fact]
    public async Task A_damaged_message_costs_only_itself()
    {
        string[] damaged =
        [
            "7", "[]", """{"id":{}}""", """{"id":"x","subject":[1,[2]]}""", """{"id":"x","from":{"emailAddress":"text"}}""",
            """{"id":"x","receivedDateTime":"yesterday"}""", """{"id":"x","internetMessageHeaders":[{"name":"To","value":{}}]}""",
            """{"id":"x","isDraft":"no"}""", """{"id":"x","toRecipients":[3]}""",
        ];
        using var graph = new RecordedGraph().On(Inbox, Page(End, [Message("a"), .. damaged, Message("b")]));
        var reading = await graph.ReadAsync();
        Assert.Equal(["a@customer.example", "b@customer.example"], reading.Ids);
        Assert.Equal(damaged.Length, reading.Pages.Sum(page => page.Damaged.Count));
        Assert.Contains(
            reading.Pages.SelectMany(page => page.Damaged), damage => damage.Where == "support@acme.example, message 4 of a page");
    }

    [Fact]
    public async Task A_next_link_that_leads_to_itself_ends()
    {
        using var graph = new RecordedGraph()
            .On(Inbox, PageBefore(Next, Message("a"))).On("skiptoken=2", PageBefore(Next, Message("b")));
        AssertKept(await graph.ReadAsync(), "unavailable", "do not come to an end");
    }

    [Fact]
    public async Task Empty_pages_that_lead_on_for_ever_end()
    {
        var page = 2;
        using var graph = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a")))
            .On("skiptoken=",
                () => Json(HttpStatusCode.OK, PageBefore(Next.Replace("=2", $"={++page}", StringComparison.Ordinal))));
        AssertKept(await graph.ReadAsync(), "unavailable", "do not come to an end");
        Assert.InRange(page, GraphLimits.EmptyPagesInRow, GraphLimits.EmptyPagesInRow + 5);
    }

    [Fact]
    public async Task Pages_that_lead_on_for_ever_end()
    {
        var page = 2;
        using var graph = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a")))
            .On("skiptoken=", () => Json(
                HttpStatusCode.OK, PageBefore(Next.Replace("=2", $"={++page}", StringComparison.Ordinal), Message("a"))));
        AssertKept(await graph.ReadAsync(), "unavailable", "do not come to an end");
        Assert.InRange(page, GraphLimits.PagesOfRound - 5, GraphLimits.PagesOfRound + 5);
    }

    [Fact]
    public async Task A_token_that_is_never_known_ends()
    {
        using var graph = new RecordedGraph()
            .On("/mailFolders/sent-id/messages/delta", Page("users('7')/mailFolders('sent-id')/messages/delta?$deltatoken=1", Message("a")))
            .On(Inbox, 410, Refusal("SyncStateNotFound"));
        AssertKept(await graph.ReadAsync(), "unavailable", "is refused however often");
    }

    [Fact]
    public async Task A_page_that_says_it_has_two_gigabytes_is_refused_unread()
    {
        using var body = new EndlessBody();
        using var graph = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a"))).On("skiptoken=2", () =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) };
            answer.Content.Headers.ContentLength = 2L << 30;
            return answer;
        });
        AssertKept(await graph.ReadAsync(), "unavailable", "longer than 32 MiB");
        Assert.Equal(0, body.BytesRead);
    }

    [Fact]
    public async Task A_page_that_does_not_end_is_refused_at_the_limit()
    {
        using var body = new EndlessBody();
        using var graph = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a")))
            .On("skiptoken=2", () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(body) });
        AssertKept(await graph.ReadAsync(), "unavailable", "longer than 32 MiB");
        Assert.InRange(body.BytesRead, GraphLimits.Page, GraphLimits.Page * 2L + 1);
    }

    [Fact]
    public async Task A_certificate_that_expires_between_two_pages_is_named_and_the_first_page_is_kept()
    {
        using var key = RSA.Create(2048);
        var clock = new ImpatientClock();
        using var certificate = new CertificateRequest("CN=onbehalf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(clock.GetUtcNow().AddYears(-1), clock.GetUtcNow().AddHours(1));
        using var graph = new RecordedGraph().On(Inbox, PageBefore(Next, Message("a"))).On("skiptoken=2", Page(End));
        var reading = await graph.ReadAsync(
            time: clock, credential: AppCredential.OfCertificate(certificate),
            onPage: page => clock.Advance(page.Messages.Count > 0 ? TimeSpan.FromHours(2) : TimeSpan.Zero));
        AssertKept(reading, "invalid", "expired on 2026-03-02");
    }

    [Fact]
    public async Task A_mailbox_with_more_folders_than_any_has_is_refused()
    {
        var folders = Enumerable.Range(0, GraphLimits.Folders + 1).Select(number => $$"""{"id":"f{{number}}"}""");
        using var graph = new RecordedGraph().On("/mailFolders/delta", $$"""{"value":[{{string.Join(',', folders)}}]}""");
        Assert.Contains("more than 20,000 folders", (await graph.ReadAsync()).Mistake!.Message, StringComparison.Ordinal);
    }

    static void AssertKept(Reading reading, string code, string remedy)
    {
        Assert.NotNull(reading.Mistake);
        Assert.Equal(code, reading.Mistake.Code);
        Assert.Contains(remedy, reading.Mistake.Message, StringComparison.Ordinal);
        Assert.Contains("a@customer.example", reading.Ids);
        Assert.NotEmpty(reading.Bookmarks);
    }

    /// <summary>Blanks without end, counted.</summary>
    sealed class EndlessBody : Stream
    {
        public long BytesRead { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            BytesRead += count;
            return count;
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

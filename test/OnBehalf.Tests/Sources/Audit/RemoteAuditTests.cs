using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources;
using OnBehalf.Sources.Audit;
using OnBehalf.Tests.Sources.Graph;

namespace OnBehalf.Tests.Sources.Audit;

/// <summary>
/// Both audit services of a simulated tenant over HTTP, against the same tenant's log exported to a file and read by the
/// file source.
/// </summary>
public sealed class RemoteAuditTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("none")]
    [InlineData("all")]
    public async Task The_audit_query_finds_every_send_once(string quirks)
    {
        await using var some = await SomeTenant.OpenAsync("send-as-with-audit", Quirks.Parse(quirks));

        var read = await ReadAsync(new GraphAuditSource(some.Connection, new(), some.Clock, null));

        Assert.Equal(await ExportedAsync(some), Ids(read));
        Assert.Equal(read.Sum(page => page.Sends.Count), Ids(read).Count);
        Assert.Equal("2026-02-04T00:00:00", read[^1].Cursor);
        Assert.Empty(read.SelectMany(page => page.Damaged));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("all")]
    public async Task The_feed_finds_every_send_when_it_is_read_every_other_day(string quirks)
    {
        await using var some = await SomeTenant.OpenAsync("send-as-with-audit", Quirks.Parse(quirks), daysBeforeEnd: 28);

        var (ids, addresses, records) = (new SortedSet<Guid>(), new Addresses(), 0);
        string? until = null;
        for (var day = 0; day <= 28; day += 2)
        {
            if (day > 0) some.Clock.Advance(TimeSpan.FromDays(2));
            var source = new ActivityFeedSource(some.Connection, addresses, some.Clock, until);
            var read = await ReadAsync(source);
            Assert.Null(source.Gap);
            ids.UnionWith(Ids(read));
            records += read.Sum(page => page.Records);
            until = read[^1].Cursor;
            Assert.Equal(AuditSpan.Text(some.Now), until);
        }

        Assert.Equal(await ExportedAsync(some), ids);
        Assert.True(records > ids.Count, "The feed holds what is no send, too.");
    }

    [Fact]
    public async Task A_record_that_comes_thirty_hours_late_is_found_by_the_reading_after_it()
    {
        await using var some = await SomeTenant.OpenAsync("late-audit", daysBeforeEnd: 1);
        var before = await ExportedAsync(some);
        var until = AuditSpan.Text(some.Now);
        some.Clock.Advance(TimeSpan.FromDays(1));
        var late = (await ExportedAsync(some)).Except(before).ToList();
        Assert.NotEmpty(late);

        Assert.Empty(late.Except(Ids(await ReadAsync(new GraphAuditSource(some.Connection, new(), some.Clock, until)))));
        Assert.Empty(late.Except(Ids(await ReadAsync(new ActivityFeedSource(some.Connection, new(), some.Clock, until)))));
    }

    [Fact]
    public async Task The_feed_says_what_it_could_no_longer_read()
    {
        await using var some = await SomeTenant.OpenAsync("send-as-with-audit");

        var source = new ActivityFeedSource(some.Connection, new(), some.Clock, AuditSpan.Text(some.Now - Duration.FromDays(10)));
        await ReadAsync(source);

        Assert.Equal(Duration.FromDays(3), (source.Gap!.Value.Until - source.Gap.Value.From - Duration.FromMinutes(5)));
    }

    [Fact]
    public async Task Where_auditing_is_off_the_command_that_switches_it_on_is_said()
    {
        await using var some = await SomeTenant.OpenAsync("send-as-no-audit");

        foreach (IAuditSource source in new IAuditSource[]
        {
            new GraphAuditSource(some.Connection, new(), some.Clock, null),
            new ActivityFeedSource(some.Connection, new(), some.Clock, null),
        })
        {
            var mistake = await Assert.ThrowsAsync<Mistake>(() => ReadAsync(source));
            Assert.Equal("unavailable", mistake.Code);
            Assert.Contains("Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true", mistake.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_permission_the_one_that_is_missing_is_named()
    {
        await using var some = await SomeTenant.OpenAsync(
            "send-as-with-audit", app: RegisteredApp.Default with { Roles = ["User.Read.All"] });

        var query = await Assert.ThrowsAsync<Mistake>(() => ReadAsync(new GraphAuditSource(some.Connection, new(), some.Clock, null)));
        Assert.Contains(GraphAuditSource.Role, query.Message, StringComparison.Ordinal);
        var feed = await Assert.ThrowsAsync<Mistake>(() => ReadAsync(new ActivityFeedSource(some.Connection, new(), some.Clock, null)));
        Assert.Contains(ActivityFeedSource.Role, feed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Slices_join_without_a_gap_and_end_where_they_should()
    {
        var (from, until) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 3, 5, 0));

        var slices = AuditSpan.Slices(from, until, Duration.FromDays(1)).ToList();

        Assert.Equal(3, slices.Count);
        Assert.Equal((from, until), (slices[0].From, slices[^1].Until));
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        Assert.Empty(AuditSpan.Slices(until, until, Duration.FromDays(1)));
        Assert.Equal(until, AuditSpan.Parse(AuditSpan.Text(until)));
    }

    static async Task<List<AuditPage>> ReadAsync(IAuditSource source)
    {
        var pages = new List<AuditPage>();
        await foreach (var page in source.ReadAsync(Cancel)) pages.Add(page);
        return pages;
    }

    static SortedSet<Guid> Ids(IEnumerable<AuditPage> pages) =>
        [.. pages.SelectMany(page => page.Sends).Select(send => send.RecordId)];

    static async Task<SortedSet<Guid>> ExportedAsync(SomeTenant some)
    {
        using var stream = new MemoryStream();
        some.Tenant.WriteAuditLines(stream);
        stream.Position = 0;
        return Ids(await ReadAsync(new FileAuditSource(["-"], new(), stream)));
    }
}

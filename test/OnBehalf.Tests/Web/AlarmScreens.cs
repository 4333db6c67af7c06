using NodaTime;
using OnBehalf.Engine.Setups;
using OnBehalf.Store;
using OnBehalf.Tests.Cli;

namespace OnBehalf.Tests.Web;

/// <summary>An audit log that is not read is told of on the Setup screen, with what to do, and beside coverage.</summary>
public sealed class AlarmScreens(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_silent_audit_log_is_on_the_screens_that_depend_on_it()
    {
        Assert.DoesNotContain("audit log", await site.TextAsync("/coverage"), StringComparison.Ordinal);
        using (var store = MailStore.Open(site.Shell.Store, StoreAccess.Write, Shell.Clock))
        {
            var import = store.Facts.Begin(ImportKind.Audit, "activity feed");
            import.AppendSends([], window: new(Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 8, 0, 0)));
            import.Finish();
            store.Readings.Note(import.Id, Duration.FromDays(7), "refused");
        }
        const string evidence = "The audit log was last read up to 2026-01-08 00:00 UTC, 6 days ago.";
        var setup = await site.TextAsync("/setup");
        Assert.Contains(evidence, setup, StringComparison.Ordinal);
        Assert.Contains("onbehalf sync --watch", setup, StringComparison.Ordinal);
        var coverage = await site.TextAsync("/coverage");
        Assert.Contains(evidence, coverage, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/setup\">What to do</a>", coverage, StringComparison.Ordinal);
    }

    [Theory, InlineData(Severity.Note), InlineData(Severity.Warning)]
    public async Task What_is_to_be_typed_stands_line_by_line_and_can_be_copied(Severity severity)
    {
        using (var store = MailStore.Open(site.Shell.Store, StoreAccess.Write, Shell.Clock))
            store.Setup.Replace(
                [new(SetupFault.PermissionTooWide, severity, "tenant", "More than is needed.", ["First-Step", "Second-Step"])],
                Instant.FromUtc(2026, 1, 14, 0, 0));
        var setup = System.Net.WebUtility.HtmlDecode(await site.TextAsync("/setup")).ReplaceLineEndings("\n");
        const string Typed = "<pre><span class=\"word\">First-Step</span>\n<span class=\"word\">Second-Step</span></pre>";
        Assert.Contains(Typed, setup, StringComparison.Ordinal);
        Assert.Contains("data-copy=\"First-Step\nSecond-Step\"", setup, StringComparison.Ordinal);
    }
}

using NodaTime;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// The audit log's reading stops, and time passes: two days give a warning, five an error while the feed still has everything,
/// and what is lost after seven is named until somebody fills it.
/// </summary>
public sealed class AlarmTests(Ward ward) : IClassFixture<Ward>
{
    static readonly Patient OnFeed = Patient.Healthy.With(["AuditLogsQuery-Exchange.Read.All"]);

    [Fact]
    public async Task A_log_that_is_not_read_any_more_is_told_of_before_anything_is_lost()
    {
        var clinic = await ward.AdmitAsync(OnFeed);
        Assert.Empty(await clinic.ExamineAsync());
        clinic.Clock.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        Assert.Empty(clinic.Say());
        clinic.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("""
            warning audit-silent tenant: The audit log was last read up to 2026-01-15 00:00 UTC, 2 days ago. Records are lost from \
            2026-01-22 00:00 UTC on, when Microsoft 365 activity feed no longer has them.
              onbehalf sync, and onbehalf sync --watch to go on by itself
              onbehalf doctor says what is left to do
            """.Replace("\\\n", "", StringComparison.Ordinal), Assert.Single(clinic.Say()));
        clinic.Clock.Advance(TimeSpan.FromDays(3));
        Assert.StartsWith("error audit-silent tenant: The audit log was last read up to 2026-01-15 00:00 UTC, 5 days ago.",
            Assert.Single(clinic.Say()), StringComparison.Ordinal);
        Assert.Empty(await clinic.ExamineAsync());
    }

    [Fact]
    public async Task What_the_feed_no_longer_had_is_a_gap_until_an_export_fills_it()
    {
        var clinic = await ward.AdmitAsync(OnFeed);
        await clinic.SyncAsync();
        clinic.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("""
            warning audit-gap tenant: The audit log was never read from 2026-01-15 00:00 to 2026-01-16 00:05 UTC: who sent as a \
            mailbox then is not known. A search by hand still finds it.
              Search-UnifiedAuditLog -StartDate '2026-01-15T00:00:00Z' -EndDate '2026-01-16T00:05:00Z' -RecordType ExchangeItem \
            -Operations SendAs,SendOnBehalf -SessionId onbehalf -SessionCommand ReturnLargeSet -ResultSize 5000 \
            | Export-Csv audit.csv -NoTypeInformation (again until it gives nothing)
              onbehalf import audit audit.csv --from 2026-01-15T00:00:00Z --to 2026-01-16T00:05:00Z
            """.Replace("\\\n", "", StringComparison.Ordinal), Assert.Single(await clinic.ExamineAsync()));

        var export = clinic.Store.Facts.Begin(OnBehalf.Store.ImportKind.Audit, "audit.csv");
        export.AppendSends([], window: new(Instant.FromUtc(2026, 1, 15, 0, 0), Instant.FromUtc(2026, 1, 16, 0, 5)));
        export.Finish();
        Assert.Empty(clinic.Say());
    }

    [Fact]
    public async Task A_log_that_never_answers_is_told_of_with_what_it_said()
    {
        // Nobody may ask Exchange whether auditing is on, so only the refusals show that it is not.
        var clinic = await ward.AdmitAsync(Patient.Healthy.With(["Exchange.ManageAsApp"])
            .With((OnBehalf.Simulator.Scenario all) => all with { UnifiedAudit = false }));
        Assert.Single(await clinic.SyncAsync());
        Assert.DoesNotContain(clinic.Say(), text => text.Contains("audit-silent", StringComparison.Ordinal));
        clinic.Clock.Advance(TimeSpan.FromDays(3));
        await clinic.SyncAsync();
        var alarm = Assert.Single(clinic.Say(), text => text.Contains("audit-silent", StringComparison.Ordinal));
        Assert.Contains("3 days ago", alarm, StringComparison.Ordinal);
        Assert.Contains("The last attempt ended with: The unified audit log of this tenant is off", alarm, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_search_reaches_back_so_far_that_a_week_loses_nothing()
    {
        var clinic = await ward.AdmitAsync(Patient.Healthy);
        await clinic.SyncAsync();
        clinic.Clock.Advance(TimeSpan.FromDays(30));
        Assert.StartsWith("warning audit-silent", Assert.Single(clinic.Say()), StringComparison.Ordinal);
        Assert.Empty(await clinic.ExamineAsync());
        Assert.Single(clinic.Store.Readings.Windows());
    }

    [Fact]
    public void Spans_that_touch_or_overlap_leave_no_gap_and_old_gaps_are_nobodys_work()
    {
        Instant Day(int day) => Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromDays(day);
        AuditReading[] readings = [new() { Source = "feed", Kept = Duration.FromDays(7), AskedAt = Day(0) }];
        Assert.Empty(AuditAlarm.Find(readings, [new(Day(3), Day(5)), new(Day(0), Day(2)), new(Day(1), Day(3))], Day(5)));
        Interval[] torn = [new(Day(0), Day(1)), new(Day(2), Day(200))];
        Assert.Single(AuditAlarm.Find(readings, [torn[0], new(Day(2), Day(182))], Day(182)));
        Assert.Empty(AuditAlarm.Find(readings, [torn[0], new(Day(2), Day(183))], Day(183)));
        Assert.Empty(AuditAlarm.Find([], torn, Day(300)));
    }
}

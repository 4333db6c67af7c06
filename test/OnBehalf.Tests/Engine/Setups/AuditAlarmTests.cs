using System.Globalization;
using NodaTime;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Tests.Engine.Setups;

/// <summary>
/// The alarm says that the audit log is no longer read two days after it stopped, gets louder two days before anything is lost, and
/// names what was never read for as long as a search by hand still finds it.
/// </summary>
public sealed class AuditAlarmTests
{
    static readonly Instant Now = Instant.FromUtc(2026, 3, 20, 12, 0);

    static readonly AuditReading Feed = new() { Source = "the feed", Kept = Duration.FromDays(7), AskedAt = Now - Duration.FromDays(1) };

    [Fact]
    public void A_log_that_is_not_read_is_told_of_in_full() => Assert.Equal(
        "Warning AuditSilent tenant: The audit log was last read up to 2026-03-17 12:00 UTC, 3 days ago. Records are lost from "
            + "2026-03-24 12:00 UTC on, when the feed no longer has them. The last attempt ended with: no licence"
            + " | onbehalf sync, and onbehalf sync --watch to go on by itself | onbehalf doctor says what is left to do",
        Assert.Single(Find([Feed with { Problem = "no licence" }], Window(-10, -3))));

    [Fact]
    public void A_log_that_was_never_read_is_silent_since_it_was_first_asked() => Assert.Equal(
        "Warning AuditSilent tenant: The audit log was last read up to 2026-03-16 12:00 UTC, 4 days ago. Records are lost from "
            + "2026-09-12 12:00 UTC on, when the search no longer has them."
            + " | onbehalf sync, and onbehalf sync --watch to go on by itself | onbehalf doctor says what is left to do",
        Assert.Single(Find([Feed, Feed with
        {
            Source = "the search", Kept = Duration.FromDays(180), AskedAt = Now - Duration.FromDays(4),
        }])));

    [Theory] // Hours since it was last read. What the feed has is lost after seven days.
    [InlineData(47.99, null)]
    [InlineData(48, Severity.Warning)]
    [InlineData(119.99, Severity.Warning)]
    [InlineData(120, Severity.Error)]
    [InlineData(500, Severity.Error)]
    public void Two_days_of_silence_are_a_warning_and_two_days_before_a_loss_it_is_an_error(double hours, Severity? severity)
    {
        var until = Now - Duration.FromHours(hours);

        Assert.Equal(severity, AuditAlarm.Find([Feed], [new(until - Duration.FromDays(1), until)], Now).SingleOrDefault()?.Severity);
    }

    [Fact]
    public void A_gap_is_told_of_with_the_search_that_fills_it() => Assert.Equal(
        "Warning AuditGap tenant: The audit log was never read from 2026-03-15 12:00 to 2026-03-16 12:00 UTC: who sent as a mailbox "
            + "then is not known. A search by hand still finds it. | Search-UnifiedAuditLog -StartDate '2026-03-15T12:00:00Z' -EndDate "
            + "'2026-03-16T12:00:00Z' -RecordType ExchangeItem -Operations SendAs,SendOnBehalf -SessionId onbehalf -SessionCommand "
            + "ReturnLargeSet -ResultSize 5000 | Export-Csv audit.csv -NoTypeInformation (again until it gives nothing) | onbehalf "
            + "import audit audit.csv --from 2026-03-15T12:00:00Z --to 2026-03-16T12:00:00Z",
        Assert.Single(Find([Feed], Window(-4, 0), Window(-10, -5))));

    [Theory] // Days from now: of windows in any order, those that overlap or touch are one.
    [InlineData(0, "-9..-5 -5..0")]
    [InlineData(0, "-5..0 -9..-4")]
    [InlineData(0, "-9..0 -8..-7")]
    [InlineData(1, "-9..-7 -6..0")]
    [InlineData(2, "-9..-8 -7..-6 -5..0")]
    [InlineData(1, "-9..-3 -8..-7 -2..0")]
    [InlineData(1, "-200..-190 -179.9..0")] // its end can still be found by hand
    [InlineData(1, "-200..-190 -180..0")]
    [InlineData(0, "-200..-190 -180.1..0")] // nobody can fill it any more
    public void A_gap_is_what_lies_between_windows_and_can_still_be_filled(int gaps, string days) =>
        Assert.Equal(gaps, Find([Feed], [.. days.Split(' ').Select(WindowOf)]).Count);

    [Fact]
    public void Where_no_log_is_read_none_is_missed() => Assert.Empty(Find([], Window(-20, -10), Window(-9, -8)));

    [Fact]
    public void Silence_that_loses_something_comes_before_a_gap() => Assert.Equal(
        [SetupFault.AuditSilent, SetupFault.AuditGap],
        AuditAlarm.Find([Feed], [Window(-20, -15), Window(-14, -6)], Now).Select(finding => finding.Fault));

    [Fact]
    public void Gaps_come_in_the_order_of_time() => Assert.Equal(
        ["2026-03-10", "2026-03-14"],
        Find([Feed], Window(-5, 0), Window(-20, -10), Window(-9, -6)).Select(said => said.Split("read from ")[1][..10]));

    static Interval WindowOf(string days) => Window(
        double.Parse(days.Split("..")[0], CultureInfo.InvariantCulture), double.Parse(days.Split("..")[1], CultureInfo.InvariantCulture));

    static Interval Window(double from, double to) => new(Now + Duration.FromDays(from), Now + Duration.FromDays(to));

    static List<string> Find(AuditReading[] readings, params Interval[] windows) =>
    [
        .. AuditAlarm.Find(readings, windows, Now).Select(finding =>
            $"{finding.Severity} {finding.Fault} {finding.Where}: {finding.Evidence}"
                + string.Concat(finding.Remedy.Select(r => " | " + r))),
    ];
}

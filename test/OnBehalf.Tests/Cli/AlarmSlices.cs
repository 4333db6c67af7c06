using OnBehalf.Tests.EndToEnd;

namespace OnBehalf.Tests.Cli;

/// <summary>An audit log that is not read is told of wherever its figures are: by doctor, by reports, by the next sync.</summary>
public sealed class AlarmSlices
{
    [Fact]
    public async Task A_gap_is_told_by_doctor_report_and_sync_until_an_export_fills_it()
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy.With(["AuditLogsQuery-Exchange.Read.All"]));
        var said = await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        Assert.True(said.Code == 0, said.ToString());
        await shell.RunAsync("schedule", "set", "Mon-Fri 08:00-17:00", "--zone", "Europe/Prague", "--yes");

        shell.Clock.Advance(TimeSpan.FromDays(8));
        var doctor = await shell.RunAsync("doctor", "--format", "json");
        Assert.Equal(9, doctor.Code);
        Assert.Contains("8 days ago", Assert.Single(doctor.Rows()).GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.Contains("8 days ago", (await ReportAsync(shell)).Error, StringComparison.Ordinal);

        var sync = await shell.RunAsync("sync");
        Assert.Contains("Warning: The audit log was never read from 2026-01-15 00:00 to 2026-01-16 00:05 UTC", sync.Error,
            StringComparison.Ordinal);
        Assert.Contains("never read from", (await ReportAsync(shell)).Error, StringComparison.Ordinal);

        var export = Path.Combine(Path.GetDirectoryName(shell.StorePath)!, "audit.csv");
        await File.WriteAllTextAsync(export, "RecordType,CreationDate,AuditData\n", TestContext.Current.CancellationToken);
        said = await shell.RunAsync(
            "import", "audit", export, "--from", "2026-01-15T00:00:00Z", "--to", "2026-01-16T00:05:00Z");
        Assert.True(said.Code == 0, said.ToString());
        doctor = await shell.RunAsync("doctor");
        Assert.True(doctor.Code == 0, doctor.ToString());
        Assert.DoesNotContain("never read", (await ReportAsync(shell)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "2026-01-15T00:00:00Z")]
    [InlineData("--from", "2026-01-16T00:00:00Z", "--to", "2026-01-15T00:00:00Z")]
    [InlineData("--from", "yesterday", "--to", "2026-01-15T00:00:00Z")]
    public async Task A_span_has_two_ends_in_order(params string[] span)
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy);
        var export = Path.Combine(Path.GetDirectoryName(shell.StorePath)!, "audit.csv");
        await File.WriteAllTextAsync(export, "RecordType,CreationDate,AuditData\n", TestContext.Current.CancellationToken);
        Assert.Equal(2, (await shell.RunAsync(["import", "audit", export, .. span])).Code);
    }

    [Fact]
    public async Task The_doctor_shows_how_the_mail_itself_was_sent()
    {
        await using var shell = await TenantShell.OpenAsync(Patient.Healthy);
        await shell.RunAsync(["connect", .. shell.Ids, "--credential", shell.Secret, "--all"]);
        var row = Assert.Single((await shell.RunAsync("doctor", "--mail", "--format", "json")).Rows());
        Assert.Equal(Patient.Desk, row.GetProperty("mailbox").GetString());
        Assert.True(row.GetProperty("sent").GetInt32() > 10);
        string[] parts = ["on_behalf_rate", "as_with_a_record_rate", "own_name_rate", "otherwise_known_rate",
            "as_without_a_record_rate", "unknown_rate"];
        Assert.Equal(1, parts.Sum(part => row.GetProperty(part).GetDouble()), 9);
        Assert.InRange(row.GetProperty("own_name_rate").GetDouble(), 0.001, 0.2);
        Assert.Equal(0, row.GetProperty("unknown_rate").GetDouble());
        var doctor = await shell.RunAsync("doctor");
        Assert.Contains("on behalf", doctor.Out, StringComparison.Ordinal);
        Assert.Contains("support@acme.example: 3 hold Full Access, 0 Send As, 3 Send on Behalf; copies of Send As on, of Send on Behalf "
            + "on; auditing on.", doctor.Error, StringComparison.Ordinal);
    }

    static Task<Outcome> ReportAsync(TenantShell shell) =>
        shell.RunAsync("report", "agents", "--from", "2026-01-05", "--to", "2026-01-15");
}

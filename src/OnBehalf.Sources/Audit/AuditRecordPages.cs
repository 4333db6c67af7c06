using OnBehalf.Engine;

namespace OnBehalf.Sources.Audit;

/// <summary>What both audit services have in common: pages of records as JSON, and a log that may be off.</summary>
static class AuditRecordPages
{
    /// <summary>Hands every record of an answer to the intake, which keeps sends and drops the rest.</summary>
    public static async Task TakeAsync(byte[] answer, RecordIntake intake, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(answer, writable: false);
        var window = new Window(stream);
        var records = new JsonRecords(window, intake);
        while (!window.Ended)
        {
            await window.FillAsync(cancellation);
            while (records.Next()) { }
        }
        records.Finish();
    }

    /// <summary>The unified audit log is off, so neither service has anything.</summary>
    public static Mistake AuditIsOff() => new("unavailable",
        "The unified audit log of this tenant is off, so nobody's Send As is recorded. Switch it on with "
        + "Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true; it records from then on.");
}

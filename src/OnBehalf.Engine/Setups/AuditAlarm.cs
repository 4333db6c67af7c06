using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OnBehalf.Engine.Setups;

/// <summary>
/// Warns before audit records are lost, and tells which were. The Management Activity API keeps what it has for seven days
/// (Office 365 Management Activity API reference); after that only a search by hand finds it.
/// </summary>
public static class AuditAlarm
{
    /// <summary>Records come within a day as a rule, so a log that was not read for so long is worth a warning.</summary>
    public static readonly Duration Notice = Duration.FromDays(2);

    /// <summary>So long before records are lost the warning becomes an error.</summary>
    public static readonly Duration Reserve = Duration.FromDays(2);

    /// <summary>How long a search by hand finds records (Microsoft Purview, standard retention).</summary>
    public static readonly Duration Searchable = Duration.FromDays(180);

    static readonly InstantPattern Minutes = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");
    static readonly InstantPattern Seconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>What there is to say now; nothing where no audit log was ever asked.</summary>
    /// <param name="readings">The interfaces that were asked.</param>
    /// <param name="windows">The spans that were read, by whatever way.</param>
    /// <param name="now">The present.</param>
    public static IReadOnlyList<SetupFinding> Find(
        IReadOnlyList<AuditReading> readings, IEnumerable<Interval> windows, Instant now)
    {
        if (readings.Count == 0) return [];
        var read = Joined(windows);
        return SetupCheck.InOrder([.. Silence(readings, read, now), .. Gaps(read, now)]);
    }

    static IEnumerable<SetupFinding> Silence(IReadOnlyList<AuditReading> readings, List<Interval> read, Instant now)
    {
        var until = read.Count > 0 ? read[^1].End : readings.Min(reading => reading.AskedAt);
        if (now - until < Notice) yield break;
        var source = readings.MaxBy(reading => reading.Kept)!; // There is one, as was just seen.
        var lostFrom = until + source.Kept;
        var problem = readings.Select(reading => reading.Problem).FirstOrDefault(text => text is not null);
        yield return new(SetupFault.AuditSilent, now >= lostFrom - Reserve ? Severity.Error : Severity.Warning, SetupCheck.Tenant,
            string.Create(CultureInfo.InvariantCulture, $"The audit log was last read up to {Minutes.Format(until)} UTC, ")
                + string.Create(CultureInfo.InvariantCulture, $"{(now - until).Days} days ago. ")
                + $"Records are lost from {Minutes.Format(lostFrom)} UTC on, when {source.Source} no longer has them."
                + (problem is null ? "" : $" The last attempt ended with: {problem}"),
            ["onbehalf sync, and onbehalf sync --watch to go on by itself", "onbehalf doctor says what is left to do"]);
    }

    static IEnumerable<SetupFinding> Gaps(List<Interval> read, Instant now)
    {
        for (var i = 1; i < read.Count; i++)
        {
            var (from, until) = (read[i - 1].End, read[i].Start);
            if (until < now - Searchable) continue; // Nobody can fill it any more.
            yield return new(SetupFault.AuditGap, Severity.Warning, SetupCheck.Tenant,
                $"The audit log was never read from {Minutes.Format(from)} to {Minutes.Format(until)} UTC: who sent as a mailbox "
                    + "then is not known. A search by hand still finds it.",
                [
                    $"Search-UnifiedAuditLog -StartDate '{Seconds.Format(from)}' -EndDate '{Seconds.Format(until)}' "
                        + "-RecordType ExchangeItem -Operations SendAs,SendOnBehalf "
                        + "-SessionId onbehalf -SessionCommand ReturnLargeSet -ResultSize 5000 "
                        + "| Export-Csv audit.csv -NoTypeInformation (again until it gives nothing)",
                    $"onbehalf import audit audit.csv --from {Seconds.Format(from)} --to {Seconds.Format(until)}",
                ]);
        }
    }

    // In order, overlapping and touching ones made one.
    static List<Interval> Joined(IEnumerable<Interval> windows)
    {
        var joined = new List<Interval>();
        foreach (var window in windows.OrderBy(window => window.Start).ThenBy(window => window.End))
            if (joined.Count > 0 && window.Start <= joined[^1].End)
                joined[^1] = new(joined[^1].Start, Instant.Max(joined[^1].End, window.End));
            else joined.Add(window);
        return joined;
    }
}

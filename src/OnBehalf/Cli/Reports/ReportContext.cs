using System.Globalization;
using NodaTime;
using NodaTime.Extensions;
using OnBehalf.Checks;
using OnBehalf.Engine.Queries;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli.Reports;

/// <summary>What a report is made from, and what it says about itself.</summary>
sealed record ReportContext(
    MailStore Store, RuleBook Rules, MetricReader Reader, MetricQuery Query, Terminal Terminal,
    CancellationToken Cancellation)
{
    /// <summary>Answers the question of the report for some metrics and dimensions.</summary>
    public MetricResult Ask(IReadOnlyList<string> metrics, params IReadOnlyList<string> dimensions) =>
        Reader.Answer(Query with { Metrics = metrics, Dimensions = dimensions }, Cancellation);

    /// <summary>Says, beside the figures, which range and clock they are by and how far authors are known.</summary>
    public void SayWhatTheyStandOn(MetricResult result, string dating)
    {
        var coverage = result.Coverage;
        Terminal.Say(string.Create(CultureInfo.InvariantCulture,
            $"{Local(Query.From)} to {Local(Query.To)} {Query.Zone.Id}, {Query.Clock.ToString().ToLowerInvariant()} clock, {dating}."));
        Terminal.Say(coverage.Value is { } known
            ? string.Create(CultureInfo.InvariantCulture,
                $"Coverage {known:P1}: of {coverage.All:N0} outbound messages by people {coverage.Known:N0} known, ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"{coverage.Ambiguous:N0} ambiguous, {coverage.Pending:N0} pending, {coverage.Unattributed:N0} unattributed.")
            : "Coverage –: no outbound message by a person.");
        foreach (var alarm in SetupLook.Alarms(Store, Terminal.Time.GetCurrentInstant()))
            Terminal.Say($"{alarm.Evidence} Until then coverage is less than it could be; onbehalf doctor says what to do.");
        if (result.LeftOut.Undated > 0)
            Terminal.Say($"Left out: {Counted.Of(result.LeftOut.Undated, "message", "messages")} without a readable date.");
        if (result.LeftOut.UnfinishedCycles > 0)
            Terminal.Say("Left out of handoffs: " + Counted.Of(
                result.LeftOut.UnfinishedCycles, "cycle that was answered later, too.", "cycles that were answered later, too."));
    }

    /// <summary>A local time for people.</summary>
    public string Local(Instant instant) =>
        instant.InZone(Query.Zone).ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

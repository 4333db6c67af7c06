using System.Globalization;
using System.Text;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;

namespace OnBehalf.Tests.Engine.Stories;

/// <summary>What the engine says of a conversation, as a person would read it.</summary>
static class StoryReport
{
    public static void Write(
        StringBuilder text, Walk walk, Func<MessageFact, string> label, Func<AddressId, string> name, DateTimeZone zone)
    {
        foreach (var (message, finding) in walk.Messages.Zip(walk.Findings))
            text.Append("  ").Append(label(message.Fact)).Append("  ").AppendLine(Line(walk, message, finding, name, zone));
        foreach (var cycle in walk.Findings.Where(f => f.Cycle is not null))
            text.Append("    cycle: ").AppendLine(CycleLine(cycle.Cycle!, zone));
    }

    static string Line(
        Walk walk, AttributedMessage message, Finding finding, Func<AddressId, string> name, DateTimeZone zone)
    {
        List<string> parts = [message.Direction == Direction.Inbound ? $"in from {name(finding.Requester)}" : "out"];
        if (message.Kind != Kind.Human) parts.Add(message.Kind.ToString());
        if (message.Attribution is { } attribution) parts.Add(Author(attribution, name));
        if (finding.Wait is { } wait) parts.Add(WaitPart(wait, finding, zone));
        if (finding.Response is { } response)
            parts.Add($"{(finding.Marks.HasFlag(Marks.First) ? "first" : "next")} response, waited "
                + $"{Clock(response.Waited.Calendar)}, business {Clock(response.Waited.Mailbox)}");
        if (finding.Resolution is { } resolution) parts.Add($"resolution {Clock(resolution.Calendar)}");
        const Marks told = Marks.Touch | Marks.Collision | Marks.Excluded | Marks.NoReplyNeeded | Marks.OutOfHours
            | Marks.Reopened | Marks.Internal | Marks.BegunByAgent;
        if ((finding.Marks & told) is var marks and not Marks.None) parts.Add(marks.ToString());
        return string.Join("; ", parts);
    }

    static string Author(Attribution attribution, Func<AddressId, string> name) => attribution.Match(
        known => $"Known({name(known.Agent)}, {known.Evidence})",
        ambiguous => $"Ambiguous({string.Join(", ", ambiguous.Pieces.Select(p => name(p.Agent)))})",
        unattributed => $"Unattributed({unattributed.Reason})");

    static string WaitPart(WaitFinding wait, Finding finding, DateTimeZone zone) => "opens a wait"
        + (wait.End == WaitEnd.Open ? ", still waiting" : wait.End == WaitEnd.Closed ? ", closed without a reply" : "")
        + (wait.Due > 0 ? $", due {Local(wait.Due, zone)}" : "");

    static string CycleLine(CycleFinding cycle, DateTimeZone zone) =>
        $"{cycle.Replies} replies, {cycle.Touches} touches, {cycle.Handoffs} handoffs, {cycle.Collisions} collisions, "
        + $"customer waited {Clock(cycle.CustomerWait.Calendar)}"
        + (cycle.ClosedAt is { } closed
            ? $", closed {Local(closed, zone)}, known {Local(cycle.ClosingKnownAt!.Value, zone)}" : ", open");

    static string Clock(int seconds) => seconds % 60 == 0
        ? $"{seconds / 3600}:{seconds / 60 % 60:00}"
        : $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}";

    static string Local(long seconds, DateTimeZone zone) => Instant.FromUnixTimeSeconds(seconds).InZone(zone)
        .ToString("ddd dd MMM HH:mm", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Waits;
using OnBehalf.Workers;

namespace OnBehalf.Pages.Conversations;

/// <summary><c>/conversations/c17</c>: one conversation.</summary>
public sealed partial class ConversationPage
{
    Walk _walk = null!; // Walked before anything is shown.
    WaitClocks _clocks = null!;
    string _mailbox = "";

    [Inject]
    FactDesk Desk { get; set; } = null!; // Set before anything is shown.

    protected override void Load() => Desk.Read(store =>
    {
        if (Ask.Name is not ['c', .. var digits] || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var fact)
            || store.Facts.FindFact(fact) is not { } found)
            throw new Mistake("not_found", $"There is no conversation {Ask.Name}.");
        var rules = store.Settings.Rules();
        _walk = Recompute.WalkOf(store, rules, found.Mailbox, fact, Ask.Cancellation);
        _clocks = new(rules.RulesFor(found.Mailbox));
        _mailbox = store.Addresses[found.Mailbox];
        return 0;
    });

    string Subject => _walk.Messages[_walk.Conversation.Root].Fact.Subject is { Length: > 0 } subject ? subject : "(no subject)";

    string Lead =>
        $"{Of(_walk.Messages.Count, "message")}, {Of(_walk.Responses.Cycles.Count, "cycle")}, {Of(_walk.Waits.Count, "wait")}.";

    static string Of(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";

    string Name(AddressId id) => id.IsNone ? "nobody known" : Ask.View.NameOf(Ask.View.Address(id));

    string Who(int i)
    {
        var message = _walk.Messages[i];
        return message.Direction == Direction.Inbound ? Name(message.Author)
            : message.Author.IsNone ? $"{Name(message.Fact.From)}, author not known"
            : $"{Name(message.Author)} for {Name(message.Fact.From)}";
    }

    string Known(int i) => _walk.Messages[i].Attribution?.Match(
        known => $"Known by {Words.Evidence(known.Evidence)}" + (known.Pieces.Count > 1 ? $" and {known.Pieces.Count - 1} more" : ""),
        _ => "The strongest evidence names several people",
        unattributed => $"Not known: {Words.Reason(unattributed.Reason)}") ?? "";

    string Joined(int i) => _walk.Conversation.Messages[i] switch
    {
        { Parent: < 0 } => "Begins the conversation",
        { Rule: var rule, Parent: var parent } => $"Joined to message {parent + 1} by {NameOf(rule)}",
    };

    static string NameOf(JoinRule rule) => rule switch
    {
        JoinRule.InReplyTo => "In-Reply-To",
        JoinRule.References => "References",
        JoinRule.ConversationIndex => "its conversation index",
        JoinRule.ConversationId => "conversation id and subject",
        _ => rule.ToString(),
    };

    IEnumerable<(string Text, string Tone)> Marks(int i)
    {
        var marks = _walk.Findings[i].Marks;
        if (marks.HasFlag(Engine.Findings.Marks.BeganCycle))
            yield return (marks.HasFlag(Engine.Findings.Marks.Reopened) ? "reopened" : "begins a cycle", "");
        if (marks.HasFlag(Engine.Findings.Marks.OpenedWait)) yield return ("opens a wait", "warn");
        if (marks.HasFlag(Engine.Findings.Marks.AnsweredWait))
            yield return (marks.HasFlag(Engine.Findings.Marks.First) ? "first response" : "next response", "good");
        if (marks.HasFlag(Engine.Findings.Marks.Collision)) yield return ("collision", "bad");
        if (marks.HasFlag(Engine.Findings.Marks.Touch)) yield return ("to colleagues only", "");
        if (marks.HasFlag(Engine.Findings.Marks.Excluded)) yield return ("excluded", "");
        if (marks.HasFlag(Engine.Findings.Marks.NoReplyNeeded)) yield return ("no reply needed", "");
    }

    // Whether somebody waits between this message and the next.
    bool IsWaitingAfter(int i) => _walk.Waits.Any(wait =>
        wait.Wait.Opener <= i && (wait.Wait.Answer < 0 ? wait.Wait.EndedAt is null : wait.Wait.Answer > i));

    string Told(MeasuredWait wait) =>
        $"Waited {Shown.Duration(wait.Waited.Calendar)} since {Shown.Time(wait.OpenedAt, Ask.Zone)}; "
        + $"{Shown.Duration(wait.Waited.Mailbox)} of it within business hours"
        + (wait.Promise.Due > 0 ? $"; promised by {Shown.Time(wait.Promise.Due, Ask.Zone)}." : ".");

    IEnumerable<(double Start, double Width)> Open(MeasuredWait wait)
    {
        var (from, to) = (wait.OpenedAt, wait.Wait.EndedAt ?? wait.OpenedAt);
        var whole = Math.Max(1.0, to - from);
        return _clocks.Mailbox.Periods(from, to)
            .Select(p => ((p.Start - from) / whole * 1000, Math.Max(1, (p.End - p.Start) / whole * 1000)));
    }
}

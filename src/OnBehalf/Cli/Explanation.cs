using System.Globalization;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Waits;
using OnBehalf.Store;

namespace OnBehalf.Cli;

/// <summary>Tells a walk through the corridor, step by step, in words.</summary>
sealed class Explanation(MailStore store, Sheet sheet, DateTimeZone zone)
{
    /// <summary>Adds one message of the walk, or all of them.</summary>
    public void Add(AddressId mailbox, Walk walk, long? factId)
    {
        var rules = store.Settings.Rules().RulesFor(mailbox);
        for (var i = 0; i < walk.Messages.Count; i++)
        {
            if (factId is { } wanted && walk.Messages[i].Fact.FactId != wanted) continue;
            AddFact(mailbox, walk.Messages[i].Fact);
            AddAttribution(walk.Messages[i], KindRules.Decide(walk.Messages[i].Fact, rules.Roles).Rule);
            AddJoin(walk, i);
            AddResponse(walk, i);
            AddWait(walk, i, new WaitClocks(rules));
        }
    }

    void AddFact(AddressId mailbox, MessageFact fact)
    {
        Say("1 fact", "message", fact.MessageId == "" ? "(no Message-ID)" : $"<{fact.MessageId}>");
        Say("1 fact", "mailbox", Name(mailbox));
        Say("1 fact", "time", fact.At is { } at ? Time(at.ToUnixTimeSeconds()) : "no readable date: it takes no part in waits");
        Say("1 fact", "from / sender", $"{Name(fact.From)} / {Name(fact.Sender)}");
        if (!fact.Author.IsNone) Say("1 fact", "author header", Name(fact.Author));
        Say("1 fact", "to / cc", $"{string.Join(", ", fact.To.Select(Name))} / {string.Join(", ", fact.Cc.Select(Name))}");
        Say("1 fact", "subject", fact.Subject);
        Say("1 fact", "folder", fact.Folder.ToString());
    }

    void AddAttribution(in AttributedMessage message, string kindRule)
    {
        Say("2 attribution", "direction", message.Direction.ToString());
        Say("2 attribution", "kind", kindRule == "" ? message.Kind.ToString() : $"{message.Kind}: {kindRule}");
        if (message.Attribution is not { } attribution)
        {
            Say("2 attribution", "requester", Name(message.Author));
            return;
        }
        foreach (var piece in attribution.Pieces)
            Say("2 attribution", "evidence", $"{piece.Evidence} ({piece.Grade}) names {Name(piece.Agent)}"
                + (piece.Source is { } record ? $", audit record {record}" : ""));
        Say("2 attribution", "result", attribution.Match(
            known => $"Known: {Name(known.Agent)} by {known.Evidence}",
            _ => "Ambiguous: the strongest evidence names several people",
            unattributed => $"Unattributed: {unattributed.Reason}"));
    }

    void AddJoin(Walk walk, int i)
    {
        var joined = walk.Conversation.Messages[i];
        Say("3 conversation", "name", $"c{walk.Conversation.Name}, message {i + 1} of {walk.Conversation.Messages.Count}");
        Say("3 conversation", "joined by", joined.Parent < 0
            ? $"{joined.Rule}: it begins the conversation"
            : $"{joined.Rule} to <{walk.Conversation.Messages[joined.Parent].Fact.MessageId}>");
    }

    void AddResponse(Walk walk, int i)
    {
        var finding = walk.Findings[i];
        if (finding.Marks != Marks.None) Say("4 response", "marks", finding.Marks.ToString());
        foreach (var wait in walk.Waits)
        {
            if (wait.Wait.Opener == i) Say("4 response", "opens", $"the {Rank(wait)} wait of its cycle: {Ending(walk, wait)}");
            else if (wait.Wait.Inbound.Contains(i)) Say("4 response", "joins", $"the wait opened at {Time(wait.OpenedAt)}");
            if (wait.Wait.Answer == i)
                Say("4 response", "answers", $"the {Rank(wait)} wait, opened at {Time(wait.OpenedAt)} by "
                    + $"<{walk.Messages[wait.Wait.Opener].Fact.MessageId}>");
        }
        if (finding.Cycle is { } cycle)
            Say("4 response", "cycle", $"{cycle.Replies} replies, {cycle.Touches} touches, {cycle.Handoffs} handoffs, "
                + $"{cycle.Collisions} collisions, " + (cycle.ClosedAt is { } closed ? $"closed {Time(closed)}" : "open"));
    }

    void AddWait(Walk walk, int i, WaitClocks clocks)
    {
        foreach (var wait in walk.Waits)
        {
            if ((wait.Wait.Opener != i && wait.Wait.Answer != i) || wait.Wait.EndedAt is not { } ended) continue;
            Say("5 wait", "calendar", Length(wait.Waited.Calendar));
            Say("5 wait", "mailbox clock", Length(wait.Waited.Mailbox));
            Say("5 wait", "agent clock", Length(wait.Waited.Agent));
            foreach (var (start, end) in clocks.Mailbox.Periods(wait.OpenedAt, ended).Take(PeriodsShown))
                Say("5 wait", "counted", $"{Time(start)} to {Time(end)} = {Length(end - start)}");
            if (wait.Promise.Due > 0)
                Say("5 wait", "promise", $"policy {wait.Promise.Policy}, {Length(wait.Promise.Target)}, due {Time(wait.Promise.Due)}, "
                    + (ended <= wait.Promise.Due ? "met" : "breached"));
        }
    }

    /// <summary>A wait of a year has 260 days; more would hide everything else.</summary>
    const int PeriodsShown = 400;

    static string Rank(in MeasuredWait wait) => wait.Wait.IsFirst ? "first" : "next";

    string Ending(Walk walk, in MeasuredWait wait) => wait.Wait.End switch
    {
        WaitEnd.Answered => $"answered {Time(wait.Wait.EndedAt!.Value)} by <{walk.Messages[wait.Wait.Answer].Fact.MessageId}>",
        WaitEnd.Closed => $"closed without a reply {Time(wait.Wait.EndedAt!.Value)}",
        _ => "still waiting",
    };

    void Say(string step, string what, string value) => sheet.Add(step, what, value);

    string Name(AddressId id) => id.IsNone ? "–" : store.Addresses[id];

    string Time(long seconds) => Instant.FromUnixTimeSeconds(seconds).InZone(zone)
        .ToString("ddd uuuu-MM-dd HH:mm:ss o<g>", CultureInfo.InvariantCulture);

    static string Length(long seconds) => $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}";
}

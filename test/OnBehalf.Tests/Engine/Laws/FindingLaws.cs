using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Laws;

/// <summary>A finding says what the walk found, and its marks say what the finding holds, for every random mailbox.</summary>
public sealed class FindingLaws
{
    static void ForEveryWalk(Action<RandomMailbox, Walk> law)
    {
        for (var seed = 0; seed < 400 / Share.Divisor; seed++)
        {
            var mailbox = new RandomMailbox(seed);
            foreach (var walk in Corridor.WalkMailbox(mailbox.Facts, mailbox.Sends, mailbox.Rules, mailbox.Addresses))
                law(mailbox, walk);
        }
    }

    static void ForEveryFinding(Action<RandomMailbox, AttributedMessage, Finding> law) => ForEveryWalk((mailbox, walk) =>
    {
        foreach (var (message, finding) in walk.Messages.Zip(walk.Findings)) law(mailbox, message, finding);
    });

    [Fact]
    public void Marks_say_what_the_finding_holds() => ForEveryFinding((_, message, finding) =>
    {
        void Means(Marks mark, bool isSo) => Assert.True(finding.Marks.HasFlag(mark) == isSo, $"{mark} of {finding}");
        Means(Marks.OpenedWait, finding.Wait is not null);
        Means(Marks.AnsweredWait, finding.Response is not null);
        Means(Marks.BeganCycle, finding.Cycle is not null);
        Means(Marks.Ambiguous, message.Attribution is Attribution.Ambiguous);
        Means(Marks.OwnName, message.Attribution is Attribution.Known { Evidence: Evidence.OwnName });
        var waited = finding.Wait is { End: WaitEnd.Answered } wait ? wait.Waited : finding.Response?.Waited;
        Means(Marks.OutOfHours, waited is { Mailbox: 0 });
    });

    [Fact]
    public void A_message_is_internal_when_everybody_on_it_is() => ForEveryFinding((mailbox, message, finding) =>
    {
        var author = message.Author.IsNone ? message.Fact.From : message.Author;
        Assert.Equal(
            message.Fact.To.Concat(message.Fact.Cc).Append(author).All(id => mailbox.Rules.Roles.Has(id, Role.Own | Role.Internal)),
            finding.Marks.HasFlag(Marks.Internal));
        Assert.Equal(message.Fact.To.Count + message.Fact.Cc.Count, finding.Recipients);
    });

    [Fact]
    public void The_first_wait_of_a_cycle_and_its_answer_are_marked_and_no_other() => ForEveryWalk((_, walk) =>
    {
        var waits = walk.Responses.Cycles.SelectMany(cycle => cycle.Waits).ToList();
        var first = walk.Responses.Cycles.Select(cycle => cycle.Waits[0]).SelectMany(wait => new[] { wait.Opener, wait.Answer });
        Assert.Equal(first.Where(i => i >= 0).Order(),
            Enumerable.Range(0, walk.Findings.Count).Where(i => walk.Findings[i].Marks.HasFlag(Marks.First)));
        Assert.Equal(waits.Count, walk.Findings.Count(f => f.Wait is not null));
    });

    [Fact]
    public void A_cycle_says_its_last_reply_and_the_sum_of_its_waits_by_each_clock() => ForEveryWalk((_, walk) =>
    {
        foreach (var cycle in walk.Responses.Cycles)
        {
            var found = walk.Findings[cycle.Start].Cycle!;
            var waited = walk.Waits.Where(wait => wait.Cycle == cycle).Select(wait => wait.Waited).ToList();
            Assert.Equal(
                new Clocks(waited.Sum(w => w.Calendar), waited.Sum(w => w.Mailbox), waited.Sum(w => w.Agent)), found.CustomerWait);
            Assert.Equal(cycle.Replies.Count, found.Replies);
            Assert.Equal(cycle.Replies.Count == 0 ? null : cycle.Replies.Max(i => walk.Findings[i].At), found.LastReplyAt);
        }
    });

    [Fact]
    public void Evidence_comes_strongest_first_and_the_strongest_decides() => ForEveryFinding((_, message, finding) =>
    {
        if (message.Attribution is not { } attribution) return;
        var pieces = attribution.Pieces;
        Assert.Equal(pieces.OrderBy(piece => piece.Evidence).Select(piece => piece.Evidence), pieces.Select(piece => piece.Evidence));
        Assert.Equal(pieces.OrderByDescending(piece => piece.Grade).Select(piece => piece.Grade), pieces.Select(piece => piece.Grade));
        var named = pieces.Where(piece => !piece.Agent.IsNone).ToList();
        var strongest = named.Where(piece => piece.Grade == named[0].Grade).ToList();
        Assert.Equal(strongest.Select(piece => piece.Agent).Distinct().Count() switch { 0 => "none", 1 => "known", _ => "ambiguous" },
            attribution.Match(_ => "known", _ => "ambiguous", _ => "none"));
        if (attribution is not Attribution.Known known) return;
        Assert.Equal((strongest[0].Agent, strongest[0].Evidence), (known.Agent, known.Evidence));
        Assert.Equal(known.Agent, finding.Agent);
    });

    [Fact]
    public void A_reply_counts_from_the_inbound_message_that_it_names_unless_that_is_later() => ForEveryWalk((_, walk) =>
    {
        foreach (var (message, finding) in walk.Messages.Zip(walk.Findings))
        {
            var parent = message is { Direction: Direction.Outbound, Joined: { Rule: JoinRule.InReplyTo, Parent: >= 0 } }
                ? walk.Messages[message.Joined.Parent] : default;
            var isNamed = parent is { Joined.Fact.At: not null, Direction: Direction.Inbound } && message.Fact.At is not null;
            Assert.Equal(isNamed && message.At >= parent.At ? message.At - parent.At : null, (long?)finding.SinceParent);
        }
    });
}

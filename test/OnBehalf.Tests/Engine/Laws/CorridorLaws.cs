using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Engine.Laws;

/// <summary>What holds for every mailbox. Each case runs many seeds; a failure names its seed.</summary>
public sealed class CorridorLaws
{
    const int AllSeeds = 400;
    const int Seeds = AllSeeds / Share.Divisor;

    static void ForEverySeed(Action<RandomMailbox, Random> law)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                law(new(seed), new(seed + 1_000_000));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }
    }

    static IEnumerable<Finding> Findings(RandomMailbox mailbox) => Corridor
        .WalkMailbox(mailbox.Facts, mailbox.Sends, mailbox.Rules, mailbox.Addresses).SelectMany(w => w.Findings);

    [Fact]
    public void Arrival_order_does_not_matter() => ForEverySeed((mailbox, random) =>
    {
        var expected = mailbox.Report(mailbox.Facts, mailbox.Sends);
        var (facts, sends) = (mailbox.Facts.ToArray(), mailbox.Sends.ToArray());
        random.Shuffle(facts);
        random.Shuffle(sends);
        var renumbered = facts.Select((f, i) => f with { FactId = i + 1 }).ToList();
        Assert.Equal(expected, mailbox.Report(renumbered, sends));
    });

    [Fact]
    public void Seeing_everything_twice_changes_nothing() => ForEverySeed((mailbox, _) =>
    {
        var twice = mailbox.Facts.Concat(mailbox.Facts).Select((f, i) => f with { FactId = i + 1 }).ToList();
        Assert.Equal(
            mailbox.Report(mailbox.Facts, mailbox.Sends),
            mailbox.Report(twice, [.. mailbox.Sends, .. mailbox.Sends]));
    });

    [Fact]
    public void Every_message_has_one_finding() => ForEverySeed((mailbox, _) =>
        Assert.Equal(mailbox.Facts.DistinctBy(f => f.Key).Count(), Findings(mailbox).Count()));

    [Fact]
    public void The_four_values_add_up_to_all_outbound_messages() => ForEverySeed((mailbox, _) =>
    {
        var outbound = Findings(mailbox).Where(f => f.Direction == Direction.Outbound).ToList();
        var known = outbound.Count(f => f.Evidence != default);
        var ambiguous = outbound.Count(f => f.Marks.HasFlag(Marks.Ambiguous));
        var unattributed = outbound.Count(f => f.Reason != default);
        Assert.Equal(outbound.Count, known + ambiguous + unattributed);
        Assert.All(outbound, f => Assert.Equal(f.Evidence != default, !f.Agent.IsNone));
    });

    [Fact]
    public void No_wait_is_negative_and_business_time_is_within_calendar_time() => ForEverySeed((mailbox, _) =>
        Assert.All(Findings(mailbox).Where(f => f.Response is not null), f =>
        {
            Assert.True(f.Response!.Waited.Calendar > 0);
            Assert.InRange(f.Response.Waited.Mailbox, 0, f.Response.Waited.Calendar);
            Assert.Equal(f.At - f.Response.OpenedAt, f.Response.Waited.Calendar);
        }));

    [Fact]
    public void Every_response_ends_exactly_one_wait() => ForEverySeed((mailbox, _) =>
    {
        var findings = Findings(mailbox).ToList();
        var answered = findings.Where(f => f.Wait is { End: WaitEnd.Answered }).Select(f => f.FactId).Order();
        var answers = findings.Where(f => f.Response is not null).Select(f => f.Response!.OpenedBy).Order();
        Assert.Equal(answered, answers);
    });

    [Fact]
    public void Only_people_wait_and_answer() => ForEverySeed((mailbox, _) =>
        Assert.All(Findings(mailbox).Where(f => f.Wait is not null || f.Response is not null), f =>
        {
            Assert.Equal(Kind.Human, f.Kind);
            Assert.Equal(f.Wait is not null ? Direction.Inbound : Direction.Outbound, f.Direction);
        }));

    [Fact]
    public void Moving_everything_by_a_week_moves_nothing_else() => ForEverySeed((mailbox, _) =>
    {
        var week = Duration.FromDays(7);
        var later = mailbox.Facts.Select(f => f with { At = f.At + week }).ToList();
        var sends = mailbox.Sends.Select(s => s with { At = s.At + week }).ToList();
        Assert.Equal(Lengths(mailbox, mailbox.Facts, mailbox.Sends), Lengths(mailbox, later, sends));
    });

    static IEnumerable<string> Lengths(RandomMailbox mailbox, List<MessageFact> facts, List<SendFact> sends) => Corridor
        .WalkMailbox(facts, sends, mailbox.Rules, mailbox.Addresses).SelectMany(w => w.Findings)
        .Select(f => $"{f.FactId} {f.Marks} {f.Response?.Waited} {f.Resolution} {f.SinceParent}").Order();

    [Fact]
    public void What_was_answered_says_so_and_by_whom() => ForEverySeed((mailbox, _) =>
    {
        foreach (var walk in Corridor.WalkMailbox(mailbox.Facts, mailbox.Sends, mailbox.Rules, mailbox.Addresses))
        {
            var answers = walk.Findings.Where(f => f.Response is not null).ToDictionary(f => f.Response!.OpenedBy);
            foreach (var (message, finding) in walk.Messages.Zip(walk.Findings))
            {
                Assert.Equal(message.Fact.At is null, finding.Marks.HasFlag(Marks.Undated));
                Assert.Equal(finding.RepliedAt is not null, finding.Marks.HasFlag(Marks.Replied));
                if (finding.Direction == Direction.Inbound) Assert.Equal(message.Author, finding.Requester);
                if (finding.Wait is not { End: WaitEnd.Answered } wait) continue;
                var answer = answers[finding.FactId];
                Assert.Equal((answer.Agent, answer.At), (finding.Agent, wait.EndedAt!.Value));
                Assert.Equal(finding.Requester, answer.Requester);
                Assert.Equal(answer.At, finding.RepliedAt);
                Assert.All(walk.Findings.Where(f => IsAsked(f) && f.At > finding.At && f.At < answer.At), f =>
                    Assert.Equal(answer.At, f.RepliedAt));
            }
        }
    });

    static bool IsAsked(Finding finding) => finding is { Direction: Direction.Inbound, Kind: Kind.Human }
        && (finding.Marks & (Marks.Excluded | Marks.NoReplyNeeded | Marks.Undated)) == 0;

    [Fact]
    public void A_reply_is_for_whoever_asked_or_else_for_somebody_outside_whom_it_names() => ForEverySeed((mailbox, _) =>
    {
        foreach (var walk in Corridor.WalkMailbox(mailbox.Facts, mailbox.Sends, mailbox.Rules, mailbox.Addresses))
        {
            AddressId last = default;
            foreach (var (message, finding) in walk.Messages.Zip(walk.Findings))
            {
                if (IsAsked(finding)) last = finding.Requester;
                if (finding.Direction != Direction.Outbound || !message.IsHuman || finding.Response is not null) continue;
                var outside = message.Fact.To.Concat(message.Fact.Cc)
                    .FirstOrDefault(id => !mailbox.Rules.Roles.Has(id, Role.Own | Role.Agent));
                Assert.Equal(last.IsNone ? outside : last, finding.Requester);
            }
        }
    });

#if !ENGINE_ONLY // It asks what the mailboxes are like, not what the engine does.
    [Fact]
    public void The_random_mailboxes_have_something_of_everything()
    {
        var all = Enumerable.Range(0, AllSeeds).SelectMany(seed => Findings(new(seed))).ToList();
        Assert.All(
            (Marks[])[Marks.OpenedWait, Marks.AnsweredWait, Marks.Touch, Marks.Collision, Marks.Reopened,
                Marks.Internal, Marks.OutOfHours, Marks.BegunByAgent, Marks.Undated, Marks.Ambiguous, Marks.OwnName],
            mark => Assert.Contains(all, f => f.Marks.HasFlag(mark)));
        Assert.Contains(all, f => f.Wait is { End: WaitEnd.Closed });
        Assert.Contains(all, f => f.Resolution is not null);
    }
#endif
}

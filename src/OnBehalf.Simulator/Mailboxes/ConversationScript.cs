using System.Globalization;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>
/// What people do: a customer writes, chases, says thanks, asks again; an agent answers in working time, asks a colleague,
/// hands over, collides with another. One talk is played to its end before the next begins; the mailbox sorts them by time.
/// The world keeps clear of the limits where two readers may differ: agents answer within four and a half days or not at
/// all, customers come back within that time or after more than six days, and nobody writes within a quarter of an hour of a
/// reply except a colliding colleague.
/// </summary>
sealed class ConversationScript(Company company, SharedMailbox mailbox, LetterDesk desk)
{
    const int Minute = 60;
    const int Hour = 3_600;
    const int Day = 86_400;
    const int LongestWait = 4 * Day + 12 * Hour;
    const int Breath = 15 * Minute;
    const int MostTurns = 12;

    /// <summary>Begun by a customer. A twin seed means the same first letter went to the neighbouring mailbox as well.</summary>
    public void PlayInbound(ulong seed, int at, SharedMailbox? twin)
    {
        var talk = Begin(seed, at, twin);
        var chance = new Chance(Chance.Mix(seed, 1, (ulong)mailbox.Index));
        var first = desk.Receive(talk, at, LetterForm.New, LetterKind.Human, null, twin is null ? null : Chance.Mix(seed, 2));
        if (mailbox.Setup.Automated)
            desk.SendByMachine(talk, at + chance.Between(3, 20), LetterForm.Acknowledgement, LetterKind.AutoReply, first);
        Play(talk, chance, first, null);
    }

    /// <summary>Begun by an agent.</summary>
    public void PlayOutbound(ulong seed, int at)
    {
        var chance = new Chance(Chance.Mix(seed, 1));
        var agent = chance.Pick(mailbox.Team);
        if (agent.Roster.After(at, 0) is not { } start) return;
        var talk = Begin(seed, start, null);
        var opening = desk.Send(talk, start, agent, null, LetterForm.New);
        if (!chance.Hits(0.6)) return;
        var answer = desk.Receive(talk, start + chance.Between(Breath, 2 * Day), LetterForm.Reply, LetterKind.Human, opening);
        Play(talk, chance, answer, agent);
    }

    /// <summary>A machine's notice, sent as the mailbox.</summary>
    public void PlayNotice(ulong seed, int at) =>
        desk.SendByMachine(Begin(seed, at, null), at, LetterForm.New, LetterKind.Human, null);

    Talk Begin(ulong seed, int at, SharedMailbox? twin)
    {
        var chance = new Chance(Chance.Mix(seed, 3));
        var usesTopic = Chance.Hits(seed, Quirk.TopicConversationIds, company.Quirks[Quirk.TopicConversationIds]);
        var shares = usesTopic && chance.Hits(0.25);
        var topic = shares ? "Question" :
            string.Format(CultureInfo.InvariantCulture, chance.Pick(Names.Topics), 10_000 + (int)(seed % 9_000_000));
        // A customer of one mailbox comes back; a writer of twin letters is known to both.
        var customer = twin is null ? Chance.Mix(mailbox.Seed, 600, (ulong)chance.Below(400)) : Chance.Mix(seed, 4);
        return new Talk
        {
            Seed = seed, Topic = topic, Outside = Customer.For(customer), Mailbox = mailbox, Twin = twin, BeganAt = at,
            SharesId = shares,
            ConversationGuid = usesTopic ? ConversationIndexes.FromTopic(topic) : Chance.GuidFrom(Chance.Mix(seed, 30)),
        };
    }

    void Play(Talk talk, Chance chance, Letter question, Agent? agent)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (Answerer(chance, agent, question.At) is not { } answer) { Chase(talk, chance, question, Day * 3); return; }
            var last = answer.At - question.At > 2 * Hour && chance.Hits(0.2)
                ? Chase(talk, chance, question, answer.At - question.At)
                : question;
            if (chance.Hits(0.08)) Consult(talk, chance, question, answer);
            var reply = desk.Send(talk, answer.At, answer.Agent, last, LetterForm.Reply);
            if (chance.Hits(0.02)) Collide(talk, chance, last, reply);
            agent = answer.Agent;
            if (NextFromCustomer(talk, chance, reply) is not { } next) return;
            question = next;
        }
    }

    /// <summary>Who answers and when: most often who answered before, after some work on other things.</summary>
    (Agent Agent, int At)? Answerer(Chance chance, Agent? before, int askedAt)
    {
        if (chance.Hits(0.09)) return null;
        var work = Math.Min(chance.LogNormal(40 * Minute, 1.1), 20 * Hour) + Minute;
        var first = before is not null && chance.Hits(0.75) ? before : chance.Pick(mailbox.Team);
        if (Reach(first, askedAt, work) is { } at) return (first, at);
        foreach (var other in mailbox.Team)
            if (Reach(other, askedAt, work) is { } instead) return (other, instead);
        return null;
    }

    static int? Reach(Agent agent, int askedAt, int work) =>
        agent.Roster.After(askedAt, work) is { } at && at - askedAt < LongestWait ? at : null;

    Letter Chase(Talk talk, Chance chance, Letter question, int within)
    {
        var latest = question;
        for (var count = chance.Between(1, 2); count > 0; count--)
        {
            var room = question.At + within - latest.At - 2 * Minute;
            if (room < Hour) break;
            latest = desk.Receive(talk, latest.At + chance.Between(Hour / 2, room), LetterForm.Reply, LetterKind.Human, latest);
        }
        return latest;
    }

    /// <summary>Before answering, the agent forwards the question to a colleague: a touch, which answers nothing.</summary>
    void Consult(Talk talk, Chance chance, Letter question, (Agent Agent, int At) answer)
    {
        var colleague = chance.Pick(company.Agents);
        if (colleague == answer.Agent || answer.Agent.Roster.After(question.At, Minute) is not { } at) return;
        if (at < answer.At - Minute) desk.Send(talk, at, answer.Agent, question, LetterForm.Forward, colleague);
    }

    /// <summary>Another agent answers the same letter within ten minutes, without having seen the first reply.</summary>
    void Collide(Talk talk, Chance chance, Letter question, Letter reply)
    {
        var other = chance.Pick(mailbox.Team);
        var at = reply.At + chance.Between(3 * Minute, 9 * Minute);
        if (other != reply.By && other.Roster.IsAtWork(at)) desk.Send(talk, at, other, question, LetterForm.Reply);
    }

    Letter? NextFromCustomer(Talk talk, Chance chance, Letter reply)
    {
        Reactions(talk, chance, reply);
        var mood = chance.Unit();
        var (at, goesOn) = mood switch
        {
            < 0.25 => (reply.At + chance.Between(Breath, 8 * Hour), false),
            < 0.55 => (reply.At + Math.Min(Breath + chance.LogNormal(4 * Hour, 1.2), LongestWait), true),
            < 0.59 => (reply.At + chance.Between(6 * Day + Hour, 18 * Day), true),
            _ => (-1, false),
        };
        if (at < 0) return null;
        var letter = desk.Receive(talk, at, LetterForm.Reply, LetterKind.Human, reply);
        // After a thanks, some agents answer "you are welcome" and most do not.
        return goesOn || chance.Hits(0.15) ? letter : null;
    }

    /// <summary>What machines send back: absence notices, reports that a letter could not be delivered, read receipts.</summary>
    void Reactions(Talk talk, Chance chance, Letter reply)
    {
        var (notice, bounce, receipt) = (chance.Unit(), chance.Unit(), chance.Unit());
        if (notice < company.Quirks[Quirk.AutoReplies])
            desk.Receive(talk, reply.At + 20, LetterForm.AbsenceNotice, LetterKind.AutoReply, reply);
        if (bounce < company.Quirks[Quirk.Bounces])
            desk.Receive(talk, reply.At + 40, LetterForm.Undeliverable, LetterKind.Bounce, reply);
        if (receipt < company.Quirks[Quirk.Bounces])
            desk.Receive(talk, reply.At + 11 * Minute, LetterForm.ReadReceipt, LetterKind.Receipt, reply);
    }
}

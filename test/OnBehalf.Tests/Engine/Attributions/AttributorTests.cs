using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Engine.Attributions;

/// <summary>People with several addresses are one person, and evidence is weighed by its grade.</summary>
public sealed class AttributorTests
{
    const int Support = 1, Anna = 2, AnnaOld = 3, Ben = 4, Customer = 5;

    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static readonly MailboxRules Rules = new()
    {
        Mailbox = new(Support),
        AuditConnected = true,
        Roles = new(
            [Role.None, Role.Own | Role.Internal, Role.Agent, Role.Agent, Role.Agent, Role.None],
            [default, default, new(Anna), new(Anna), new(Ben), default]),
    };

    static MessageFact Message(int n, int from, int to) => new()
    {
        FactId = n,
        Key = MessageKey.Of($"m{n}@acme.example"),
        MessageId = $"m{n}@acme.example",
        From = new(from),
        To = [new(to)],
        At = Noon + Duration.FromHours(n),
        InReplyTo = n == 1 ? [] : [MessageKey.Of($"m{n - 1}@acme.example")],
        Subject = $"Order {n}",
        Folder = from == Support ? Folder.SentItems : Folder.Received,
    };

    static SendFact Record(MessageFact message, int actor, int number, SendOperation operation = SendOperation.SendAs) => new()
    {
        RecordId = new Guid(number, 0, 0, new byte[8]),
        Operation = operation,
        At = message.At!.Value,
        Actor = new(actor),
        Mailbox = new(Support),
        Key = message.Key,
        FoldedKey = message.Key,
    };

    static SendFact BySubject(MessageFact message, int actor, int number) =>
        Record(message, actor, number) with { Key = default, FoldedKey = default, Subject = message.Subject };

    static Walk Walk(MessageFact[] messages, params SendFact[] sends)
    {
        var addresses = new Addresses();
        foreach (var name in new[] { "support", "anna", "anna.old", "ben" }) addresses.Intern($"{name}@acme.example");
        addresses.Intern("customer@customer.example");
        return Assert.Single(Corridor.WalkMailbox(messages, sends, Rules, addresses));
    }

    static string Author(Walk walk, int place) => walk.Messages[place].Attribution!.Match(
        known => $"{known.Agent.Value} by {known.Evidence}", _ => "ambiguous", none => none.Reason.ToString());

    [Fact]
    public void An_agent_who_writes_in_from_an_old_address_is_that_agent_and_an_answer_to_either_address_reaches_them()
    {
        foreach (var to in new[] { Anna, AnnaOld })
        {
            var walk = Walk([Message(1, AnnaOld, Support), Message(2, Support, to)]);

            Assert.Equal(new(Anna), walk.Findings[0].Requester);
            Assert.Equal(WaitEnd.Answered, walk.Findings[0].Wait!.End);
        }
        Assert.Equal(WaitEnd.Open, Walk([Message(1, AnnaOld, Support), Message(2, Support, Ben)]).Findings[0].Wait!.End);
    }

    [Fact]
    public void A_message_that_lies_in_an_agent_s_Sent_Items_alone_is_that_agent_s()
    {
        var walk = Walk([Message(1, Customer, Support), Message(2, Support, Customer) with { FolderOwner = new(AnnaOld) }]);

        Assert.Equal("2 by AgentSentCopy", Author(walk, 1));
    }

    [Fact]
    public void A_record_under_an_old_address_names_the_agent()
    {
        var messages = new[] { Message(1, Customer, Support), Message(2, Support, Customer) };

        Assert.Equal("2 by AuditSendAs", Author(Walk(messages, Record(messages[1], AnnaOld, 1)), 1));
        Assert.Equal("2 by AuditSendAs",
            Author(Walk(messages, Record(messages[1], AnnaOld, 1), Record(messages[1], Anna, 2)), 1));
        Assert.Equal("ambiguous", Author(Walk(messages, Record(messages[1], AnnaOld, 1), Record(messages[1], Ben, 2)), 1));
    }

    [Fact]
    public void Weaker_evidence_that_names_another_is_kept_and_decides_nothing()
    {
        MessageFact[] messages = [Message(1, Customer, Support), Message(2, Support, Customer) with { Sender = new(Anna) }];

        var walk = Walk(messages, BySubject(messages[1], Ben, 1));

        Assert.Equal("2 by OnBehalf", Author(walk, 1));
        Assert.Equal([Evidence.OnBehalf, Evidence.AuditBySubjectAndTime], walk.Messages[1].Attribution!.Pieces.Select(p => p.Evidence));
    }

    [Fact]
    public void Pieces_come_strongest_first_in_whatever_order_records_do()
    {
        var messages = new[] { Message(1, Customer, Support), Message(2, Support, Customer) };

        var walk = Walk(messages, Record(messages[1], Anna, 1), Record(messages[1], Anna, 2, SendOperation.SendOnBehalf));

        Assert.Equal([Evidence.AuditSendOnBehalf, Evidence.AuditSendAs], walk.Messages[1].Attribution!.Pieces.Select(p => p.Evidence));
        Assert.Equal("2 by AuditSendOnBehalf", Author(walk, 1));
    }

    [Fact]
    public void What_names_nobody_outweighs_nothing()
    {
        var messages = new[] { Message(1, Customer, Support), Message(2, Support, Customer) };
        var application = Record(messages[1], Ben, 1) with { ActorType = ActorType.Application };

        Assert.Equal("ApplicationSender", Author(Walk(messages, application), 1));
        Assert.Equal("2 by AuditSendAs", Author(Walk(messages, application, Record(messages[1], Anna, 2)), 1));
    }

    [Theory]
    [InlineData(Evidence.None, Grade.None)]
    [InlineData(Evidence.OnBehalf, Grade.Certain)]
    [InlineData(Evidence.AuditSendOnBehalf, Grade.Certain)]
    [InlineData(Evidence.AuditSendAs, Grade.Certain)]
    [InlineData(Evidence.AgentSentCopy, Grade.Certain)]
    [InlineData(Evidence.OwnName, Grade.Certain)]
    [InlineData(Evidence.AuditBySubjectAndTime, Grade.Likely)]
    [InlineData(Evidence.CreatorName, Grade.Likely)]
    [InlineData(Evidence.AuthorHeader, Grade.Likely)]
    [InlineData(Evidence.Rule, Grade.Rule)]
    public void Evidence_has_a_grade(Evidence evidence, Grade grade) => Assert.Equal(grade, new EvidencePiece(evidence, new(1)).Grade);
}

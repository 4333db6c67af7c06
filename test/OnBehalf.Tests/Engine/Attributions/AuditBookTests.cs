using NodaTime;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Engine.Attributions;

/// <summary>A record without Message-ID joins by subject and two minutes, and only when exactly one message fits.</summary>
public sealed class AuditBookTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);
    static readonly Roles Roles = new([Role.None, Role.Own, Role.Agent], [default, default, new(2)]);

    static MessageFact Message(int n, int second, string subject = "Re: Order") => new()
    {
        Key = MessageKey.Of($"m{n}@acme.example"),
        MessageId = $"M{n}@acme.example",
        From = new(1),
        At = Noon + Duration.FromSeconds(second),
        Subject = subject,
    };

    static SendFact Record(int n, int second = 0, MessageKey key = default, MessageKey folded = default, int mailbox = 1) => new()
    {
        RecordId = new Guid(n, 0, 0, new byte[8]),
        Operation = SendOperation.SendAs,
        At = Noon + Duration.FromSeconds(second),
        Actor = new(2),
        Mailbox = new(mailbox),
        Subject = "Re: Order",
        Key = key,
        FoldedKey = folded,
    };

    static int Fits(MessageFact asked, SendFact[] sends, params MessageFact[] outbound) =>
        AuditBook.Gather(sends, Roles, outbound).RecordsBySubjectOf(asked).Count;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(120, 1)]
    [InlineData(121, 0)]
    public void Two_minutes_apart_is_near(int seconds, int expected) =>
        Assert.Equal(expected, Fits(Message(1, seconds), [Record(1)], Message(1, seconds)));

    [Fact]
    public void Two_messages_that_fit_are_none() =>
        Assert.Equal(0, Fits(Message(1, 10), [Record(1)], Message(1, 10), Message(2, 20)));

    [Fact]
    public void Two_records_for_one_message_are_none() =>
        Assert.Equal(0, Fits(Message(1, 10), [Record(1), Record(2)], Message(1, 10)));

    [Fact]
    public void The_same_record_twice_is_one() =>
        Assert.Equal(1, Fits(Message(1, 10), [Record(1), Record(1)], Message(1, 10)));

    [Fact]
    public void Another_subject_does_not_fit() =>
        Assert.Equal(0, Fits(Message(1, 10, "Re: Other"), [Record(1)], Message(1, 10, "Re: Other")));

    [Fact]
    public void A_record_in_another_name_is_not_ours()
    {
        var key = MessageKey.Of("m1@acme.example");
        Assert.Empty(AuditBook.Gather([Record(1, key: key, folded: key, mailbox: 2)], Roles, []).RecordsOf(Message(1, 0)));
    }

    [Fact]
    public void A_message_id_in_other_case_is_found_when_no_exact_one_is()
    {
        var message = Message(1, 0) with { Key = MessageKey.Of("M1@acme.example") };
        var folded = MessageKey.Of("m1@acme.example");
        Assert.Single(AuditBook.Gather([Record(1, key: folded, folded: folded)], Roles, []).RecordsOf(message));
    }
}

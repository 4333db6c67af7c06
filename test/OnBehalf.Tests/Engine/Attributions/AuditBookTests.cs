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
    [InlineData(-120, 1)]
    [InlineData(-121, 0)]
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

    [Fact]
    public void An_exact_message_id_goes_before_one_in_other_case()
    {
        var (exact, folded) = (MessageKey.Of("M1@acme.example"), MessageKey.Of("m1@acme.example"));
        var book = AuditBook.Gather(
            [Record(1, key: folded, folded: folded), Record(2, key: exact, folded: folded)], Roles, []);

        Assert.Equal([2], Numbers(book.RecordsOf(Message(1, 0) with { Key = exact })));
        Assert.Equal([1, 2], Numbers(book.RecordsOf(Message(1, 0) with { Key = MessageKey.Of("m1@ACME.example") })));
        Assert.Empty(book.RecordsOf(Message(3, 0)));
        Assert.Empty(book.RecordsOf(Message(3, 0) with { MessageId = "" }));
    }

    [Fact]
    public void In_which_order_and_how_often_records_came_makes_no_difference()
    {
        var key = MessageKey.Of("m1@acme.example");
        var records = Enumerable.Range(1, 6).Select(n => Record(n, key: key, folded: key)).ToArray();
        var expected = Numbers(AuditBook.Gather(records, Roles, []).RecordsOf(Message(1, 0)));

        new Random(1).Shuffle(records);

        Assert.Equal(6, expected.Count);
        Assert.Equal(expected, Numbers(AuditBook.Gather([.. records, .. records], Roles, []).RecordsOf(Message(1, 0))));
    }

    [Fact]
    public void A_message_that_was_seen_twice_is_one_that_fits_and_one_without_a_date_fits_nothing()
    {
        var message = Message(1, 10);
        Assert.Equal(1, Fits(message, [Record(1)], message, message with { FactId = 2, Digest = 1 }));
        Assert.Equal(0, Fits(message with { At = null }, [Record(1)], message with { At = null }));
        Assert.Equal(1, Fits(message, [Record(1)], message, Message(2, 20) with { At = null }));
    }

    [Fact]
    public void Subjects_matter_only_where_a_record_has_nothing_else()
    {
        var key = MessageKey.Of("m1@acme.example");
        SendFact keyed = Record(1, key: key), unnamed = Record(2) with { Subject = "" };

        Assert.True(AuditBook.NeedsSubjects([keyed, Record(2)]));
        Assert.False(AuditBook.NeedsSubjects([keyed]));
        Assert.False(AuditBook.NeedsSubjects([unnamed, keyed]));
        Assert.False(AuditBook.NeedsSubjects([]));
        Assert.Empty(AuditBook.Gather([Record(1)], Roles, [Message(1, 0)]).RecordsOf(Message(1, 0)));
        Assert.Empty(AuditBook.Gather([keyed], Roles, [Message(1, 0)]).RecordsBySubjectOf(Message(1, 0)));
    }

    static List<int> Numbers(IReadOnlyList<SendFact> records) => [.. records.Select(r => BitConverter.ToInt32(r.RecordId.ToByteArray()))];
}

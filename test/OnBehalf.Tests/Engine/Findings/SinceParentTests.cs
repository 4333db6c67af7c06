using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Engine.Findings;

/// <summary>
/// How long after the very message that a reply names: only by In-Reply-To, only when that one came from outside, and
/// not when it is later.
/// </summary>
public sealed class SinceParentTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static readonly MailboxRules Rules = new()
    {
        Mailbox = new(1),
        Roles = new([Role.None, Role.Own | Role.Internal, Role.None], [default, default, default]),
    };

    static MessageFact Message(int n, int from, int second, int[]? inReplyTo = null, int[]? references = null) => new()
    {
        FactId = n,
        Key = MessageKey.Of($"m{n}@acme.example"),
        From = new(from),
        To = [new(3 - from)],
        At = Noon + Duration.FromSeconds(second),
        InReplyTo = [.. (inReplyTo ?? []).Select(p => MessageKey.Of($"m{p}@acme.example"))],
        References = [.. (references ?? []).Select(p => MessageKey.Of($"m{p}@acme.example"))],
    };

    static int? SinceParent(params MessageFact[] messages)
    {
        var addresses = new Addresses();
        addresses.Intern("support@acme.example");
        addresses.Intern("customer@customer.example");
        return Corridor.WalkMailbox(messages, [], Rules, addresses).SelectMany(w => w.Findings)
            .Single(f => f.FactId == messages[^1].FactId).SinceParent;
    }

    [Fact]
    public void A_reply_to_an_inbound_message_knows_how_long_after() =>
        Assert.Equal(90, SinceParent(Message(1, 2, 0), Message(2, 2, 30), Message(3, 1, 90, [1])));

    [Fact]
    public void It_counts_from_the_message_that_is_named_and_not_from_the_first_or_the_one_before()
    {
        Assert.Equal(60, SinceParent(Message(1, 2, 0), Message(2, 2, 30, [1]), Message(3, 2, 50, [1]), Message(4, 1, 90, [2])));
        Assert.Equal(0, SinceParent(Message(1, 2, 0), Message(2, 2, 90, [1]), Message(3, 1, 90, [2])));
    }

    [Fact]
    public void A_reply_to_our_own_message_does_not() =>
        Assert.Null(SinceParent(Message(1, 2, 0), Message(2, 1, 30, [1]), Message(3, 1, 90, [2])));

    [Fact]
    public void A_parent_by_references_is_not_named_by_the_reply() =>
        Assert.Null(SinceParent(Message(1, 2, 0), Message(2, 1, 90, references: [1])));

    [Fact]
    public void A_parent_that_is_later_is_left_out() =>
        Assert.Null(SinceParent(Message(1, 2, 100), Message(2, 1, 90, [1])));

    [Fact]
    public void An_inbound_message_has_none() =>
        Assert.Null(SinceParent(Message(1, 2, 0), Message(2, 2, 90, [1])));
}

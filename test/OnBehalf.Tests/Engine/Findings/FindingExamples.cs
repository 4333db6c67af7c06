using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Engine.Findings;

/// <summary>Categories of messages and replies, and conversations of many messages.</summary>
public sealed class FindingExamples
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static readonly MailboxRules Rules = new()
    {
        Mailbox = new(1),
        Roles = new([Role.None, Role.Own | Role.Internal, Role.None], [default, default, default]),
    };

    static MessageFact Message(int n, int from, params string[] categories) => new()
    {
        FactId = n,
        Key = MessageKey.Of($"m{n}@acme.example"),
        From = new(from),
        To = [new(3 - from)],
        At = Noon + Duration.FromMinutes(n),
        InReplyTo = n == 1 ? [] : [MessageKey.Of("m1@acme.example")],
        Categories = categories,
    };

    static List<Finding> Find(params MessageFact[] messages)
    {
        var addresses = new Addresses();
        addresses.Intern("support@acme.example");
        addresses.Intern("customer@customer.example");
        return [.. Corridor.WalkMailbox(messages, [], Rules, addresses).SelectMany(walk => walk.Findings)];
    }

    [Fact]
    public void Categories_are_one_group_in_order_whatever_their_order_and_case()
    {
        Assert.Equal("", Find(Message(1, 2))[0].Category);
        Assert.Equal("Billing; billing; Urgent", Find(Message(1, 2, " Urgent", "billing", "", "Billing ", "  "))[0].Category);
        Assert.Equal("", Find(Message(1, 2, " "))[0].Category);
    }

    [Fact]
    public void A_reply_is_counted_under_the_categories_of_what_it_answered()
    {
        var found = Find(Message(1, 2, "Billing"), Message(2, 1, "Done"), Message(3, 1, "Sent"), Message(4, 2, "Thanks"));

        Assert.Equal(["Billing", "Billing", "Sent", "Thanks"], found.Select(finding => finding.Category));
    }

    [Fact]
    public void A_long_conversation_is_found_as_a_short_one_is()
    {
        const int Rounds = 150;
        var found = Find([Message(1, 1), .. Enumerable.Range(2, 2 * Rounds).Select(n => Message(n, n % 2 == 0 ? 2 : 1))]);

        Assert.Equal(2 * Rounds + 1, found.Count);
        Assert.Equal(Enumerable.Repeat(60, Rounds), found.Where(f => f.Response is not null).Select(f => f.Response!.Waited.Calendar));
        Assert.Equal(found.Skip(1).Where((_, i) => i % 2 == 0).Select(f => f.FactId),
            found.Where(f => f.Response is not null).Select(f => f.Response!.OpenedBy));
        Assert.Single(found, f => f.Cycle is { Replies: Rounds });
    }

    [Fact]
    public void A_reply_whose_recipients_are_not_known_reaches_whoever_waits()
    {
        var found = Find(Message(1, 2), Message(2, 1) with { To = [] });

        Assert.Equal((WaitEnd.Answered, 1), (found[0].Wait!.End, found[1].Response!.OpenedBy));
        Assert.Equal(0, found[1].Recipients);
    }

    [Fact]
    public void Clocks_add_up_one_by_one() => Assert.Equal(new(11, 22, 33), new Clocks(1, 2, 3) + new Clocks(10, 20, 30));

    [Fact]
    public void A_finding_has_no_category_until_it_is_told_one() => Assert.Equal("", new Finding
    {
        FactId = 1, Conversation = 1, At = 0, Direction = Direction.Inbound, Kind = Kind.Human,
    }.Category);
}

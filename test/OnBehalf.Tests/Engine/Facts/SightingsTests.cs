using NodaTime;
using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Facts;

/// <summary>
/// Copies of a message in several folders are that same message: the earliest stands for it, and what any of them knows is known.
/// </summary>
public sealed class SightingsTests
{
    static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    static MessageFact Sighting(long fact, int second, ulong digest = 0, int key = 1) => new()
    {
        FactId = fact, Key = new(1, (ulong)key), At = Noon + Duration.FromSeconds(second), Digest = digest,
    };

    [Fact]
    public void The_earliest_stands_for_the_message_and_between_equals_the_smaller_digest()
    {
        MessageFact[] all =
        [
            Sighting(1, 5), Sighting(2, 4, digest: 9), Sighting(3, 4, digest: 8), Sighting(4, 6),
            Sighting(5, 7, key: 2), Sighting(6, 0, key: 2) with { At = null },
        ];

        foreach (var order in new[] { all, [.. all.Reverse()] })
            Assert.Equal([3L, 5L], Sightings.Chosen(order).Select(fact => fact.FactId).Order());
    }

    [Fact]
    public void What_any_copy_knows_is_known()
    {
        var chosen = Sighting(1, 0) with { Folder = Folder.Received, Filed = ["Inbox"], Categories = ["Billing"] };
        var later = Sighting(2, 9) with
        {
            Folder = Folder.SentItems, Sender = new(7), Author = new(5), FolderOwner = new(3), Filed = ["Done"], FlagComplete = true,
        };
        var between = Sighting(3, 4) with
        {
            Sender = new(6), FolderOwner = new(4), Filed = ["INBOX", "Other"], Categories = ["billing", "Urgent"],
        };
        var again = Sighting(4, 10) with { FolderOwner = new(3) };

        foreach (var others in new[] { new[] { later, between, again }, [again, between, later] })
        {
            var merged = Sightings.Merge(chosen, others, out var owners);

            Assert.Equal((1, Folder.SentItems, true), (merged.FactId, merged.Folder, merged.FlagComplete));
            Assert.Equal((new AddressId(6), new AddressId(5)), (merged.Sender, merged.Author)); // of the earliest that says so
            Assert.Equal(["Inbox", "Other", "Done"], merged.Filed);
            Assert.Equal(["Billing", "Urgent"], merged.Categories);
            Assert.Equal([new(4), new(3)], owners);
        }
    }

    [Fact]
    public void Without_a_copy_in_Sent_Items_or_a_flag_the_message_stays_as_it_is()
    {
        var merged = Sightings.Merge(
            Sighting(1, 0) with { Folder = Folder.Deleted }, [Sighting(2, 3) with { Folder = Folder.Received }], out var owners);

        Assert.Equal((Folder.Deleted, false), (merged.Folder, merged.FlagComplete));
        Assert.Empty(owners);
    }

    [Fact]
    public void Joining_needs_the_subject_only_beside_a_conversation_id()
    {
        var fact = Sighting(8, 2, digest: 3) with
        {
            Subject = "Re: Order", InReplyTo = [new(1, 5)], References = [new(1, 6), new(1, 7)], ConversationIndex = new byte[] { 4 },
        };
        var (without, with) = (fact.ToJoinKeys(), (fact with { ConversationGuid = new(2, 2) }).ToJoinKeys());

        Assert.Equal((8, fact.Key, Noon.ToUnixTimeSeconds() + 2, 3UL), (without.FactId, without.Key, without.At, without.Digest));
        Assert.Equal((0UL, Subjects.KeyOf("order")), (without.Subject, with.Subject));
        Assert.Equal(fact.InReplyTo, without.InReplyTo.ToArray());
        Assert.Equal(fact.References, without.References.ToArray());
        Assert.Equal([4], with.ConversationIndex.ToArray());
        Assert.Equal((new(2, 2), JoinKeys.Undated), (with.ConversationGuid, (fact with { At = null }).ToJoinKeys().At));
    }

    [Fact]
    public void What_nobody_said_is_empty()
    {
        Assert.Equal(("", ""), (new MessageFact { Key = default }.Subject, new MessageFact { Key = default }.MessageId));
        Assert.Equal("", new SendFact { RecordId = default, Operation = default, At = Noon, Actor = default, Mailbox = default }.Subject);
    }
}

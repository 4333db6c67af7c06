using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Tests.Engine.Conversations;

/// <summary>Looking at facts together changes neither which there are nor their order.</summary>
public sealed class HeldMailboxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Every_fact_is_there_once_by_its_place(int count)
    {
        // Numbers of the store's, which need not begin anywhere; lists of every kind that a caller may have.
        List<MessageFact> facts = [.. Enumerable.Range(0, count).Select(n => new MessageFact
        {
            FactId = 1_000 - n,
            Key = new(1, (ulong)n),
            InReplyTo = n % 2 == 0 ? new List<MessageKey> { new(1, (ulong)n / 2) } : [new(1, (ulong)n / 2)],
            To = n % 3 == 0 ? new List<AddressId> { new(1) } : [],
        })];
        var held = new HeldMailbox(facts);
        var threads = ConversationBuilder.Build(held.Keys(), count);

        Assert.Equal(facts.Select((fact, place) => ((long)place, fact.Key)), held.Keys().Select(keys => (keys.FactId, keys.Key)));
        var walked = new List<long>();
        for (var conversation = 0; conversation < threads.ConversationCount; conversation++)
        {
            held.Prepare(threads, conversation);
            walked.AddRange(Conversation.Gather(threads, conversation, held.FactAt).Messages.Select(message => message.Fact.FactId));
        }
        Assert.Equal(facts.Select(fact => fact.FactId).Order(), walked.Order());
    }
}

using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;
using OnBehalf.Tests.Store;
using OnBehalf.Workers;

namespace OnBehalf.Tests.Workers;

/// <summary>A conversation that is read alone is walked as it is among all of its mailbox.</summary>
public sealed class OneConversationLaws : IDisposable
{
    readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_conversation_alone_is_as_among_all(int seed)
    {
        var (support, sales) = Fill(seed);
        using var store = _file.Read();
        var view = StoreView.Read(store, null);
        var different = 0;
        foreach (var mailbox in new[] { support, sales })
            foreach (var walk in Recompute.Walks(store, view.Rules, mailbox, CancellationToken.None).ToList())
            {
                var name = walk.Conversation.Name;
                foreach (var fact in walk.Findings.Select(finding => finding.FactId))
                {
                    var facts = view.ConversationOf(mailbox, fact).Select(finding => finding.FactId).ToList();
                    Assert.Equal(walk.Findings.Select(f => f.FactId).Order(), facts.Order());
                    var alone = OneConversation.Walk(store, view.Rules, mailbox, facts);
                    Assert.NotNull(alone);
                    Assert.Equal(Text(walk), Text(alone));
                }
                if (walk.Findings.Count > 1) different++;
            }
        Assert.True(different > 10);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 40)]
    [InlineData(3, 299)]
    public void A_mailbox_taken_for_large_is_walked_as_a_small_one(int seed, int large)
    {
        var (support, _) = Fill(seed);
        using var store = _file.Read();
        var view = StoreView.Read(store, null);
        var expected = Recompute.Walks(store, view.Rules, support, CancellationToken.None).Select(Text).ToList();
        Assert.Equal(expected, Recompute.Walks(store, view.Rules, support, CancellationToken.None, large).Select(Text));
        Assert.True(expected.Count > 10);
    }

    [Fact]
    public void Facts_that_are_no_conversation_any_more_are_none()
    {
        var (support, _) = Fill(1);
        using var store = _file.Read();
        var view = StoreView.Read(store, null);
        var roots = Recompute.Walks(store, view.Rules, support, CancellationToken.None).Take(2).Select(w => w.Conversation.Name).ToList();
        Assert.Null(OneConversation.Walk(store, view.Rules, support, roots));
        Assert.Null(OneConversation.Walk(store, view.Rules, support, []));
    }

    (AddressId Support, AddressId Sales) Fill(int seed)
    {
        using var store = _file.Write();
        var (support, sales) = (store.Addresses.Intern("support@acme.example"), store.Addresses.Intern("sales@acme.example"));
        // Replies from the mailbox itself, so that audit records have something to say.
        var messages = SomeFacts.Messages(0, 150, store.Addresses, seed).Select(Loose)
            .Select((fact, i) => i % 3 == 0 ? fact with { From = support, Sender = support, Folder = Folder.SentItems } : fact).ToList();
        StoreFile.Append(store, support, messages);
        StoreFile.Append(store, sales, [.. SomeFacts.Messages(50, 100, store.Addresses, seed + 10).Select(Loose)]);
        // Some sightings come again, saying something else.
        StoreFile.Append(store, support, [.. messages.Where((_, i) => i % 5 == 0)
            .Select(fact => fact with { Digest = fact.Digest + 1, Subject = "again", Categories = ["Again"] })]);
        var audit = store.Facts.Begin(ImportKind.Audit, "a test");
        audit.AppendSends([.. Enumerable.Range(0, 150).Select(i => SomeFacts.Send(i, support, store.Addresses) with
        {
            Subject = messages[i].Subject, At = messages[i].At ?? SomeFacts.Send(i, support, store.Addresses).At,
        })]);
        audit.Finish();
        Recompute.Run(store, CancellationToken.None);
        return (support, sales);
    }

    // With all its references nearly everything would be one conversation.
    static MessageFact Loose(MessageFact fact, int i) => fact with
    {
        References = [.. fact.References.Take(i % 4 == 0 ? 1 : 0)],
        InReplyTo = i % 3 == 1 ? fact.InReplyTo : [],
        ConversationIndex = i % 5 == 0 ? fact.ConversationIndex : default,
    };

    static string Text(Walk walk) => string.Join('\n',
        walk.Conversation.Messages.Select(m => $"{m.Fact.FactId} {m.Rule} {m.Parent}")
            .Concat(walk.Messages.Select(m => $"{m.Author} {m.Direction} {m.Kind} {m.Attribution} "
                + string.Join(';', m.Attribution?.Pieces.Select(p => p.ToString()) ?? [])))
            .Concat(walk.Waits.Select(w => $"{w.OpenedAt} {w.Waited} {w.Promise} {w.Wait.Opener} {w.Wait.Answer} {w.Wait.End}"))
            .Concat(walk.Findings.Select(f => f.ToString())));
}

using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;
using OnBehalf.Tests.Store;
using OnBehalf.Workers;

namespace OnBehalf.Tests.Workers;

/// <summary>
/// A new mailbox that is joined while it is read is joined as it is afterwards; one that is not new, or large, is left for
/// afterwards; whoever stops early stops the joining.
/// </summary>
public sealed class JoinAlongsideTests : IDisposable
{
    const int Messages = 300;

    readonly StoreFile _file = new();
    readonly MailStore _store;
    readonly AddressId _support;

    public JoinAlongsideTests()
    {
        _store = _file.Write();
        _support = _store.Addresses.Intern("support@acme.example");
    }

    public void Dispose()
    {
        _store.Dispose();
        _file.Dispose();
    }

    [Theory]
    [InlineData(1, ConversationBuilder.UsualKeys)]
    [InlineData(40, ConversationBuilder.UsualKeys)]
    [InlineData(Messages, Messages)] // Just small enough; more say a conversationId than are kept, so the store is asked.
    public void It_finds_what_is_found_afterwards(int pageSize, int large)
    {
        using var joining = JoinAlongside.TryBegin(_store, _support, large)!;
        Import(SomeFacts.Messages(0, Messages, _store.Addresses), pageSize, joining);
        var found = joining.Finish();
        var expected = ConversationBuilder.Build(_store.Facts.ReadJoins(_support), Messages);
        Assert.Equal(Told(expected), Told(found!));
        Assert.True(expected.ConversationCount is > 1 and < Messages);
    }

    [Fact]
    public void Nothing_is_joined_of_nothing()
    {
        using var joining = JoinAlongside.TryBegin(_store, _support)!;
        Assert.Equal(0, joining.Finish()!.MessageCount);
    }

    [Fact]
    public void A_mailbox_that_has_facts_is_joined_afterwards()
    {
        StoreFile.Append(_store, _support, SomeFacts.Messages(0, 1, _store.Addresses));
        Assert.Null(JoinAlongside.TryBegin(_store, _support));
        using var other = JoinAlongside.TryBegin(_store, _store.Addresses.Intern("sales@acme.example"));
        Assert.NotNull(other);
    }

    [Fact]
    public void A_mailbox_that_turns_out_to_be_large_is_joined_afterwards()
    {
        using var joining = JoinAlongside.TryBegin(_store, _support, large: Messages - 1)!;
        Assert.True(joining.GoesOn);
        Import(SomeFacts.Messages(0, Messages, _store.Addresses), 40, joining);
        Assert.False(joining.GoesOn);
        Assert.Null(joining.Finish());
    }

    [Fact]
    public void Whoever_stops_early_stops_the_joining()
    {
        var joining = JoinAlongside.TryBegin(_store, _support)!;
        Import(SomeFacts.Messages(0, Messages, _store.Addresses), 40, joining);
        joining.Dispose(); // Waits for it.
        Assert.Equal(Messages, _store.Facts.CountOf(_support));
    }

    [Fact]
    public void A_failure_is_told_at_the_end()
    {
        using var file = new StoreFile();
        file.Fill(0); // Made, and empty.
        using var reader = file.Read();
        using var joining = JoinAlongside.TryBegin(reader, _support, Messages)!;
        Import(SomeFacts.Messages(0, Messages, _store.Addresses), 40, joining);
        reader.Dispose(); // Where it would be read again.
        Assert.ThrowsAny<ObjectDisposedException>(joining.Finish);
    }

    void Import(MessageFact[] messages, int pageSize, JoinAlongside joining)
    {
        var import = _store.Facts.Begin(ImportKind.Mail, "box.mbox", _support);
        foreach (var page in messages.Chunk(pageSize))
        {
            var joins = new List<JoinKeys>();
            import.AppendMessages(page, endsTransaction: false, joins: joins);
            joining.Add(joins);
        }
        import.Finish();
    }

    static string Told(Threads threads) => string.Join('\n', Enumerable.Range(0, threads.MessageCount).Select(message =>
        $"{threads.FactOf(message)} {threads.ParentOf(message)} {threads.RuleOf(message)} {threads.PlaceOf(message)}"));
}

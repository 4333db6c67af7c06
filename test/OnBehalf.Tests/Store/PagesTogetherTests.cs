using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Tests.Store;

// Several pages of an import in one transaction: seen together · undone together · what joining is told of them.
public sealed class PagesTogetherTests : IDisposable
{
    readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Pages_of_one_transaction_are_seen_together()
    {
        using var store = _file.Write();
        var import = Begin(store);
        using var reader = _file.Read();
        import.AppendMessages(Page(store, 0), endsTransaction: false);
        import.AppendMessages(Page(store, 1), [("box.mbox", "a reason")], endsTransaction: false);
        Assert.Empty(reader.Facts.Counts());
        Assert.Equal(0, reader.Facts.Imports()[0].Added);

        import.AppendMessages(Page(store, 2));
        Assert.Equal(150, reader.Facts.Counts()[0].Messages);
        Assert.Equal((150, 1), (reader.Facts.Imports()[0].Added, reader.Facts.Imports()[0].Damaged));
        import.AppendMessages(Page(store, 3), endsTransaction: false);
        Assert.Equal(150, reader.Facts.Counts()[0].Messages);
        import.Finish();
        Assert.Equal(200, reader.Facts.Counts()[0].Messages);
    }

    [Fact]
    public void Pages_of_one_transaction_are_undone_together_and_can_be_appended_again()
    {
        using var store = _file.Write();
        var import = Begin(store);
        import.AppendMessages(Page(store, 0), [("box.mbox", "first")]);
        var (second, third) = (Page(store, 1), Page(store, 2));
        store.Addresses.Intern("never.stored.before@customer.example");
        import.AppendMessages(second, [("box.mbox", "second")], endsTransaction: false);
        Assert.Throws<NullReferenceException>(() => import.AppendMessages([.. third, null!], [("box.mbox", "third")]));
        Assert.Equal(50, store.Facts.Counts()[0].Messages);
        Assert.Equal((50, 1), (store.Facts.Imports()[0].Added, store.Facts.Imports()[0].Damaged));

        Assert.Equal(new(50, 0), import.AppendMessages(second, [("box.mbox", "second")], endsTransaction: false));
        Assert.Equal(new(50, 0), import.AppendMessages(third, [("box.mbox", "third")]));
        using var reader = _file.Read();
        Assert.Equal(["first", "second", "third"], reader.Facts.ReadDamage(import.Id).Select(damage => damage.Reason));
        var mailbox = reader.Facts.Mailboxes().Single();
        Assert.Equal(150, reader.Facts.CountOf(mailbox));
        Assert.Equal(
            store.Facts.ReadMailbox(mailbox).Select(fact => SomeFacts.Line(fact, store.Addresses)),
            reader.Facts.ReadMailbox(mailbox).Select(fact => SomeFacts.Line(fact, reader.Addresses)));
    }

    [Fact]
    public void Pages_whose_transaction_was_not_ended_are_gone()
    {
        using (var store = _file.Write())
        {
            var import = Begin(store);
            import.AppendMessages(Page(store, 0));
            import.AppendMessages(Page(store, 1), endsTransaction: false);
        }
        using var reader = _file.Read();
        Assert.Equal(50, reader.Facts.Counts()[0].Messages);
        Assert.Null(reader.Facts.Imports()[0].EndedAt);
    }

    [Fact]
    public void Whoever_leaves_a_transaction_open_is_no_longer_said_to_write()
    {
        using (var store = _file.Write()) Begin(store).AppendMessages(Page(store, 0), endsTransaction: false);
        using var database = Sqlite.Open(_file.Path, writes: false);
        using var statement = database.Prepare("WriterLease.Holder.sql");
        Assert.True(statement.Step());
        Assert.True(statement.IsNull(0));
    }

    // What is read ahead names addresses while the pages before it are stored.
    [Fact]
    public async Task Addresses_met_while_others_are_stored_are_stored_too()
    {
        string[] names = [.. Enumerable.Range(0, 50_000).Select(n => $"c{n}@customer.example")];
        using (var store = _file.Write())
        {
            store.Database.Execute("begin immediate");
            var book = new AddressBook(store.Database);
            var addresses = book.All;
            var reading = Task.Run(() => names.Count(name => MetSlowly(addresses, name).IsNone), TestContext.Current.CancellationToken);
            while (!reading.IsCompleted) book.Confirm(book.Append());
            Assert.Equal(0, await reading);
            book.Confirm(book.Append());
            store.Database.Execute("commit");
        }
        using var reader = _file.Read();
        Assert.Equal(names, Enumerable.Range(1, reader.Addresses.Count - 1).Select(n => reader.Addresses[new(n)]));
    }

    [Fact]
    public void What_is_new_is_told_to_whoever_joins_as_it_is_stored()
    {
        using var store = _file.Write();
        var import = Begin(store);
        var joins = new List<JoinKeys>();
        import.AppendMessages(Page(store, 0), joins: joins);
        import.AppendMessages([.. Page(store, 1)[..20], .. Page(store, 0), .. Page(store, 1)], endsTransaction: false, joins: joins);
        import.AppendMessages(Page(store, 2));
        import.AppendMessages(Page(store, 3), joins: joins);
        var stored = store.Facts.ReadJoins(store.Facts.Mailboxes().Single()).Select(SomeFacts.JoinLine).ToList();
        Assert.Equal(200, stored.Count);
        Assert.Equal([.. stored[..100], .. stored[150..]], joins.Select(SomeFacts.JoinLine));
    }

    [Fact]
    public void A_change_within_a_change_is_refused_and_both_are_undone()
    {
        using var store = _file.Write();
        var import = Begin(store);
        Assert.Throws<InvalidOperationException>(() => store.Write(() => import.AppendMessages(Page(store, 0))));
        Assert.Empty(store.Facts.Counts());
        Assert.Equal(new(50, 0), import.AppendMessages(Page(store, 0)));
    }

    // As slowly as they are stored, so that nearly every one is met while another is.
    static AddressId MetSlowly(Addresses addresses, string name)
    {
        Thread.SpinWait(100);
        return addresses.Intern(name);
    }

    static Import Begin(MailStore store) =>
        store.Facts.Begin(ImportKind.Mail, "box.mbox", store.Addresses.Intern("support@acme.example"));

    static MessageFact[] Page(MailStore store, int number) => SomeFacts.Messages(number * 50, 50, store.Addresses);
}

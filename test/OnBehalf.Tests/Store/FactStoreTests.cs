using OnBehalf.Engine.Conversations;
using OnBehalf.Engine.Facts;
using OnBehalf.Store;

namespace OnBehalf.Tests.Store;

// Round trip · any order, any pages · repeats · joins · asked order · audit records · finding · counting · damage ·
// interrupted imports · failed pages · addresses.
public sealed class FactStoreTests
{
    [Fact]
    public void Everything_a_message_says_comes_back()
    {
        using var file = new StoreFile();
        string[] expected;
        using (var store = file.Write())
        {
            var mailbox = store.Addresses.Intern("Support@acme.example");
            var messages = SomeFacts.Messages(0, 300, store.Addresses);
            Assert.Equal(new(300, 0), StoreFile.Append(store, mailbox, messages));
            expected = [.. messages.Select(message => SomeFacts.Line(message, store.Addresses))];
        }
        using var reader = file.Read();
        Assert.Equal(expected, Lines(reader));
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Order_repeats_and_page_size_do_not_matter(int seed)
    {
        var random = new Random(seed);
        string[] Import(Func<MessageFact[], IEnumerable<MessageFact[]>> pages)
        {
            using var file = new StoreFile();
            using var store = file.Write();
            var mailbox = store.Addresses.Intern("support@acme.example");
            foreach (var page in pages(SomeFacts.Messages(0, 200, store.Addresses, seed)))
                StoreFile.Append(store, mailbox, page);
            return [.. Lines(store).Order(StringComparer.Ordinal)];
        }

        var straight = Import(facts => [facts]);
        var shuffled = Import(facts =>
        {
            MessageFact[] twice = [.. facts, .. facts];
            random.Shuffle(twice);
            return twice.Chunk(random.Next(1, 50));
        });
        Assert.Equal(200, straight.Length);
        Assert.Equal(straight, shuffled);
    }

    [Fact]
    public void A_repeated_sighting_is_known_and_another_digest_is_another_sighting()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var mailbox = store.Addresses.Intern("support@acme.example");
        var other = store.Addresses.Intern("sales@acme.example");
        var message = SomeFacts.Message(1, store.Addresses);
        Assert.Equal(new(1, 1), StoreFile.Append(store, mailbox, message, message));
        Assert.Equal(new(0, 1), StoreFile.Append(store, mailbox, message));
        Assert.Equal(new(1, 0), StoreFile.Append(store, mailbox, message with { Digest = message.Digest ^ 1 }));
        Assert.Equal(new(1, 0), StoreFile.Append(store, other, message));
        Assert.Equal(1, store.Facts.Counts()[0].Repeats);
    }

    [Fact]
    public void Joins_say_the_same_as_facts_and_can_be_read_twice()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var mailbox = store.Addresses.Intern("support@acme.example");
        var other = store.Addresses.Intern("sales@acme.example");
        foreach (var page in SomeFacts.Messages(0, 200, store.Addresses).Chunk(20))
        {
            StoreFile.Append(store, mailbox, page);
            StoreFile.Append(store, other, page);
        }
        var joins = store.Facts.ReadJoins(mailbox);
        var facts = Facts(store, mailbox).ToArray();
        Assert.Equal(200, facts.Length);
        Assert.Equal(facts.Select(fact => SomeFacts.Line(fact, store.Addresses)),
            store.Facts.ReadMailbox(mailbox).Select(fact => SomeFacts.Line(fact, store.Addresses)));
        foreach (var _ in Enumerable.Range(0, 2))
            Assert.Equal(facts.Select(fact => SomeFacts.JoinLine(fact.ToJoinKeys())), joins.Select(SomeFacts.JoinLine));
        var kept = joins.ToList(); // What one says was overwritten by the next.
        Assert.NotEqual(joins.Select(SomeFacts.JoinLine), kept.Select(SomeFacts.JoinLine));
        Assert.Equal(joins.Select(join => join.FactId).Order(), joins.Select(join => join.FactId));
    }

    [Fact]
    public void Facts_come_in_the_order_asked_and_unknown_ones_are_left_out()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var mailbox = store.Addresses.Intern("support@acme.example");
        StoreFile.Append(store, mailbox, SomeFacts.Messages(0, 50, store.Addresses));
        var ids = store.Facts.ReadJoins(mailbox).Select(join => join.FactId).ToArray();
        long[] asked = [ids[40], ids[3], 999_999, ids[3], ids[49]];
        Assert.Equal([ids[40], ids[3], ids[3], ids[49]],
            store.Facts.ReadFacts(mailbox, asked).Select(fact => fact.FactId));
    }

    [Fact]
    public void Audit_records_are_kept_once_and_read_by_name_and_time()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var support = store.Addresses.Intern("support@acme.example");
        var alias = store.Addresses.Intern("help@acme.example");
        var sends = Enumerable.Range(0, 60)
            .Select(number => SomeFacts.Send(number, number % 3 == 0 ? alias : support, store.Addresses)).ToArray();
        var import = store.Facts.Begin(ImportKind.Audit, "audit.csv");
        Assert.Equal(new(40, 0), import.AppendSends(sends[..40]));
        Assert.Equal(new(20, 40), import.AppendSends(sends));
        Assert.Equal(sends.Where(send => send.Mailbox == support).OrderBy(send => send.At),
            store.Facts.ReadSends([support]));
        Assert.Equal(sends.OrderBy(send => send.RecordId),
            store.Facts.ReadSends([alias, support]).OrderBy(send => send.RecordId));
        Assert.Equal([support, alias], store.Facts.SendNames());
    }

    [Fact]
    public void A_message_is_found_by_its_id_and_a_fact_by_its_number()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var mailbox = store.Addresses.Intern("support@acme.example");
        var other = store.Addresses.Intern("sales@acme.example");
        var messages = SomeFacts.Messages(0, 20, store.Addresses);
        StoreFile.Append(store, mailbox, messages);
        StoreFile.Append(store, other, messages[7]);
        var found = store.Facts.FindMessage("<m7@customer.example>");
        Assert.Equal([mailbox, other], found.Select(sighting => sighting.Mailbox));
        Assert.All(found, sighting => Assert.Equal(messages[7].Key, sighting.Fact.Key));
        Assert.Equal(2, store.Facts.FindMessage(" m7@customer.example ").Count);
        Assert.Empty(store.Facts.FindMessage("m8@elsewhere.example"));
        Assert.Empty(store.Facts.FindMessage(""));
        Assert.Equal(other, store.Facts.FindFact(found[1].Fact.FactId)!.Value.Mailbox);
        Assert.Null(store.Facts.FindFact(0));
    }

    [Fact]
    public void Doctor_counts_what_there_is()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var mailbox = store.Addresses.Intern("support@acme.example");
        var messages = SomeFacts.Messages(0, 200, store.Addresses);
        MessageFact[] repeats = [.. messages.Take(5).Select(message => message with { Digest = message.Digest ^ 1 })];
        StoreFile.Append(store, mailbox, [.. messages, .. repeats]);
        StoreFile.Append(store, store.Addresses.Intern("empty@acme.example"), messages[0] with { At = null });
        MessageFact[] all = [.. messages, .. repeats];
        var counts = store.Facts.Counts();
        Assert.Equal(new(mailbox, 200, 5, all.Count(fact => fact.MessageId.Length == 0),
            all.Count(fact => fact.At is null), all.Min(fact => fact.At)!.Value.ToUnixTimeSeconds(),
            all.Max(fact => fact.At)!.Value.ToUnixTimeSeconds()), counts[0]);
        Assert.Null(counts[1].FirstAt);

        // What lies in another mailbox than the one in whose name it was sent is there, too.
        var elsewhere = SomeFacts.Messages(240, 5, store.Addresses);
        StoreFile.Append(store, store.Addresses.Intern("sales@acme.example"), [.. elsewhere]);
        var sends = Enumerable.Range(150, 100)
            .Select(number => SomeFacts.Send(number, mailbox, store.Addresses)).ToArray();
        store.Facts.Begin(ImportKind.Audit, "audit.csv").AppendSends(sends);
        var keys = messages.Concat(elsewhere).Select(message => message.Key).ToHashSet();
        Assert.Equal([new SendCounts(mailbox, 100, sends.Count(send => send.Key.IsNone),
            sends.Count(send => !send.Key.IsNone && !keys.Contains(send.Key)),
            sends.Max(send => send.At).ToUnixTimeSeconds())], store.Facts.CountSends());
        var since = sends[40].At; // what is as old is counted, too
        Assert.Equal(sends.Count(send => send.At >= since), Assert.Single(store.Facts.CountSends(since)).Records);
    }

    [Fact]
    public void Damage_is_counted_whole_and_kept_up_to_a_limit()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var import = store.Facts.Begin(ImportKind.Mail, "box.mbox", store.Addresses.Intern("support@acme.example"));
        var damage = Enumerable.Range(0, 700)
            .Select(number => ($"box.mbox at {number}", new string('x', 2000))).ToArray();
        import.AppendMessages([], damage);
        import.AppendMessages([], damage);
        var kept = store.Facts.ReadDamage(import.Id);
        Assert.Equal(1400, store.Facts.Imports()[0].Damaged);
        Assert.Equal(Import.DamageLimit, kept.Count);
        Assert.Equal("box.mbox at 299", kept[^1].Where);
        Assert.Equal(Import.DamageTextLimit + 1, kept[0].Reason.Length);
    }

    [Fact]
    public void An_import_is_noted_page_by_page_and_has_no_end_when_it_was_interrupted()
    {
        using var file = new StoreFile();
        var began = file.Clock.GetUtcNow().ToUnixTimeSeconds();
        using (var store = file.Write())
        {
            var mailbox = store.Addresses.Intern("support@acme.example");
            var messages = SomeFacts.Messages(0, 30, store.Addresses);
            var import = store.Facts.Begin(ImportKind.Mail, "box.mbox", mailbox);
            import.AppendMessages(messages[..20]);
            import.AppendMessages(messages[10..]);
            var audit = store.Facts.Begin(ImportKind.Audit, "audit.csv");
            audit.AppendSends([], cursor: "page 1");
            audit.Finish();
        }
        using var reader = file.Read();
        var support = reader.Addresses.Find("support@acme.example");
        Assert.Equal(
            [
                new(2, ImportKind.Audit, "audit.csv", AddressId.None, began, began, 0, 0, 0, "page 1"),
                new(1, ImportKind.Mail, "box.mbox", support, began, null, 30, 10, 0, null),
            ], reader.Facts.Imports());
    }

    [Fact]
    public void A_failed_page_leaves_nothing_and_addresses_keep_their_numbers()
    {
        using var file = new StoreFile();
        string[] expected;
        using (var store = file.Write())
        {
            var mailbox = store.Addresses.Intern("support@acme.example");
            StoreFile.Append(store, mailbox, SomeFacts.Messages(0, 10, store.Addresses));
            var import = store.Facts.Begin(ImportKind.Mail, "box.mbox", mailbox);
            var page = SomeFacts.Messages(10, 200, store.Addresses, seed: 2);
            store.Addresses.Intern("never.stored.before@customer.example");
            Assert.Throws<NullReferenceException>(() => import.AppendMessages([.. page, null!]));
            Assert.Equal(10, store.Facts.Counts()[0].Messages);
            Assert.Equal(0, store.Facts.Imports()[0].Added);
            Assert.Equal(new(200, 0), import.AppendMessages(page));
            expected = [.. Lines(store)];
        }
        using var reader = file.Read();
        Assert.Equal(expected, Lines(reader));
    }

    [Fact]
    public void A_commit_that_fails_leaves_new_addresses_pending()
    {
        using var file = new StoreFile();
        string[] expected;
        using (var store = file.Write())
        {
            var mailbox = store.Addresses.Intern("support@acme.example");
            var import = store.Facts.Begin(ImportKind.Mail, "box.mbox", mailbox);
            var page = SomeFacts.Messages(0, 50, store.Addresses);
            // Every new address breaks a rule that is looked at when the transaction is committed, and not before.
            store.Database.Execute("""
                create table parent (id integer primary key);
                create table child (parent integer references parent deferrable initially deferred);
                create temp trigger doomed after insert on address begin insert into child values (1); end;
                pragma foreign_keys = on;
                """);
            Assert.Throws<InvalidOperationException>(() => import.AppendMessages(page));
            Assert.Empty(store.Facts.Counts());
            store.Database.Execute("drop trigger doomed");
            Assert.Equal(new(50, 0), import.AppendMessages(page));
            expected = [.. Lines(store)];
        }
        using var reader = file.Read();
        Assert.Equal(expected, Lines(reader));
    }

    [Fact]
    public void Hostile_addresses_keep_their_numbers()
    {
        using var file = new StoreFile();
        string[] hostile = ["a\ud800@x.example", "a\udc00@x.example", "a\ufffd@x.example", "\0", "İ@x.example",
            "i̇@x.example", "\u3000x\u3000", new string('y', 5000), "ß@x.example", "SS@x.example",
            "'; drop table fact; --"];
        AddressId[] numbers;
        using (var store = file.Write())
        {
            numbers = [.. hostile.Select(text => store.Addresses.Intern(text))];
            StoreFile.Append(store, numbers[0], SomeFacts.Message(1, store.Addresses));
        }
        using var again = file.Write();
        Assert.Equal(numbers, hostile.Select(text => again.Addresses.Intern(text)));
    }

    static IEnumerable<MessageFact> Facts(MailStore store, AddressId mailbox) =>
        store.Facts.ReadFacts(mailbox, [.. store.Facts.ReadJoins(mailbox).Select(join => join.FactId)]);

    static IEnumerable<string> Lines(MailStore store) => store.Facts.Mailboxes()
        .SelectMany(mailbox => Facts(store, mailbox)).Select(fact => SomeFacts.Line(fact, store.Addresses));
}

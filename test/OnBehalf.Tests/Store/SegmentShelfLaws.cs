using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Segments;
using OnBehalf.Store;
using OnBehalf.Tests.Engine.Segments;

namespace OnBehalf.Tests.Store;

/// <summary>A shelf that was read after another is the one that is read from the beginning, and shares what stayed.</summary>
public sealed class SegmentShelfLaws : IDisposable
{
    readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void After_any_changes_what_is_read_further_is_what_is_read_anew()
    {
        using var writer = _file.Write();
        using var reader = _file.Read();
        var random = new Random(1);
        var mailboxes = Mailboxes(writer, 5);
        var shelf = SegmentShelf.Read(reader);
        for (var round = 0; round < 20; round++)
        {
            foreach (var mailbox in mailboxes.Where(_ => random.Next(3) == 0))
            {
                StoreFile.Append(writer, mailbox, SomeFacts.Message(100 + round, writer.Addresses));
                Replace(writer, mailbox, [.. Findings(mailbox, months: random.Next(1, 5), seed: random.Next(3))]);
            }
            shelf = SegmentShelf.Read(reader, before: shelf);
            var anew = SegmentShelf.Read(reader);

            Assert.Equal(Lines(anew.All), Lines(shelf.All));
            foreach (var mailbox in mailboxes) Assert.Equal(Lines(anew.Of(mailbox)), Lines(shelf.Of(mailbox)));
        }
    }

    [Fact]
    public void What_did_not_change_is_the_very_same_in_both()
    {
        using var writer = _file.Write();
        using var reader = _file.Read();
        var (support, sales) = (Mailboxes(writer, 2)[0], Mailboxes(writer, 2)[1]);
        Replace(writer, support, [.. Findings(support, months: 3, seed: 1)]);
        Replace(writer, sales, [.. Findings(sales, months: 3, seed: 2)]);
        var before = SegmentShelf.Read(reader);

        StoreFile.Append(writer, sales, SomeFacts.Message(99, writer.Addresses));
        Replace(writer, sales, [.. Findings(sales, months: 2, seed: 2), .. Findings(sales, months: 4, seed: 5).Skip(2)]);
        var after = SegmentShelf.Read(reader, before: before);

        Assert.Equal(before.Of(support), after.Of(support)); // the very objects
        Assert.Equal(before.Of(sales).Take(2), after.Of(sales).Take(2));
        Assert.Equal(4, after.Of(sales).Count);
        Assert.DoesNotContain(after.Of(sales)[2], before.Of(sales));
    }

    [Fact]
    public void Only_mailboxes_that_may_be_seen_are_there()
    {
        using var writer = _file.Write();
        var mailboxes = Mailboxes(writer, 3);
        foreach (var mailbox in mailboxes) Replace(writer, mailbox, [.. Findings(mailbox, months: 2, seed: 3)]);
        var all = SegmentShelf.Read(writer);
        var some = SegmentShelf.Read(writer, [mailboxes[1]], before: SegmentShelf.Read(writer, [mailboxes[1]]));
        Assert.Equal(Lines(all.Of(mailboxes[1])), Lines(some.All));
        Assert.Empty(some.Of(mailboxes[0]));
    }

    static AddressId[] Mailboxes(MailStore store, int count)
    {
        AddressId[] mailboxes = [.. Enumerable.Range(0, count).Select(i => store.Addresses.Intern($"box{i}@acme.example"))];
        foreach (var mailbox in mailboxes) StoreFile.Append(store, mailbox, SomeFacts.Messages(0, 3, store.Addresses));
        return mailboxes;
    }

    /// <summary>Some months of findings: the same seed makes the same months.</summary>
    static IEnumerable<PackedSegment> Findings(AddressId mailbox, int months, int seed) =>
        Enumerable.Range(0, months).SelectMany(month => SegmentWriter.Pack(
            mailbox, Enumerable.Range(0, 5 + seed)
                .Select(i => new SomeFindings(month * 10 + seed).Odd((600 + month) * 2_629_800L + 400_000))
                .Select((finding, i) => finding with { FactId = i + 1 })));

    static void Replace(MailStore store, AddressId mailbox, PackedSegment[] segments)
    {
        var ground = store.Findings.Ground(store.Settings.Rules()).Single(g => g.Mailbox == mailbox);
        store.Findings.Replace(ground, segments);
    }

    static List<string> Lines(IEnumerable<Segment> segments) => [.. segments.Select(s =>
        $"{s.Mailbox.Value} {s.Month} {s.Part} {string.Join(';', s.Read().Select(f => f.ToString()))}")];
}

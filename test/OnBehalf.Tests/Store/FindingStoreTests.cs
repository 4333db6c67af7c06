using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Segments;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Tests.Store;

public sealed class FindingStoreTests : IDisposable
{
    readonly StoreFile _file = new();
    readonly MailStore _store;
    readonly AddressId _support;
    readonly AddressId _sales;

    public FindingStoreTests()
    {
        _store = _file.Write();
        _support = _store.Addresses.Intern("support@acme.example");
        _sales = _store.Addresses.Intern("sales@acme.example");
        StoreFile.Append(_store, _support, SomeFacts.Messages(0, 10, _store.Addresses));
        StoreFile.Append(_store, _sales, SomeFacts.Messages(0, 10, _store.Addresses));
    }

    public void Dispose()
    {
        _store.Dispose();
        _file.Dispose();
    }

    [Fact]
    public void Segments_come_back_by_mailbox_month_and_part()
    {
        Replace(_sales, [Segment(_sales, 601, 0), Segment(_sales, 600, 1), Segment(_sales, 600, 0)]);
        Replace(_support, [Segment(_support, 600, 0), Segment(_support, 602, 0)]);
        Assert.Equal([(_support, 600, 0), (_support, 602, 0), (_sales, 600, 0), (_sales, 600, 1), (_sales, 601, 0)],
            Read(_store.Findings.ReadSegments()));
        Assert.Equal([(_sales, 601, 0)], Read(_store.Findings.ReadSegments([_sales], 601)));
        Assert.Equal([(_support, 600, 0), (_sales, 600, 0), (_sales, 600, 1)],
            Read(_store.Findings.ReadSegments([_sales, _support], 599, 600)));
        Assert.Empty(_store.Findings.ReadSegments([]));
        var expected = Segment(_sales, 601, 0);
        var segment = _store.Findings.ReadSegments([_sales], 601).Single();
        Assert.Equal(expected.Bytes, segment.Bytes);
        Assert.Equal(expected, segment with { Bytes = expected.Bytes });
    }

    [Fact]
    public void Replacing_leaves_nothing_of_before_and_touches_no_other_mailbox()
    {
        Replace(_support, [Segment(_support, 600, 0), Segment(_support, 601, 0)]);
        Replace(_sales, [Segment(_sales, 600, 0)]);
        Replace(_support, [Segment(_support, 650, 0)]);
        Assert.Equal([(_support, 650, 0), (_sales, 600, 0)], Read(_store.Findings.ReadSegments()));
    }

    [Fact]
    public void A_replacement_that_breaks_off_changes_nothing()
    {
        Replace(_support, [Segment(_support, 600, 0)]);
        StoreFile.Append(_store, _support, SomeFacts.Message(99, _store.Addresses));
        IEnumerable<PackedSegment> BreaksOff()
        {
            yield return Segment(_support, 700, 0);
            throw new InvalidDataException("the engine fell over");
        }
        Assert.Throws<InvalidDataException>(() => Replace(_support, BreaksOff()));
        Assert.Throws<InvalidOperationException>(() => Replace(_support, [Segment(_sales, 600, 0)]));
        Assert.Equal([(_support, 600, 0)], Read(_store.Findings.ReadSegments()));
        Assert.Equal(DirtyBecause.Facts, Because(_support));
    }

    [Fact]
    public void Segments_may_be_computed_from_facts_while_they_are_stored()
    {
        Replace(_support, _store.Facts.ReadJoins(_support).Select((_, number) => Segment(_support, number, 0)));
        Assert.Equal(10, _store.Findings.ReadSegments().Count());
    }

    [Fact]
    public void A_mailbox_is_dirty_for_a_reason_and_clean_once_it_is_computed()
    {
        Assert.Equal(DirtyBecause.Missing, Because(_support));
        ReplaceAll();
        Assert.Empty(_store.Findings.Dirty(_store.Settings.Rules(), 1));
        Assert.Equal(DirtyBecause.Engine, Ground(_support, engine: 2).Because);

        StoreFile.Append(_store, _support, SomeFacts.Message(5, _store.Addresses));
        Assert.Equal(DirtyBecause.Nothing, Because(_support)); // A known message is nothing new.
        StoreFile.Append(_store, _support, SomeFacts.Message(11, _store.Addresses));
        Assert.Equal((DirtyBecause.Facts, DirtyBecause.Nothing), (Because(_support), Because(_sales)));
        ReplaceAll();

        Save(settings => settings with { InternalDomains = ["acme.test"] });
        Assert.Equal((DirtyBecause.Rules, DirtyBecause.Rules), (Because(_support), Because(_sales)));
        ReplaceAll();
        Save(settings => settings with { Mailboxes = [new() { Address = "support@acme.example" }] });
        ReplaceAll();
        Save(settings => settings with { Mailboxes = [settings.Mailboxes[0] with { SilenceDays = new(null) }] });
        Assert.Equal((DirtyBecause.Rules, DirtyBecause.Nothing), (Because(_support), Because(_sales)));
    }

    [Theory, InlineData("support@acme.example"), InlineData("help@acme.example"), InlineData("help+eu@acme.example")]
    public void Audit_records_in_any_own_name_make_a_mailbox_dirty(string name)
    {
        Save(settings => settings with
        {
            Mailboxes =
            [
                new() { Address = "support@acme.example", Aliases = ["help@acme.example"], AuditConnected = true },
                new() { Address = "sales@acme.example", AuditConnected = true },
            ],
        });
        ReplaceAll();
        var id = _store.Addresses.Intern(name);
        _store.Facts.Begin(ImportKind.Audit, "audit.csv").AppendSends([SomeFacts.Send(1, id, _store.Addresses)]);
        Assert.True(Because(_support).HasFlag(DirtyBecause.Sends));
        Assert.False(Because(_sales).HasFlag(DirtyBecause.Sends));
        ReplaceAll();
        _store.Facts.Begin(ImportKind.Audit, "audit.csv").AppendSends([SomeFacts.Send(1, id, _store.Addresses)]);
        Assert.Equal(DirtyBecause.Nothing, Because(_support));
    }

    [Fact]
    public void What_comes_while_findings_are_computed_makes_the_mailbox_dirty_again()
    {
        var before = Ground(_support);
        StoreFile.Append(_store, _support, SomeFacts.Message(50, _store.Addresses));
        _store.Findings.Replace(before, [Segment(_support, 600, 0)]);
        Assert.Equal(DirtyBecause.Facts, Because(_support));
    }

    static PackedSegment Segment(AddressId mailbox, int month, int part) =>
        new(mailbox, month, part, 3, month * 100L, (month * 100L) + 5, [1, 0, (byte)part, (byte)(month % 256)]);

    static IEnumerable<(AddressId, int, int)> Read(IEnumerable<PackedSegment> segments) =>
        segments.Select(segment => (segment.Mailbox, segment.Month, segment.Part));

    void Replace(AddressId mailbox, IEnumerable<PackedSegment> segments) =>
        _store.Findings.Replace(Ground(mailbox), segments);

    void ReplaceAll()
    {
        foreach (var ground in _store.Findings.Dirty(_store.Settings.Rules(), 1)) _store.Findings.Replace(ground, []);
    }

    Ground Ground(AddressId mailbox, int engine = 1) =>
        _store.Findings.Ground(_store.Settings.Rules(), engine).Single(ground => ground.Mailbox == mailbox);

    DirtyBecause Because(AddressId mailbox) => Ground(mailbox).Because;

    void Save(Func<Settings, Settings> change)
    {
        var (settings, version) = _store.Settings.Load();
        _store.Settings.Save(change(settings), version);
    }
}

using NodaTime;
using OnBehalf.Engine.Setups;
using OnBehalf.Store;

namespace OnBehalf.Tests.Store;

/// <summary>Spans that were read are kept joined, in any order; pictures come back as they were kept.</summary>
public sealed class ReadingTests
{
    static Instant At(int hour) => Instant.FromUtc(2026, 3, 2, 0, 0) + Duration.FromHours(hour);

    [Fact]
    public void Spans_are_joined_in_any_order()
    {
        (int From, int Until)[] spans = [(0, 4), (2, 6), (6, 8), (10, 12), (11, 11 + 3), (20, 24)];
        for (var turn = 0; turn < spans.Length; turn++)
        {
            using var file = new StoreFile();
            using var store = file.Write();
            var import = store.Facts.Begin(ImportKind.Audit, "feed");
            foreach (var (from, until) in spans[turn..].Concat(spans[..turn]).Reverse())
                import.AppendSends([], window: new(At(from), At(until)));
            Assert.Equal([new(At(0), At(8)), new(At(10), At(14)), new(At(20), At(24))], store.Readings.Windows());
        }
    }

    [Fact]
    public void How_a_reading_ended_is_kept_and_when_it_was_first_asked_stays()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var import = store.Facts.Begin(ImportKind.Audit, "feed");
        store.Readings.Note(import.Id, Duration.FromDays(7), "refused");
        var first = Assert.Single(store.Readings.All());
        Assert.Equal(("feed", Duration.FromDays(7), "refused"), (first.Source, first.Kept, first.Problem));
        store.Readings.Note(import.Id, Duration.FromDays(7), null);
        Assert.Equal(first with { Problem = null }, Assert.Single(store.Readings.All()));
    }

    [Fact]
    public void Pictures_come_back_as_they_were_kept()
    {
        var picture = new ExchangePicture
        {
            TakenAt = At(1), IsUnifiedAuditOn = true,
            Mailboxes =
            [
                new()
                {
                    Address = "support@acme.example", Kind = RecipientKind.Shared, Aliases = ["help@acme.example"], SendAs = [],
                    OnBehalf = [new("team@acme.example", TrusteeKind.Group, ["anna@acme.example"])], CopiesSentAs = false,
                },
            ],
            People = new Dictionary<string, PersonSetup> { ["anna@acme.example"] = new() { Region = "EUR", IsAuditBypassed = true } },
        };
        var directory = new DirectoryPicture(At(2), [new(Guid.NewGuid(), "Anna", ["anna@acme.example"])]);
        using var file = new StoreFile();
        using (var store = file.Write())
        {
            Assert.Null(store.Pictures.Exchange());
            store.Pictures.Keep(picture with { IsUnifiedAuditOn = false });
            store.Pictures.Keep(picture);
            store.Pictures.Keep(directory);
        }
        using var again = file.Write();
        Assert.Equivalent(picture, again.Pictures.Exchange(), strict: true);
        Assert.Equivalent(directory, again.Pictures.Directory(), strict: true);
    }
}

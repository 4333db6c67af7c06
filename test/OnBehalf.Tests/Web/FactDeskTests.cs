using OnBehalf.Answers;
using OnBehalf.Tests.Store;

namespace OnBehalf.Tests.Web;

public sealed class FactDeskTests : IDisposable
{
    readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Whoever_goes_away_stops_what_is_being_read()
    {
        _file.Fill(500);
        using var desk = new FactDesk(_file.Path, TimeProvider.System);
        using var reader = new CancellationTokenSource();
        var read = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => desk.Read(
            store =>
            {
                foreach (var _ in store.Facts.ReadMailbox(store.Addresses.Find("support@acme.example")))
                    if (++read == 100) reader.Cancel();
                return read;
            }, reader.Token));
        Assert.Equal(100, read);
        // The next one is lent another.
        Assert.Equal(500, desk.Read(store => store.Facts.CountOf(store.Addresses.Find("support@acme.example")), CancellationToken.None));
    }

    [Fact]
    public void Stores_that_are_lent_share_their_addresses()
    {
        _file.Fill(50);
        using var desk = new FactDesk(_file.Path, TimeProvider.System);
        using var kept = desk.Open();
        var count = kept.Addresses.Count;
        Assert.True(count > 1);
        Assert.Same(kept.Addresses, desk.Read(store => store.Addresses, CancellationToken.None));
        using (var writer = _file.Write())
            StoreFile.Append(writer, writer.Addresses.Intern("sales@acme.example"), SomeFacts.Messages(0, 5, writer.Addresses, seed: 7));
        // What one of them learns, all of them know.
        desk.Read(store => store.Facts.Mailboxes(), CancellationToken.None);
        Assert.False(kept.Addresses.Find("sales@acme.example").IsNone);
    }

    [Fact]
    public void A_store_that_was_lent_when_all_were_forgotten_is_not_lent_again()
    {
        _file.Fill(5);
        using var desk = new FactDesk(_file.Path, TimeProvider.System);
        var before = desk.Read(store => store, CancellationToken.None);
        Assert.Same(before, desk.Read(store => store, CancellationToken.None));
        desk.Read(store =>
        {
            desk.Forget();
            return store.Facts.Mailboxes();
        }, CancellationToken.None);
        Assert.NotSame(before, desk.Read(store => store, CancellationToken.None));
    }
}

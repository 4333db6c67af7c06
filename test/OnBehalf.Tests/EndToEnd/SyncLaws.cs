using OnBehalf.Engine.Facts;
using OnBehalf.Simulator;
using OnBehalf.Sources;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using OnBehalf.Tests.Workers;
using OnBehalf.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>However a tenant is read, what is found is what one undisturbed sync finds. Killed processes: SyncKills.</summary>
public sealed class SyncLaws
{
    const string Scenario = "send-on-behalf-only";
    const int Seed = 5;
    static readonly Quirks Odd = Quirks.Parse("all,-throttling,-gateway-errors");

    static Task<Office> OpenAsync() => Office.OpenAsync(Scenario, Odd, Seed);

    static async Task<List<string>> UndisturbedAsync(Office office)
    {
        using var store = office.NewStore("undisturbed.db");
        await office.SyncTenantAsync(store);
        return FindingText.Of(store);
    }

    [Fact]
    public async Task A_second_sync_changes_nothing()
    {
        await using var office = await OpenAsync();
        using var store = office.NewStore();
        await office.SyncTenantAsync(store);
        var first = FindingText.Of(store);
        var edition = store.Findings.Edition();
        office.Clock.Advance(TimeSpan.FromSeconds(2)); // An edition tells when it was made, and nothing arrives meanwhile.
        Assert.Equal(0, (await office.SyncTenantAsync(store)).Added);
        Assert.Equal(edition, store.Findings.Edition()); // Nothing was computed anew either.
        FindingText.AssertSame(first, FindingText.Of(store), "second sync");
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(97)]
    [InlineData(13)]
    public async Task Pages_of_another_size_change_nothing(int size)
    {
        await using var office = await OpenAsync();
        using var wire = new SomeWire { PageSize = size };
        using var connection = office.ConnectBy(wire);
        using var store = office.NewStore();
        await office.SyncTenantAsync(store, by: connection);
        Assert.True(wire.Pages > 2_500 / size, $"{wire.Pages} pages of {size}");
        FindingText.AssertSame(await UndisturbedAsync(office), FindingText.Of(store), $"pages of {size}");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Pages_fed_in_another_order_change_nothing(int order)
    {
        await using var office = await OpenAsync();
        using var wire = new SomeWire { PageSize = 31 };
        using var connection = office.ConnectBy(wire);
        using var store = office.NewStore();
        var pages = await PagesAsync(store, connection, office);
        if (order < 0) pages.Reverse();
        else new Random(order).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pages));
        foreach (var (mailbox, page) in pages)
            store.Facts.Resume(ImportKind.Mail, SyncRound.Source, mailbox).AppendMessages(page.Messages);
        await office.SyncTenantAsync(store); // Audit, directory, and every page again in its own order.
        FindingText.AssertSame(await UndisturbedAsync(office), FindingText.Of(store), $"order {order}");
    }

    static async Task<List<(AddressId Mailbox, MailPage Page)>> PagesAsync(MailStore store, TenantConnection connection, Office office)
    {
        var own = new OwnNames(store.Addresses, store.Settings.Load().Settings.Mailboxes.Select(
            IReadOnlyList<string> (mailbox) => [mailbox.Address, .. mailbox.Aliases]));
        var pages = new List<(AddressId, MailPage)>();
        foreach (var account in store.Accounts.All())
        {
            var source = new GraphMailSource(
                connection, new(account.Mailbox, store.Addresses[account.Mailbox], account.GraphId, account.Horizon),
                new Dictionary<string, string>(), own, store.Addresses, new HurriedClock(office.Clock));
            await foreach (var page in source.ReadAsync(TestContext.Current.CancellationToken))
                if (page.Messages.Count > 0) pages.Add((account.Mailbox, page));
        }
        Assert.True(pages.Count > 50, $"{pages.Count} pages");
        return pages;
    }

    [Fact]
    public async Task A_cut_after_every_page_changes_nothing()
    {
        await using var office = await OpenAsync();
        using var wire = new SomeWire { PageSize = 61, WholePages = 1 };
        using var connection = office.ConnectBy(wire);
        using var store = office.NewStore();
        var rounds = 0;
        for (var isCut = true; isCut; rounds++)
        {
            wire.Restart();
            var outcome = await office.TrySyncAsync(store, connection);
            isCut = outcome.Troubles.Count > 0;
            // A folder that is read costs a page of nothing in every round: where only those came, one page more may come.
            if (outcome.Added == 0) wire.WholePages++;
            Assert.True(rounds < 1_000, string.Join('\n', outcome.Troubles));
        }
        Assert.True(rounds > 40, $"{rounds} rounds");
        await office.SyncTenantAsync(store);
        FindingText.AssertSame(await UndisturbedAsync(office), FindingText.Of(store), $"{rounds} cuts");
    }

    [Fact]
    public async Task A_blocked_mailbox_does_not_stop_the_others()
    {
        await using var office = await OpenAsync();
        var blocked = office.Tenant.Mailboxes[0];
        using var wire = new SomeWire { Blocked = blocked };
        using var connection = office.ConnectBy(wire);
        using var store = office.NewStore();
        var outcome = await office.SyncTenantAsync(store, mayGrumble: true, by: connection);
        Assert.Equal(blocked, Assert.Single(outcome.Troubles).Where);
        Assert.Equal(office.Tenant.Mailboxes.Count - 1, outcome.Mailboxes);
        var others = (await UndisturbedAsync(office)).Where(line => !line.StartsWith(blocked, StringComparison.Ordinal)).ToList();
        FindingText.AssertSame(others, FindingText.Of(store), "blocked");

        // Once it may be read, nothing of it is missing.
        await office.SyncTenantAsync(store);
        FindingText.AssertSame(await UndisturbedAsync(office), FindingText.Of(store), "unblocked");
    }
}

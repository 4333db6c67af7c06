using OnBehalf.Simulator;
using OnBehalf.Tests.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>A mailbox that is read in rounds over its life is known as well as one that is read once at the end of it.</summary>
public sealed class RoundsTests
{
    // What is purged between rounds is known only to whoever came in time, and an agent is called by the first address
    // that was met; everything else has to be the same.
    const string NothingIsPurged = "all,-soft-deletes,-archiving,-folder-changes,-renamed-people";

    [Theory]
    [InlineData(NothingIsPurged, 13, 1)]
    [InlineData(NothingIsPurged + ",missed-moves=1,filing=1", 13, 42)]
    [InlineData(NothingIsPurged + ",missed-moves=1,filing=1", 12, 7)]
    public async Task Rounds_over_days_find_what_one_sync_at_the_end_finds(string quirks, int rounds, int seed)
    {
        const int days = 30;
        await using var office = await Office.OpenAsync("send-on-behalf-only", Quirks.Parse(quirks), seed, before: days * 0.9);
        using var store = office.NewStore();
        for (var round = 1; round <= rounds; round++)
        {
            await office.SyncTenantAsync(store);
            if (round < rounds) office.Clock.Advance(TimeSpan.FromDays(days * 0.9 / (rounds - 1)));
        }
        using var once = office.NewStore("once.db");
        await office.SyncTenantAsync(once);
        FindingText.AssertSame(FindingText.Of(once), FindingText.Of(store), quirks);
    }
}

using OnBehalf.Simulator;
using OnBehalf.Tests.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// From a simulated tenant over HTTP to findings, held against what the tenant knows. Three seeds are fixed, one is fresh
/// each time and stands in the test's name.
/// </summary>
public sealed class TruthTests
{
    public static TheoryData<int> Seeds => [1, 7, 42, Random.Shared.Next(100, 1_000_000)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task With_all_quirks_on_what_is_found_is_what_truly_happened(int seed)
    {
        await using var office = await Office.OpenAsync("acme-support", Quirks.All, seed);
        using var store = office.NewStore();
        await office.SyncTenantAsync(store);
        var verdict = Verdict.Of(store, stream => office.Tenant.WriteTruth(stream, office.Clock.GetUtcNow()));
        Assert.True(verdict.Missing == 0 && verdict.WrongKinds == 0 && verdict.CertainAndWrong == 0 && verdict.WrongWaits == 0
            && verdict.KnownRightly >= verdict.Known * 0.999
            && Math.Abs(verdict.Coverage - verdict.KnowableShare) <= 0.005, verdict.ToString());
    }
}

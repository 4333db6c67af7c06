using OnBehalf.Simulator;
using OnBehalf.Tests.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// Each permission situation of docs/attribution.md, from a simulated tenant over HTTP with all quirks on: coverage is what
/// truth says can be known, and nobody is named wrongly.
/// </summary>
public sealed class SituationTests
{
    [Theory]
    [InlineData("send-on-behalf-only")]
    [InlineData("send-as-with-audit")]
    [InlineData("send-as-no-audit")]
    [InlineData("both-rights")]
    [InlineData("copies-off")]
    [InlineData("cross-geo")]
    [InlineData("late-audit")]
    public async Task Coverage_is_what_can_be_known(string scenario)
    {
        await using var office = await Office.OpenAsync(scenario, Quirks.All, seed: 42);
        using var store = office.NewStore();
        // Where auditing is off, the audit part of a round says so, which is as it should be.
        await office.SyncTenantAsync(store, mayGrumble: scenario == "send-as-no-audit");
        var verdict = Verdict.Of(store, stream => office.Tenant.WriteTruth(stream, office.Clock.GetUtcNow()));
        TestContext.Current.TestOutputHelper!.WriteLine($"{scenario}: {verdict}");
        Assert.True(verdict.Missing == 0 && verdict.CertainAndWrong == 0 && verdict.WrongWaits == 0
            && verdict.KnownRightly >= verdict.Known * 0.999
            && Math.Abs(verdict.Coverage - verdict.KnowableShare) <= 0.005, verdict.ToString());
    }
}

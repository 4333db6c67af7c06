using System.Diagnostics;
using System.Globalization;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Store;
using OnBehalf.Tests.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>
/// The real program, <c>onbehalf sync</c>, killed with SIGKILL at seeded instants and started again. A modest number of
/// times in every run; the nightly profile sets <c>ONBEHALF_SYNC_KILLS=200</c>.
/// </summary>
public sealed class SyncKills
{
    const int UsualKills = 12;

    static int Kills => int.TryParse(
        Environment.GetEnvironmentVariable("ONBEHALF_SYNC_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : UsualKills;

    [Fact]
    public async Task A_sync_killed_at_any_instant_finds_in_the_end_what_an_undisturbed_one_finds()
    {
        var (expected, requests, pages) = await UndisturbedAsync();
        var random = new Random(200);
        var (killed, stores) = (0, 0);
        for (; killed < Kills; stores++)
        {
            // A tenant of its own, for those who are killed leave audit queries behind that one tenant has enough of one day.
            await using var office = await OpenAsync();
            await using var turnstile = await Turnstile.OpenAsync(office.Tenant.BaseAddress);
            var path = Prepare(office, turnstile);
            for (var lives = random.Next(1, 9); lives > 0 && killed < Kills; lives--)
            {
                // Three of four die while mail is read, which is where something could be lost.
                var at = random.Next(4) > 0 ? new Passage(0, random.Next(1, pages + 1), random.Next(2) == 0)
                    : new Passage(random.Next(1, requests + 1), 0, random.Next(2) == 0);
                if (await SyncAndKillAsync(path, turnstile, at, random.Next(2_000_000))) killed++;
            }
            await SyncAsync(path, turnstile);
            using var store = MailStore.Open(path, StoreAccess.Write, office.Clock);
            Assert.Empty(store.Check());
            FindingText.AssertSame(expected, FindingText.Of(store), $"store {stores + 1}, {killed} kills");
        }
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{killed} kills, {stores} stores; {requests} requests and {pages} pages of an undisturbed sync");
    }

    static Task<Office> OpenAsync() => Office.OpenAsync("tiny", Quirks.Parse("all,-throttling,-gateway-errors"));

    static async Task<(List<string> Findings, int Requests, int Pages)> UndisturbedAsync()
    {
        await using var office = await OpenAsync();
        await using var turnstile = await Turnstile.OpenAsync(office.Tenant.BaseAddress);
        var path = Prepare(office, turnstile);
        await SyncAsync(path, turnstile);
        using var store = MailStore.Open(path, StoreAccess.Write, office.Clock);
        return (FindingText.Of(store), turnstile.Count.Requests, turnstile.Count.Pages);
    }

    static string Prepare(Office office, Turnstile turnstile)
    {
        using var store = office.NewStore();
        store.Accounts.Save(office.Record with { Cloud = turnstile.Address, Credential = "env:ONBEHALF_TEST_SECRET" });
        return store.Path;
    }

    static Process Start(string path)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "onbehalf.exe" : "onbehalf");
        return Process.Start(new ProcessStartInfo(program, ["sync", "--store", path])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["ONBEHALF_TEST_SECRET"] = RegisteredApp.Default.Secret },
        })!;
    }

    static async Task SyncAsync(string path, Turnstile turnstile)
    {
        turnstile.Passing = _ => { };
        using var process = Start(path);
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await said);
    }

    /// <summary>Says whether it was killed, rather than at its end before.</summary>
    static async Task<bool> SyncAndKillAsync(string path, Turnstile turnstile, Passage at, int spins)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        turnstile.Restart();
        turnstile.Passing = passage =>
        {
            var isThere = at.Page > 0 ? passage.Page == at.Page : passage.Number == at.Number;
            if (isThere && passage.IsAnswered == at.IsAnswered) reached.TrySetResult();
        };
        using var process = Start(path);
        var silence = Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await Task.WhenAny(reached.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        Thread.SpinWait(spins);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await silence;
        return process.ExitCode != 0;
    }
}

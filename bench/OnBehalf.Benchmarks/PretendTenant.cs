using System.Diagnostics;
using System.Globalization;
using NodaTime;
using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Benchmarks;

/// <summary>A simulated tenant in a process of its own, so that what it needs is not taken for ours.</summary>
sealed class PretendTenant : IDisposable
{
    /// <summary>Where the store that is prepared finds the secret.</summary>
    public const string Secret = "ONBEHALF_BENCH_SECRET";

    readonly Process _process;

    PretendTenant(Process process, string address, string id, IReadOnlyList<string> mailboxes) =>
        (_process, Address, Id, Mailboxes) = (process, address, id, mailboxes);

    public string Address { get; }
    public string Id { get; }
    public IReadOnlyList<string> Mailboxes { get; }

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one with about so many messages in so many mailboxes.</summary>
    public static PretendTenant Start(int mailboxes, long messages, string quirks = "none")
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, ["tenant", Text(mailboxes), Text(messages), quirks])
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        })!;
        string Line() => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The tenant did not start.");
        return new(process, Line(), Line(), Line().Split(' '));
    }

    /// <summary>What the other process does: it serves until its input ends.</summary>
    public static async Task ServeAsync(string[] args)
    {
        var options = new SimulationOptions
        {
            Scenario = Scenario.ByName("acme-support").Sized(
                int.Parse(args[0], CultureInfo.InvariantCulture), long.Parse(args[1], CultureInfo.InvariantCulture)),
            Quirks = Quirks.Parse(args[2]),
            // Eight mailboxes are read at the same time; one that does not fit would be made anew for every page.
            MessagesInMemory = Math.Max(150_000, 10 * int.Parse(args[1], CultureInfo.InvariantCulture)
                / int.Parse(args[0], CultureInfo.InvariantCulture)),
            Apps = [RegisteredApp.Default with { TokenLifetime = TimeSpan.FromDays(400) }],
        };
        await using var tenant = await SimulatedTenant.StartAsync(options, new WorldClock(options.End), default);
        Console.WriteLine(tenant.BaseAddress);
        Console.WriteLine(tenant.TenantId);
        Console.WriteLine(string.Join(' ', tenant.Mailboxes));
        await Console.In.ReadToEndAsync();
    }

    /// <summary>A new store that knows the tenant and all its mailboxes.</summary>
    public string Prepare(string folder)
    {
        Environment.SetEnvironmentVariable(Secret, RegisteredApp.Default.Secret);
        var path = Path.Combine(folder, "mail.db");
        using var store = MailStore.Open(path, StoreAccess.Write, TimeProvider.System);
        var (settings, version) = store.Settings.Load();
        store.Settings.Save(settings with
        {
            Mailboxes = [.. Mailboxes.Select(mailbox => new MailboxSettings { Address = mailbox })],
        }, version);
        store.Accounts.Save(new(Id, Address.TrimEnd('/'), RegisteredApp.Default.ClientId, "env:" + Secret));
        foreach (var mailbox in Mailboxes)
            store.Accounts.Add(new()
            {
                Mailbox = store.Addresses.Intern((ReadOnlySpan<char>)mailbox), Tenant = Id, GraphId = mailbox,
                Horizon = Instant.FromUtc(2025, 1, 1, 0, 0),
            });
        return path;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000)) _process.Kill();
        _process.Dispose();
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

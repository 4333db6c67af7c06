using System.Diagnostics;
using System.Globalization;
using OnBehalf.Store;

namespace OnBehalf.Benchmarks;

/// <summary>
/// A first sync over HTTP by the real program, from a simulated tenant in another process:
/// <c>sync [MESSAGES] [MAILBOXES] [PROGRAM]</c>. Memory is the peak of the syncing process, VmHWM.
/// </summary>
static class SyncRun
{
    public static async Task RunAsync(string[] args)
    {
        var messages = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var mailboxes = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
        var program = args.Length > 2 ? args[2] : Path.Combine(AppContext.BaseDirectory, "onbehalf");
        var folder = Directory.CreateTempSubdirectory("onbehalf-bench-").FullName;
        using var tenant = PretendTenant.Start(mailboxes, messages);
        var path = tenant.Prepare(folder);
        Say("tenant", $"{mailboxes:N0} mailboxes, about {messages:N0} messages, no quirks");
        await SyncAsync(program, path, tenant, "first sync");
        await SyncAsync(program, path, tenant, "second sync, nothing new");
        Directory.Delete(folder, recursive: true);
    }

    static async Task SyncAsync(string program, string path, PretendTenant tenant, string what)
    {
        var (watch, before) = (Stopwatch.StartNew(), tenant.Processor);
        using var process = Process.Start(new ProcessStartInfo(program, ["sync", "--store", path]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        var (peak, processor) = (0L, TimeSpan.Zero);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System); // What it took is gone when it ends.
        while (!process.HasExited)
        {
            try
            {
                peak = Math.Max(peak, Peak(process.Id));
                process.Refresh();
                processor = process.TotalProcessorTime;
            }
            catch (Exception gone) when (gone is InvalidOperationException or IOException)
            {
                break;
            }
            await pause.WaitForNextTickAsync();
        }
        await process.WaitForExitAsync();
        watch.Stop();
        var stored = Count(path);
        Say(what, $"{stored:N0} messages in {watch.Elapsed.TotalSeconds:N1} s: {stored / watch.Elapsed.TotalSeconds:N0} a second");
        Say("  processor", $"{processor.TotalSeconds:N1} s ours: {stored / processor.TotalSeconds:N0} messages a processor second; "
            + $"{(tenant.Processor - before).TotalSeconds:N1} s the tenant's");
        Say("  peak memory (VmHWM)", $"{peak / 1024:N0} MB");
        Say("  said", (await said).Trim().ReplaceLineEndings("; "));
    }

    static long Count(string path)
    {
        using var store = MailStore.Open(path, StoreAccess.Read, TimeProvider.System);
        return store.Facts.Counts().Sum(counts => counts.Messages);
    }

    // Kilobytes.
    static long Peak(int process) => File.ReadLines($"/proc/{process}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture)).FirstOrDefault();

    static void Say(string what, string value) => Console.WriteLine($"{what,-32} {value}");
}

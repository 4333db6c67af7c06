using System.Diagnostics;
using System.Runtime.CompilerServices;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Segments;
using OnBehalf.Store;

namespace OnBehalf.Tests.Store;

/// <summary>
/// Another process that uses a store: this very test program, told by its environment to be one. Killed at will.
/// </summary>
static class StoreChild
{
    /// <summary>Messages of a page.</summary>
    public const int PageSize = 100;

    const string Task = "ONBEHALF_TEST_CHILD";
    const string File = "ONBEHALF_TEST_STORE";

    /// <summary>Starts a child.</summary>
    /// <param name="task">
    /// append: pages for ever. spill: what joining puts beside the database, for ever. hold: the right to write, until its input ends.
    /// </param>
    /// <param name="path">The store.</param>
    /// <param name="shell">What a shell does before it becomes the child; empty: no shell.</param>
    public static Process Start(string task, string path, string shell = "")
    {
        var program = Environment.ProcessPath!;
        var isHost = System.IO.Path.GetFileNameWithoutExtension(program) == "dotnet";
        string[] command = isHost ? [program, typeof(StoreChild).Assembly.Location] : [program];
        if (shell.Length > 0) command = ["/bin/sh", "-c", $"{shell}; exec \"$0\" \"$@\"", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            // The runtime's own double mapping needs a large file, which a limit on file sizes would refuse.
            Environment = { [Task] = task, [File] = path, ["DOTNET_EnableWriteXorExecute"] = "0" },
        };
        return Process.Start(start)!;
    }

    // Before the entry point of the test program: the only place where a process can still choose what it is.
    [ModuleInitializer]
    internal static void BecomeChild()
    {
        if (Environment.GetEnvironmentVariable(Task) is not { } task) return;
        try
        {
            var path = Environment.GetEnvironmentVariable(File)!; // Start sets both.
            using var store = MailStore.Open(path, StoreAccess.Write, TimeProvider.System);
            if (task == "append") Append(store);
            else if (task == "spill") Spill(store);
            else Hold();
            Environment.Exit(0);
        }
        catch (Mistake mistake)
        {
            Console.WriteLine($"{mistake.Code}: {mistake.Message}");
            Environment.Exit(3);
        }
    }

    // After every line that this prints, what it says must be true for ever.
    static void Append(MailStore store)
    {
        var mailbox = store.Addresses.Intern("support@acme.example");
        var import = store.Facts.Begin(ImportKind.Mail, "endless", mailbox);
        var next = store.Facts.Counts() is [var counts] ? checked((int)counts.Messages) : 0;
        for (; ; next += PageSize)
        {
            import.AppendMessages(SomeFacts.Messages(next, PageSize, store.Addresses), [("endless", "a test")]);
            Console.WriteLine($"imported {next + PageSize}");
            var ground = store.Findings.Ground(store.Settings.Rules(), 1).Single();
            store.Findings.Replace(ground, Enumerable.Range(0, 3).Select(part =>
                new PackedSegment(mailbox, 600, part, 1, 0, 0, BitConverter.GetBytes(ground.Generation))));
            Console.WriteLine($"found {ground.Generation}");
        }
    }

    static void Spill(MailStore store)
    {
        using var spill = SpillFile.TryOpen(store)!;
        for (var page = 0; ; page++) spill.Pages.Put(page, new int[1 << 14]);
    }

    static void Hold()
    {
        Console.WriteLine("holding");
        Console.In.ReadToEnd();
    }
}

using BenchmarkDotNet.Running;
using OnBehalf.Benchmarks;

// Whole runs print a table; everything else is for BenchmarkDotNet.
switch (args)
{
    case ["segments", .. var rest]: SegmentsRun.Run(rest); break;
    case ["engine", .. var rest]: await EngineRun.RunAsync(rest); break;
    case ["pages", ..]: await PagesRun.RunAsync(); break;
    case ["sync", .. var rest]: await SyncRun.RunAsync(rest); break;
    case ["idle", .. var rest]: await IdleRun.RunAsync(rest); break;
    case ["tenant", .. var rest]: await PretendTenant.ServeAsync(rest); break;
    default: BenchmarkSwitcher.FromAssembly(typeof(Clocks).Assembly).Run(args); break;
}

using BenchmarkDotNet.Running;
using OnBehalf.Benchmarks;

// Whole runs print a table; everything else is for BenchmarkDotNet.
switch (args)
{
    case ["segments", .. var rest]: SegmentsRun.Run(rest); break;
    case ["engine", .. var rest]: await EngineRun.RunAsync(rest); break;
    default: BenchmarkSwitcher.FromAssembly(typeof(Clocks).Assembly).Run(args); break;
}

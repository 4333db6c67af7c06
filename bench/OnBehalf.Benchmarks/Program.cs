using BenchmarkDotNet.Running;
using OnBehalf.Benchmarks;
using OnBehalf.Benchmarks.Questions;

// Whole runs print a table; everything else is for BenchmarkDotNet.
switch (args)
{
    case ["segments", .. var rest]: SegmentsRun.Run(rest); break;
    case ["engine", .. var rest]: await EngineRun.RunAsync(rest); break;
    case ["pages", ..]: await PagesRun.RunAsync(); break;
    case ["sync", .. var rest]: await SyncRun.RunAsync(rest); break;
    case ["idle", .. var rest]: await IdleRun.RunAsync(rest); break;
    case ["tenant", .. var rest]: await PretendTenant.ServeAsync(rest); break;
    case ["questions", .. var rest]: QuestionsRun.Run(rest); break;
    case ["questions-export", .. var rest]: QuestionsRun.Export(rest); break;
    case ["side-by-side", .. var rest]: SideBySide.Run(rest); break;
    case ["screens", .. var rest]: await ScreenTimes.WarmAsync(rest); break;
    case ["cold", .. var rest]: await ScreenTimes.ColdAsync(rest); break;
    case ["paint", .. var rest]: await PaintTimes.RunAsync(rest); break;
    case ["load", .. var rest]: await LoadRun.RunAsync(rest); break;
    default: BenchmarkSwitcher.FromAssembly(typeof(Clocks).Assembly).Run(args); break;
}

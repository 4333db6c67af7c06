using System.Globalization;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>Every screen's questions to a store of ten million findings: <c>questions [millions] [folder]</c>.</summary>
static class QuestionsRun
{
    public static async Task RunAsync(string[] args)
    {
        var millions = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "onbehalf-questions");
        var path = QuestionsStore.Make(folder, millions);
        await ScreenTimes.RunAsync(path);
    }
}

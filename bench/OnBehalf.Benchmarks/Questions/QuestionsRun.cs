using System.Globalization;
using OnBehalf.Answers;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// Single questions in the engine, without a site, to a store of ten million findings: <c>questions [millions] [folder]
/// [question]</c>. With a question's name only that one is asked. What is measured beside it: <c>bench/questions</c>.
/// </summary>
static class QuestionsRun
{
    public static void Run(string[] args)
    {
        var view = StoreView.Read(StoreOf(args), new StandingClock());
        bool IsAsked(Question question) => args.Length < 3 || question.Name == args[2];
        QuestionTimes.Run(view, [.. AskedQuestions.Compared(view).Where(IsAsked)]);
        if (args.Length < 3) QuestionTimes.Run(view, AskedQuestions.Screens(view));
    }

    public static void Export(string[] args)
    {
        var path = StoreOf(args);
        PeerRows.Export(StoreView.Read(path, new StandingClock()), Path.GetDirectoryName(path)!);
    }

    /// <summary>The store that a command line names, made where it is not there yet.</summary>
    public static string StoreOf(string[] args) => QuestionsStore.Make(
        args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "onbehalf-questions"),
        args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 10);
}

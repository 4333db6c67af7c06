using System.Diagnostics;
using NodaTime;
using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>How long single questions take in the engine, nothing remembered.</summary>
static class QuestionTimes
{
    public static void Run(StoreView view, IReadOnlyList<Question> questions, int runs = 20)
    {
        foreach (var question in questions)
        {
            var (times, work) = (new List<double>(), new List<double>());
            for (var i = 0; i < runs + 1; i++)
            {
                // Another grace is another question, and the same work.
                var asked = question.Query with { AuditGrace = Duration.FromHours(24 + i) };
                var (watch, busy) = (Stopwatch.StartNew(), Busy());
                view.Answer(asked, CancellationToken.None);
                if (i == 0) continue;
                times.Add(watch.Elapsed.TotalMilliseconds);
                work.Add((Busy() - busy).TotalMilliseconds);
            }
            times.Sort();
            work.Sort();
            Console.WriteLine(
                $"{question.Name,-24} {times[runs / 2],9:0.0} ms, p95 {times[(int)(runs * 0.95)],9:0.0}; "
                + $"{work[runs / 2],7:0} ms of processors");
        }
    }

    static TimeSpan Busy() => Process.GetCurrentProcess().TotalProcessorTime;
}

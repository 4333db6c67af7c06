using System.Diagnostics;
using System.Globalization;
using NodaTime;
using OnBehalf.Answers;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// The questions that other databases answer, too, asked by turns: ours, DuckDB, PostgreSQL, ours, and so on; then the answers are
/// held against each other: <c>side-by-side MILLIONS FOLDER DUCKDB.MJS PSQL SOCKET</c>, by <c>bench/questions</c>.
/// </summary>
static class SideBySide
{
    /// <summary>Rounds that are not counted: columns are met, code is compiled, caches are filled.</summary>
    const int WarmRounds = 3;

    const int Rounds = 11;

    static readonly string[] WeekDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static void Run(string[] args)
    {
        var path = QuestionsRun.StoreOf(args);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var view = StoreView.Read(path, new StandingClock());
        using var duck = new DuckDb(args[2], folder);
        using var postgres = new PostgreSql(args[3], args[4]);
        Peer[] peers = [duck, postgres];
        Console.WriteLine(
            $"{"by turns, median of " + Rounds,-22} {"OnBehalf",10} {"DuckDB",10} {"PostgreSQL",10} {"DuckDB/ours",12}  groups");
        foreach (var question in AskedQuestions.Compared(view)) Compare(view, question, peers, folder);
    }

    static void Compare(StoreView view, Question question, Peer[] peers, string folder)
    {
        var sql = PeerQuestions.Sql(question, view);
        string FileOf(Peer peer) => Path.Combine(folder, $"answer-{peer.Name}-{question.Name}.txt");
        var times = new List<double>[1 + peers.Length];
        for (var i = 0; i < times.Length; i++) times[i] = [];
        for (var round = -WarmRounds; round < Rounds; round++)
        {
            // Another grace is another question, and the same work: nothing is remembered.
            var asked = question.Query with { AuditGrace = Duration.FromHours(24 + WarmRounds + round) };
            var watch = Stopwatch.StartNew();
            view.Answer(asked, CancellationToken.None);
            var all = new[] { watch.Elapsed.TotalMilliseconds }.Concat(peers.Select(peer => peer.Ask(sql, FileOf(peer)))).ToList();
            if (round >= 0)
                for (var i = 0; i < times.Length; i++) times[i].Add(all[i]);
        }
        var medians = times.Select(of => of.Order().ElementAt(of.Count / 2)).ToList();
        var ours = PeerRows.Lines(view, view.Answer(question.Query, CancellationToken.None).Result).ToList();
        var different = peers.Where(peer => !ours.SequenceEqual(PeerLines(question, FileOf(peer)))).ToList();
        Console.WriteLine($"{question.Name,-22} {medians[0],7:0.0} ms {medians[1],7:0.0} ms {medians[2],7:0.0} ms "
            + $"{medians[1] / medians[0],12:0.00}  " + (different.Count == 0 ? $"{ours.Count:N0} the same"
                : $"{ours.Count:N0}, DIFFERENT: {string.Join(", ", different.Select(peer => peer.Name))}"));
    }

    static IEnumerable<string> PeerLines(Question question, string file) => File.ReadLines(file)
        .Select(line => Normal(question, line.Split('|'))).Order(StringComparer.Ordinal);

    /// <summary>Keys as ours are printed, figures with nine digits after the point.</summary>
    static string Normal(Question question, string[] parts)
    {
        var dimensions = question.Query.Dimensions;
        return string.Join('|', parts.Select((part, i) => i >= dimensions.Count ? Figure(part) : dimensions[i] switch
        {
            "day" => LocalDate.FromDateTime(DateTime.UnixEpoch.AddDays(Number(part))).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
            "hour_of_week" => $"{WeekDays[Number(part) / 24]} {Number(part) % 24:00}",
            _ => part,
        }));
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static string Figure(string text) => text.Length == 0 ? ""
        : double.Parse(text, CultureInfo.InvariantCulture).ToString(PeerRows.NineDigits, CultureInfo.InvariantCulture);
}

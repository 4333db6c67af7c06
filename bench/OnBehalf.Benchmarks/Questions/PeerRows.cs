using System.Globalization;
using System.Text;
using OnBehalf.Answers;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>
/// The same findings as plain rows for DuckDB and PostgreSQL: <c>questions-export MILLIONS FOLDER</c>; and our answers as text.
/// </summary>
static class PeerRows
{
    public const string NineDigits = "0.000000000";

    public static void Export(StoreView view, string folder)
    {
        var (file, unfinished) = (Path.Combine(folder, "rows.csv"), Path.Combine(folder, "rows.csv.unfinished"));
        using (var rows = new StreamWriter(unfinished, false, new UTF8Encoding(false), 1 << 20))
            foreach (var (mailbox, finding) in view.Reader.Findings()) rows.Write(Row(mailbox, finding));
        File.Move(unfinished, file);
    }

    static string Row(AddressId mailbox, Finding f)
    {
        var human = f.Kind == Kind.Human;
        var known = f.Evidence != Evidence.None && !f.Marks.HasFlag(Marks.Ambiguous);
        return string.Create(CultureInfo.InvariantCulture,
            $"{mailbox.Value},{Number(f.Agent)},{Number(f.Requester)},{f.At},"
            + $"{Bit(f.Direction == Direction.Outbound)},{Bit(human)},{Bit(known)},"
            + $"{f.Response?.Waited.Calendar},{Bit(f.Marks.HasFlag(Marks.First))},{Bit(f.Wait is not null)},{f.Wait?.EndedAt},"
            + $"{Bit(f.Wait?.End == WaitEnd.Answered)},{(f.Wait is { Due: > 0 } wait ? wait.Due : null)}\n");
    }

    static string Number(AddressId id) => id.IsNone ? "" : id.Value.ToString(CultureInfo.InvariantCulture);

    static char Bit(bool yes) => yes ? '1' : '0';

    /// <summary>One line a group: keys as numbers, figures with nine digits after the point.</summary>
    public static IEnumerable<string> Lines(StoreView view, MetricResult result) => result.Rows
        .Where(row => row.Figures.Any(figure => figure.Count > 0))
        .Select(row => string.Join('|', row.Keys.Select((key, i) => Key(view, result.Query.Dimensions[i], key))
            .Concat(row.Figures.SelectMany((figure, i) => Texts(result.Query.Metrics[i], figure)))))
        .Order(StringComparer.Ordinal);

    static string Key(StoreView view, string dimension, string? key) =>
        dimension is "agent" or "mailbox" ? key is null ? "" : Number(view.Find(key)) : key ?? "";

    static IEnumerable<string> Texts(string metric, Figure figure) =>
        figure.Distribution is { } found ? [Text(found.Count), Text(found.Median), Text(found.P90)]
        : figure.Ages is { } ages ? [.. ages.Select(age => Text(age))]
        // Of a day without responses there is none to count, and no percentile.
        : metric.EndsWith("response_time", StringComparison.Ordinal) ? [Text(0), "", ""]
        : [Text(figure.Value)];

    static string Text(double? value) => value is { } number ? number.ToString(NineDigits, CultureInfo.InvariantCulture) : "";
}

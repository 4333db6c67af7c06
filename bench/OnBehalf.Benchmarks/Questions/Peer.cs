using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace OnBehalf.Benchmarks.Questions;

/// <summary>Another database in a process of its own: it is told a question and a file for the answer, and says how long it took.</summary>
abstract class Peer(string name, Process process) : IDisposable
{
    public string Name => name;

    protected Process Process => process;

    /// <summary>Asks; the answer's lines lie in the file afterwards.</summary>
    /// <returns>Milliseconds, as the database's own client measures them.</returns>
    public double Ask(string sql, string file)
    {
        Tell(sql, file);
        process.StandardInput.Flush();
        while (process.StandardOutput.ReadLine() is { } line)
            if (Time(line) is { } milliseconds) return milliseconds;
        throw new InvalidOperationException($"{name} ended.");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    protected abstract void Tell(string sql, string file);

    protected abstract double? Time(string line);

    protected static Process Start(string program, params IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}

/// <summary>DuckDB in node, by <c>bench/peers/duckdb.mjs</c>.</summary>
sealed class DuckDb(string script, string folder) : Peer("DuckDB", Start("node", script, folder))
{
    // There / is of fractions, // of whole numbers.
    protected override void Tell(string sql, string file) => Process.StandardInput.WriteLine(JsonSerializer.Serialize(
        new { sql = sql.Replace(" / 86400", " // 86400").Replace(" / 3600", " // 3600"), file }));

    protected override double? Time(string line) => double.Parse(line, CultureInfo.InvariantCulture);
}

/// <summary>PostgreSQL by psql. The whole answer is fetched: of a count around it, figures would not be worked out.</summary>
sealed class PostgreSql(string psql, string socket) : Peer("PostgreSQL", Start(
    psql, "-h", socket, "-p", "54329", "-U", "postgres", "-d", "postgres", "-qAtX", "-F", "|"))
{
    protected override void Tell(string sql, string file) => Process.StandardInput.Write(
        $"\\timing on\n\\o {file}\n{sql};\n\\timing off\n\\o\n\\echo done {file}\n");

    double _time;

    // It has written the answer when it says so.
    protected override double? Time(string line)
    {
        if (line.StartsWith("Time: ", StringComparison.Ordinal))
            _time = double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        return line.StartsWith("done ", StringComparison.Ordinal) ? _time : null;
    }
}

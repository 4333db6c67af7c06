using System.Text;
using OnBehalf.Engine;
using OnBehalf.Sources.Audit;

namespace OnBehalf.Sources.Files;

/// <summary>A CSV file of agents: a name, then one or more addresses, one agent a line; a heading may come first.</summary>
public static class AgentsFile
{
    /// <summary>The largest file that is read; a hundred thousand agents fit.</summary>
    public const int SizeLimit = 16 * 1024 * 1024;

    /// <summary>The agents in order.</summary>
    /// <exception cref="Mistake">not_found; or invalid, with the line.</exception>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Addresses)> Read(string path)
    {
        if (!File.Exists(path)) throw new Mistake("not_found", $"There is no file {path} of agents.");
        if (new FileInfo(path).Length > SizeLimit) throw new Mistake("invalid", $"{path} is larger than 16 MiB.");
        var agents = new List<(string, IReadOnlyList<string>)>();
        var fields = new List<CsvField>();
        byte[] scratch = [];
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        if (rest.StartsWith("\uFEFF"u8)) rest = rest[3..];
        for (var row = 1; !rest.IsEmpty; row++)
        {
            var length = CsvRow.Split(rest, (byte)',', ended: true, fields);
            if (length <= 0) throw new Mistake("invalid", $"{path}, row {row}: a quote is not closed, or there are too many columns.");
            var texts = new List<string>();
            foreach (var field in fields) texts.Add(Encoding.UTF8.GetString(CsvRow.Text(rest[..length], field, ref scratch)).Trim());
            rest = rest[length..];
            string[] addresses = [.. texts.Skip(1).Where(t => t.Contains('@', StringComparison.Ordinal))];
            if (addresses.Length > 0) agents.Add((texts[0], addresses));
            else if (row > 1 && texts.Any(t => t != ""))
                throw new Mistake("invalid", $"{path}, row {row}: give a name, then at least one address.");
        }
        return agents;
    }
}

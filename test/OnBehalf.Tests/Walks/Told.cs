using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OnBehalf.Tests.Walks;

/// <summary>The answer to one question, asked three ways that have to agree: as JSON, as CSV, and on the command line.</summary>
sealed class Told
{
    readonly Dictionary<string, Dictionary<string, string>> _rows = [];

    /// <summary>Every group's columns, by its keys.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, string>> Rows => _rows;

    /// <summary>Asks.</summary>
    /// <param name="site">Who is asked.</param>
    /// <param name="question">Names and texts, as in an address.</param>
    public static async Task<Told> AskAsync(TenantSite site, string question)
    {
        var csv = await site.TextAsync($"/api/v1/metrics?{question}&format=csv");
        var options = question.Split('&').SelectMany(text => text.Split('=', 2) is [var name, var value]
            ? new[] { "--" + name, Uri.UnescapeDataString(value.Replace('+', ' ')) } : []);
        Assert.Equal(csv, await site.TypedAsync(["query", .. options, "--format", "csv"]));
        using var json = JsonDocument.Parse(await site.TextAsync($"/api/v1/metrics?{question}"));
        var told = new Told();
        told.Read(csv, json.RootElement.GetProperty("dimensions").GetArrayLength());
        told.Compare(json.RootElement);
        return told;
    }

    /// <summary>A column of a group; null: the figure is empty, or there is no such group.</summary>
    public double? At(string key, string column) =>
        _rows.GetValueOrDefault(key)?[column] is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>The fields of a file of commas: RFC 4180.</summary>
    public static IEnumerable<List<string>> Fields(string csv)
    {
        var (row, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"' && isQuoted && i + 1 < csv.Length && csv[i + 1] == '"') field.Append(csv[++i]);
            else if (csv[i] == '"') isQuoted = !isQuoted;
            else if (isQuoted || csv[i] is not (',' or '\r' or '\n')) field.Append(csv[i]);
            else if (csv[i] != '\r')
            {
                row.Add(field.ToString());
                field.Clear();
                if (csv[i] == ',') continue;
                yield return row;
                row = [];
            }
        }
    }

    void Read(string csv, int keys)
    {
        var lines = Fields(csv).ToList();
        foreach (var fields in lines.Skip(1))
            _rows.Add(string.Join('|', fields.Take(keys)), lines[0].Zip(fields).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    // What the file says, the document has to say, too.
    void Compare(JsonElement json)
    {
        var groups = json.GetProperty("dimensions").GetArrayLength() == 0
            ? [("", json.GetProperty("totals"))]
            : json.GetProperty("rows").EnumerateArray().Select(row => (
                string.Join('|', row.GetProperty("keys").EnumerateObject().Select(key => key.Value.GetString() ?? "")),
                row.GetProperty("figures"))).ToList();
        Assert.Equal(_rows.Count, groups.Count);
        foreach (var (key, figures) in groups)
            foreach (var figure in figures.EnumerateObject())
            {
                Assert.Equal(figure.Value.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null,
                    At(key, figure.Name));
                if (_rows[key].ContainsKey(figure.Name + "_count"))
                    Assert.Equal(figure.Value.GetProperty("count").GetInt64(), At(key, figure.Name + "_count"));
                if (figure.Value.TryGetProperty("p90", out var p90)) Assert.Equal(p90.GetDouble(), At(key, figure.Name + "_p90"));
            }
    }
}

using System.Globalization;
using System.Text.Json;
using OnBehalf.Answers;
using OnBehalf.Cli.Options;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OnBehalf.Cli;

/// <summary>
/// Rows with named columns, written as a table for people, JSON or CSV for programs. Numbers stay numbers; what is
/// not known is null (a dash in a table, an empty CSV field), never 0.
/// </summary>
sealed class Sheet(params string[] columns)
{
    readonly List<object?[]> _rows = [];

    /// <summary>Adds a row, one value a column.</summary>
    public void Add(params object?[] values)
    {
        if (values.Length != columns.Length) throw new ArgumentException($"{values.Length} values for {columns.Length} columns.");
        _rows.Add(values);
    }

    /// <summary>Writes the rows to standard output.</summary>
    public void Write(Terminal terminal, Format format, Func<string, object?, string>? show = null)
    {
        switch (format)
        {
            case Format.Json: WriteJson(terminal.Out); break;
            case Format.Csv: WriteCsv(terminal.Out); break;
            default: WriteTable(terminal, show ?? ((_, value) => Text(value))); break;
        }
    }

    /// <summary>How a person reads a value: durations as hours, minutes and seconds, shares in percent.</summary>
    public static string ForPeople(string column, object? value) => value switch
    {
        null => "–",
        bool yes => yes ? "yes" : "",
        _ when column.EndsWith(" seconds", StringComparison.Ordinal) => Duration(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        double share when column is "share" or "coverage" or "attainment" || column.EndsWith(" rate", StringComparison.Ordinal) =>
            share.ToString("P1", CultureInfo.InvariantCulture),
        double number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => Text(value),
    };

    static string Duration(double seconds)
    {
        var whole = (long)Math.Round(seconds, MidpointRounding.AwayFromZero);
        return whole >= 86_400
            ? string.Create(CultureInfo.InvariantCulture, $"{whole / 86_400} d {whole / 3600 % 24:00}:{whole / 60 % 60:00}:{whole % 60:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole / 3600}:{whole / 60 % 60:00}:{whole % 60:00}");
    }

    void WriteTable(Terminal terminal, Func<string, object?, string> show)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(terminal.Out),
            Ansi = terminal.IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal.IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        console.Profile.Width = terminal.Width ?? 400; // a file or a pipe has no width; nothing is cut
        var headings = columns.Select(c => Markup.Escape(c.Replace(" seconds", "", StringComparison.Ordinal))).ToList();
        var rows = _rows.Select(row => row.Select((value, c) => Markup.Escape(Clean(show(columns[c], value)))).ToList()).ToList();
        List<Room> rooms = terminal.Width is null ? [] : [.. headings.Select((heading, c) => RoomOf(c, heading, rows, console))];
        var widths = terminal.Width is { } width ? Fitting.Widths(rooms, width) : null;

        var table = new Table { Border = terminal.IsInteractive ? TableBorder.Rounded : TableBorder.Ascii2 };
        for (var c = 0; c < (widths?.Length ?? columns.Length); c++)
        {
            var heading = widths is null ? headings[c] : Fitting.Lines(headings[c], widths[c]);
            var column = new TableColumn(heading) { NoWrap = c == 0, Width = widths?[c] };
            if (_rows.Count > 0 && _rows.All(r => r[c] is null or int or long or double)) column.RightAligned();
            table.AddColumn(column);
        }
        foreach (var row in rows) table.AddRow([.. row.Take(table.Columns.Count)]);
        console.Write(table);
        if (table.Columns.Count < columns.Length)
            SayWhatIsLeftOut(terminal, columns.Length - table.Columns.Count, Fitting.Needed(rooms));
    }

    void SayWhatIsLeftOut(Terminal terminal, int missing, int needed)
    {
        // A preview is written among the messages, and has no other format.
        var or = ReferenceEquals(terminal.Out, terminal.Error) ? "" : ", and so does --format csv";
        terminal.Say($"{missing} of {columns.Length} columns left out: a terminal of {needed} characters shows all{or}.");
    }

    /// <summary>What is not a text is never broken; a long word of a text may be, last of all in the first column.</summary>
    Room RoomOf(int column, string heading, List<List<string>> rows, IAnsiConsole console)
    {
        const int Word = 16, WordAlone = 24, Address = 32;
        var (word, line) = Measure(heading, console);
        var room = new Room(word, word, line);
        for (var r = 0; r < rows.Count; r++)
        {
            (word, line) = Measure(rows[r][column], console);
            var isText = _rows[r][column] is string;
            var legible = isText ? Math.Min(word, Address) : line;
            var least = isText && column > 0 ? Math.Min(word, word == line ? WordAlone : Word) : legible;
            room = new(Math.Max(room.Least, least), Math.Max(room.Legible, legible), Math.Max(room.Full, line));
        }
        return room;
    }

    /// <summary>The longest word and the longest line, in characters of a terminal.</summary>
    static (int Word, int Line) Measure(string text, IAnsiConsole console)
    {
        var measured = ((IRenderable)new Markup(text)).Measure(RenderOptions.Create(console), int.MaxValue);
        return (measured.Min, measured.Max);
    }

    /// <summary>Control characters come from strangers' mail and could command a terminal.</summary>
    static string Clean(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '\uFFFD' : c));

    /// <summary>RFC 4180, and safe to open in a spreadsheet.</summary>
    void WriteCsv(TextWriter output)
    {
        output.Write(CsvText.Row(columns.Select(Snake)));
        foreach (var row in _rows) output.Write(CsvText.Row(row.Select(value => value is double ? Text(value) : value)));
    }

    void WriteJson(TextWriter output)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var row in _rows)
            {
                json.WriteStartObject();
                for (var c = 0; c < columns.Length; c++) WriteValue(json, Snake(columns[c]), row[c]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        output.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null: json.WriteNull(name); break;
            case int i: json.WriteNumber(name, i); break;
            case long l: json.WriteNumber(name, l); break;
            case double d: json.WriteNumber(name, d); break;
            case bool b: json.WriteBoolean(name, b); break;
            default: json.WriteString(name, Text(value)); break;
        }
    }

    static string Snake(string column) => column.Replace(' ', '_').ToLowerInvariant();

    static string Text(object? value) => value switch
    {
        null => "–",
        double d => d.ToString("0.###", CultureInfo.InvariantCulture),
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

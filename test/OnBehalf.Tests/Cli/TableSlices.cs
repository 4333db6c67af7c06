using OnBehalf.Cli;
using OnBehalf.Cli.Options;

namespace OnBehalf.Tests.Cli;

/// <summary>Tables for a person whose terminal is as wide as it is.</summary>
public sealed class TableSlices : IDisposable
{
    const string Longest = "christopher.montgomery-featherstone@customer-relations.acme.example";

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(30, 1)] // not even two
    [InlineData(80, 5)]
    [InlineData(120, 8)]
    [InlineData(200, 14)]
    [InlineData(240, 18)]
    public async Task A_report_shows_the_columns_that_fit_with_whole_figures_and_says_how_many_do_not(int width, int shown)
    {
        await Desk.ImportMailAsync(_shell);
        var piped = await _shell.DoAsync("report", "agents");
        Assert.DoesNotContain("left out", piped.Error, StringComparison.Ordinal);
        var all = Lines(piped.Out);

        var (lines, said) = await WatchedAsync(width, "report", "agents");

        Assert.All(lines, line => Assert.InRange(line.Text.Length, 1, width));
        Assert.True(lines[0].Text.Length + " 2 d 16:45:00 │".Length > width || shown == 18, "There was room for one more.");
        Assert.Equal(all[0].Cells.Take(shown), Headings(lines));
        Assert.Equal(
            all.Skip(1).Select(row => string.Join(' ', row.Cells.Take(shown))),
            lines.Where(line => all.Skip(1).Any(row => row.Cells[0] == line.Cells[0]))
                .Select(row => string.Join(' ', row.Cells)));
        if (shown == 18) Assert.DoesNotContain("left out", said, StringComparison.Ordinal);
        else Assert.EndsWith(
            $"\n{18 - shown} of 18 columns left out: a terminal of 239 characters shows all, and so does --format csv.\n", said,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(238, 17)]
    [InlineData(239, 18)]
    public async Task A_terminal_as_wide_as_it_says_shows_all(int width, int shown)
    {
        await Desk.ImportMailAsync(_shell);

        Assert.Equal(shown, (await WatchedAsync(width, "report", "agents")).Lines[0].Cells.Length);
    }

    [Fact]
    public void Sentences_go_on_in_further_lines_before_a_column_is_left_out()
    {
        var (lines, said) = Written(80, new("severity", "where", "what", "what to do"),
            ["warning", "support@acme.example", "Of 40 messages by people 5 have no author.", "onbehalf import audit FILES"],
            ["note", Longest, "-", "See https://docs.acme.example/how-to-let-people-send-on-behalf"]);

        Assert.Equal("", said);
        Assert.All(lines, line => Assert.InRange(line.Text.Length, 1, 80));
        var note = lines.FindIndex(line => line.Cells[0] == "note");
        Assert.Equal("Of 40 messages by people 5 have no author.", string.Join(' ', Column(lines[1..note], 2)));
        Assert.Equal(Longest, string.Concat(Column(lines[note..], 1)));
        Assert.Equal("Seehttps://docs.acme.example/how-to-let-people-send-on-behalf", string.Concat(Column(lines[note..], 3)));
    }

    [Fact]
    public void A_key_that_is_wider_than_the_terminal_goes_on_and_is_not_cut()
    {
        var (lines, _) = Written(30, new("agent", "responses"), [Longest, 7]);

        Assert.All(lines, line => Assert.Equal(30, line.Text.Length));
        Assert.Equal(Longest, string.Concat(Column(lines[1..], 0)));
        Assert.Equal([26], Fitting.Widths([new(32, 32, 66), new(9, 9, 9)], 30));
        Assert.Equal([1], Fitting.Widths([new(32, 32, 66)], 0));
    }

    [Fact]
    public void Addresses_are_whole_where_columns_are_left_out_anyway()
    {
        var (lines, said) = Written(55, new("mailbox", "requester", "asked", "answered"),
            ["support@acme.example", "dora.whitfield@customer.example", "2026-01-13", "2026-01-14"]);

        Assert.Equal([["mailbox"], ["support@acme.example"]], lines.Select(line => line.Cells));
        Assert.StartsWith("3 of 4 columns left out: a terminal of 77 ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Room_that_is_left_goes_to_the_narrow_before_the_wide()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("word", 30));
        var (lines, _) = Written(60, new("name", "what", "first responses"), ["somebody there", sentence, 12_345.0]);

        Assert.Equal(["name", "what", "first responses"], lines[0].Cells);
        Assert.Equal("somebody there", lines[1].Cells[0]);
        Assert.All(lines, line => Assert.Equal(60, line.Text.Length));
    }

    [Fact]
    public void A_preview_names_no_format_that_it_does_not_have()
    {
        using var error = new StringWriter();
        var terminal = Watched(error, error, 20);
        var sheet = new Sheet("figure", "before", "after");
        sheet.Add("response_time", 12_345_678.0, 1.0);

        sheet.Write(terminal, Format.Table);

        Assert.EndsWith("2 of 3 columns left out: a terminal of 36 characters shows all.\n", error.ToString(), StringComparison.Ordinal);
    }

    static Terminal Watched(TextWriter output, TextWriter error, int width) =>
        new(output, error, Stream.Null, IsInteractive: true, Shell.Clock) { Width = width };

    async Task<(List<Line> Lines, string Said)> WatchedAsync(int width, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(
            [.. args, "--store", _shell.Store], Watched(output, error, width), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, code);
        return (Lines(output.ToString()), error.ToString());
    }

    static (List<Line> Lines, string Said) Written(int width, Sheet sheet, params object?[][] rows)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        foreach (var row in rows) sheet.Add(row);
        sheet.Write(Watched(output, error, width), Format.Table);
        return (Lines(output.ToString()), error.ToString());
    }

    sealed record Line(string Text, string[] Cells);

    /// <summary>The lines between the rules, cut into cells.</summary>
    static List<Line> Lines(string table) =>
        [.. table.Split('\n').Where(line => line is ['|' or '│', not '-', ..])
            .Select(line => new Line(line, [.. line.Split('|', '│')[1..^1].Select(cell => cell.Trim())]))];

    static string[] Column(IEnumerable<Line> lines, int column) =>
        [.. lines.Select(line => line.Cells[column]).Where(cell => cell.Length > 0)];

    /// <summary>Headings, however many lines they take.</summary>
    static IEnumerable<string> Headings(List<Line> lines)
    {
        var head = lines.Skip(1).TakeWhile(line => line.Cells[0].Length == 0).Prepend(lines[0]).ToList();
        return lines[0].Cells.Select((_, c) => string.Join(' ', Column(head, c)));
    }
}

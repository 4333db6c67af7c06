using System.Text.RegularExpressions;

namespace OnBehalf.Tests.Walls;

/// <summary>The rules of the house that can be read off its files. Each is seen to fail before it is seen to hold.</summary>
public partial class SourceWalls
{
    const int LineLimit = 400;
    const int CodeBehindLimit = 150;
    const int ColumnLimit = 140;
    const int MarkupLimit = 220;
    const int BodyLimit = 70;
    const int ProgramLimit = 40;

    [Fact]
    public void No_file_is_longer_than_400_lines_and_no_code_behind_longer_than_150()
    {
        Assert.Equal("src/A/Long.cs, src/A/Page.razor.cs", Subjects(TooLong(
        [
            Some("src/A/Long.cs", 401), Some("src/A/Short.cs", 400), Some("src/A/Page.razor.cs", 151),
            Some("src/A/Small.razor.cs", 150),
        ])));

        Excused.Hold("File length", TooLong(SourceFile.Code));
    }

    [Fact]
    public void No_line_is_longer_than_140_characters()
    {
        Assert.Equal("A.cs:2", Subjects(TooWide([new("A.cs", $"{new string('x', 140)}\n{new string('x', 141)}\n")])));

        // Markup has texts for people and attributes that belong to one element; code does not.
        Assert.Equal("A.razor:1", Subjects(TooWide([new("A.razor", $"{new string('x', 221)}\n{new string('x', 220)}\n")])));

        Excused.Hold("Line length", TooWide(SourceFile.Code));
    }

    [Fact]
    public void No_method_is_longer_than_70_lines()
    {
        var lines = string.Concat(Enumerable.Repeat("        x();\n", 71));
        var code = $"class A\n{{\n    void Long()\n    {{\n{lines}    }}\n    int[] _table =\n    {{\n{lines}    }};\n}}";
        Assert.Equal("A.cs Long", Subjects(TooLongBodies([new("A.cs", code)])));
        Assert.Equal("", Subjects(TooLongBodies([new("A.cs", code.Replace("        x();\n", "", StringComparison.Ordinal))])));

        Excused.Hold("Method length", TooLongBodies(SourceFile.CSharp));
    }

    [Fact]
    public void Most_methods_of_the_product_are_short()
    {
        Assert.Equal("median, 90th of 100", Subjects(NotShort([.. Enumerable.Repeat(11, 89), .. Enumerable.Repeat(31, 11)])));
        Assert.Equal("", Subjects(NotShort([.. Enumerable.Repeat(10, 90), .. Enumerable.Repeat(60, 10)])));

        Excused.Hold("Usual method length", NotShort([.. SourceFile.CSharp
            .Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(file => MemberBody.In(file.Text)).Select(body => body.Lines)]));
    }

    [Fact]
    public void Program_is_at_most_40_lines()
    {
        Assert.Equal("src/A/Program.cs", Subjects(TooLongPrograms([Some("src/A/Program.cs", 41)])));

        Excused.Hold("Program length", TooLongPrograms(SourceFile.CSharp));
    }

    [Fact]
    public void No_room_lies_deeper_than_two_folders_and_in_the_tests_that_mirror_them_three()
    {
        Assert.Equal("src/P/A/B/C/D.cs, test/P/A/B/C/D/E.cs", Subjects(TooDeep(
        [
            new("src/P/A/B/C/D.cs", ""), new("src/P/A/B/D.cs", ""),
            new("test/P/A/B/C/D/E.cs", ""), new("test/P/A/B/C/D.cs", ""),
        ])));

        Excused.Hold("Folder depth", TooDeep(SourceFile.Code));
    }

    [Fact]
    public void Namespaces_are_the_folders_of_their_files()
    {
        Assert.Equal("src/OnBehalf.P/Rooms/Wrong.cs, src/OnBehalf.P/Rooms/None.cs", Subjects(Misplaced(
        [
            new("src/OnBehalf.P/Rooms/Right.cs", "namespace OnBehalf.P.Rooms;\nclass A;"),
            new("src/OnBehalf.P/Rooms/Wrong.cs", "namespace OnBehalf.P;\nclass A;"),
            new("src/OnBehalf.P/Rooms/None.cs", "sealed class A;"),
            new("src/OnBehalf.P/Program.cs", "// namespace Of.A.Comment;\nreturn \"class A\".Length;"),
        ])));

        Excused.Hold("Namespaces", Misplaced(SourceFile.CSharp));
    }

    [Fact]
    public void No_path_of_somebody_s_machine_is_in_any_file()
    {
        // Put together here, for this file is read too.
        Assert.Equal("A.md:1, A.md:2, A.md:3", Subjects(MachinePaths(
            [new("A.md", "see /" + "home/anna/x\nor C:" + "\\Users\\anna\nin /" + "tmp/x\nnot /api/v1/home")])));

        Excused.Hold("Paths of a machine", MachinePaths(SourceFile.All));
    }

    [Fact]
    public void Nothing_is_left_to_be_fixed()
    {
        const string fix = "FIX" + "ME", later = "TO" + "DO";
        Assert.Equal("A.cs:1, A.cs:2", Subjects(Unfinished([new("A.cs", $"// {fix}\n// {later} tidy\n// {later} #12: tidy")])));

        Excused.Hold("Unfinished work", Unfinished(SourceFile.All));
    }

    [Fact]
    public void Guides_are_short()
    {
        Assert.Equal("ARCHITECTURE.md, CONTRIBUTING.md", Subjects(
            TooLongGuides([Some("ARCHITECTURE.md", 201), Some("CONTRIBUTING.md", 121), Some("README.md", 1000)])));

        Excused.Hold("Length of guides", TooLongGuides(SourceFile.All));
    }

    [Fact]
    public void An_excuse_lets_a_breach_pass_and_is_itself_a_breach_when_nobody_needs_it()
    {
        (string, string, string)[] excuses = [("Wall", "A", "because"), ("Wall", "B", "because"), ("Other", "C", "because")];

        Assert.Equal(["C: wrong", "B: excused, and keeps to the rule"],
            Excused.Complaints("Wall", [new("A", "wrong"), new("C", "wrong")], excuses));
    }

    static IEnumerable<Breach> TooLong(IEnumerable<SourceFile> files) =>
        from file in files
        let limit = file.Path.EndsWith(".razor.cs", StringComparison.Ordinal) ? CodeBehindLimit : LineLimit
        where file.LineCount > limit
        select new Breach(file.Path, $"{file.LineCount} lines, {limit} allowed");

    static IEnumerable<Breach> TooWide(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        let limit = file.Path.EndsWith(".razor", StringComparison.Ordinal) ? MarkupLimit : ColumnLimit
        where line.Item.TrimEnd('\r').Length > limit
        select new Breach($"{file.Path}:{line.Index + 1}", $"{line.Item.Length} characters, {limit} allowed");

    static IEnumerable<Breach> TooLongBodies(IEnumerable<SourceFile> files) =>
        from file in files
        from body in MemberBody.In(file.Text)
        where body.Lines > BodyLimit
        select new Breach($"{file.Path} {body.Name}", $"{body.Lines} lines, {BodyLimit} allowed");

    static IEnumerable<Breach> NotShort(List<int> lines)
    {
        lines.Sort();
        if (lines.Count == 0) yield break;
        var (median, high) = (lines[(lines.Count - 1) / 2], lines[(lines.Count * 9 + 9) / 10 - 1]);
        if (median > 10) yield return new("median", $"{median} lines, 10 allowed");
        if (high > 30) yield return new("90th of 100", $"{high} lines, 30 allowed");
    }

    static IEnumerable<Breach> TooLongPrograms(IEnumerable<SourceFile> files) =>
        from file in files
        where Path.GetFileName(file.Path) == "Program.cs" && file.LineCount > ProgramLimit
        select new Breach(file.Path, $"{file.LineCount} lines, {ProgramLimit} allowed");

    static IEnumerable<Breach> TooDeep(IEnumerable<SourceFile> files) =>
        from file in files
        where file.Rooms.Length > (file.Path.StartsWith("src/", StringComparison.Ordinal) ? 2 : 3)
        select new Breach(file.Path, $"{file.Rooms.Length} folders below its project");

    static IEnumerable<Breach> Misplaced(IEnumerable<SourceFile> files)
    {
        foreach (var file in files.Where(file => file.Project.Length > 0))
        {
            var code = CodeText.Bare(file.Text);
            var expected = string.Join('.', [file.Project.Split('/')[1], .. file.Rooms]);
            var found = Namespace().Match(code);
            if (found.Success ? found.Groups[1].Value != expected : TypeDeclaration().IsMatch(code))
                yield return new(file.Path, found.Success ? $"{found.Groups[1].Value}, not {expected}" : "no namespace");
        }
    }

    static IEnumerable<Breach> MachinePaths(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where MachinePath().IsMatch(line.Item)
        select new Breach($"{file.Path}:{line.Index + 1}", MachinePath().Match(line.Item).Value);

    static IEnumerable<Breach> Unfinished(IEnumerable<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where Left().IsMatch(line.Item)
        select new Breach($"{file.Path}:{line.Index + 1}", line.Item.Trim());

    static IEnumerable<Breach> TooLongGuides(IEnumerable<SourceFile> files) =>
        from file in files
        let limit = file.Path switch { "ARCHITECTURE.md" => 200, "CONTRIBUTING.md" => 120, _ => int.MaxValue }
        where file.LineCount > limit
        select new Breach(file.Path, $"{file.LineCount} lines, {limit} allowed");

    static SourceFile Some(string path, int lines) => new(path, string.Concat(Enumerable.Repeat("x\n", lines)));

    static string Subjects(IEnumerable<Breach> breaches) => string.Join(", ", breaches.Select(breach => breach.Subject));

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*(?:\w+\s+)*(?:class|struct|record|interface|enum)\s+\w+", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    // A word must follow, which keeps this pattern from finding itself.
    [GeneratedRegex(@"(?<![\w.}])/(home|root|tmp|work|Users|mnt)/\w+|\b[A-Z]:\\+Users\b")]
    private static partial Regex MachinePath();

    // What is left for later must name an issue.
    [GeneratedRegex(@"\bFIXM[E]\b|\bTOD[O]\b(?! #\d)")]
    private static partial Regex Left();
}

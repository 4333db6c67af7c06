using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Walls;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the repository's root, with slashes.</param>
/// <param name="Text">The whole text.</param>
sealed record SourceFile(string Path, string Text)
{
    static readonly string[] Kinds =
    [
        ".cs", ".razor", ".sql", ".css", ".js", ".csproj", ".props", ".md", ".story", ".json", ".jsonl", ".mbox", ".slnx", ".txt",
        ".mjs", ".sh", ".ps1", "",
    ];

    /// <summary>Every text file of ours: the root's own and all below docs, src, test, bench, examples and .ci.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. ReadAll()];

    /// <summary>The source code: what people write in C#, Razor, SQL, style sheets and scripts.</summary>
    public static IEnumerable<SourceFile> Code => All.Where(file => file.IsCode);

    /// <summary>The C# of all projects.</summary>
    public static IEnumerable<SourceFile> CSharp => All.Where(file => file.Extension == ".cs");

    public string Extension => System.IO.Path.GetExtension(Path);

    public bool IsCode => Extension is ".cs" or ".razor" or ".sql" or ".css" or ".js";

    public string[] Lines => Text.Split('\n');

    /// <summary>How many lines there are; a line end at the very end begins no further line.</summary>
    public int LineCount => Text.EndsWith('\n') ? Lines.Length - 1 : Lines.Length;

    /// <summary>The folder of the project: <c>src/OnBehalf.Engine</c>; empty outside of projects.</summary>
    public string Project => Path.Split('/') is [var street, var house, _, ..] && street is "src" or "test" or "bench"
        ? string.Join('/', Path.Split('/')[..2]) : "";

    /// <summary>The folders between the project and the file.</summary>
    public string[] Rooms => Project.Length == 0 ? [] : Path.Split('/')[2..^1];

    static IEnumerable<SourceFile> ReadAll()
    {
        var root = RealData.Repository;
        var files = new[] { "docs", "src", "test", "bench", "examples", ".ci" }
            .Select(folder => System.IO.Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(root));
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var path = System.IO.Path.GetRelativePath(root, file).Replace('\\', '/');
            // Built files lie in artifacts; an editor may still leave bin and obj.
            if (path.Split('/').Any(part => part is "bin" or "obj" or "node_modules")) continue;
            if (Kinds.Contains(System.IO.Path.GetExtension(path))) yield return new(path, File.ReadAllText(file));
        }
    }
}

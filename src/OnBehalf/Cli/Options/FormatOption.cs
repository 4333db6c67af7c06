using System.CommandLine;

namespace OnBehalf.Cli.Options;

/// <summary><c>--format</c>: how figures are written.</summary>
enum Format
{
    Table,
    Json,
    Csv,
}

static class FormatOption
{
    public static Option<Format> Create() => new("--format", "-f")
    {
        Description = "table for people, json or csv for programs.",
        DefaultValueFactory = _ => Format.Table,
    };
}

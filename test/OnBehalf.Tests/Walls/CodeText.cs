namespace OnBehalf.Tests.Walls;

/// <summary>
/// C# with its comments, or also its texts, painted over with spaces, so that what is left can be searched without
/// being fooled. Every character keeps its place.
/// </summary>
static class CodeText
{
    /// <summary>Without comments.</summary>
    public static string WithoutComments(string code) => Paint(code, texts: false);

    /// <summary>Without comments, texts and characters.</summary>
    public static string Bare(string code) => Paint(code, texts: true);

    static string Paint(string code, bool texts)
    {
        var painted = code.ToCharArray();
        for (var at = 0; at < code.Length;)
        {
            var (end, isComment) = EndOfQuiet(code, at);
            if (end == at) { at++; continue; }
            for (; at < end; at++)
                if ((isComment || texts) && painted[at] is not ('\n' or '\r')) painted[at] = ' ';
        }
        return new(painted);
    }

    // Where a comment, text or character that starts here ends; here itself when none starts.
    static (int End, bool IsComment) EndOfQuiet(string code, int at)
    {
        if (Starts(code, at, "//")) return (IndexOrEnd(code, "\n", at, 0), true);
        if (Starts(code, at, "/*")) return (IndexOrEnd(code, "*/", at + 2, 2), true);
        if (code[at] == '\'') return (EndOfPlainText(code, at + 1, '\'', holes: false), false);
        if (code[at] is not ('"' or '$' or '@')) return (at, false);
        var start = at;
        while (start < code.Length && code[start] is '$' or '@') start++;
        return start < code.Length && code[start] == '"'
            ? (EndOfText(code, start, code[at..start]), false)
            : (at, false);
    }

    static int EndOfText(string code, int quote, string prefix)
    {
        var holes = prefix.Contains('$');
        if (prefix.Contains('@')) return EndOfVerbatimText(code, quote + 1, holes);
        var quotes = 0;
        while (quote + quotes < code.Length && code[quote + quotes] == '"') quotes++;
        if (quotes == 2) return quote + 2;
        return quotes == 1
            ? EndOfPlainText(code, quote + 1, '"', holes)
            : IndexOrEnd(code, new('"', quotes), quote + quotes, quotes);
    }

    static int EndOfPlainText(string code, int at, char quote, bool holes)
    {
        while (at < code.Length && code[at] != quote)
            at = code[at] == '\\' ? at + 2 : holes ? AfterHole(code, at) : at + 1;
        return Math.Min(at + 1, code.Length);
    }

    static int EndOfVerbatimText(string code, int at, bool holes)
    {
        while (at < code.Length && (code[at] != '"' || Starts(code, at, "\"\"")))
            at = code[at] == '"' ? at + 2 : holes ? AfterHole(code, at) : at + 1;
        return Math.Min(at + 1, code.Length);
    }

    // After the hole of an interpolated text, which may hold texts with braces of their own; else the next character.
    static int AfterHole(string code, int at)
    {
        if (code[at] != '{') return at + 1;
        if (Starts(code, at, "{{")) return at + 2;
        var depth = 0;
        do
        {
            var (end, _) = EndOfQuiet(code, at);
            if (end == at && code[at] == '{') depth++;
            if (end == at && code[at] == '}') depth--;
            at = Math.Max(end, at + 1);
        } while (depth > 0 && at < code.Length);
        return at;
    }

    static bool Starts(string code, int at, string with) => string.CompareOrdinal(code, at, with, 0, with.Length) == 0;

    static int IndexOrEnd(string code, string wanted, int from, int after) =>
        code.IndexOf(wanted, Math.Min(from, code.Length), StringComparison.Ordinal) is >= 0 and var found
            ? found + after : code.Length;
}

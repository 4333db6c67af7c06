using System.Text.RegularExpressions;

namespace OnBehalf.Tests.Walls;

/// <summary>What is between the braces of a method, constructor, operator or property.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Lines">Lines between its braces; 1 when they share a line.</param>
sealed partial record MemberBody(string Name, int Lines)
{
    enum Brace { Type, Member, Other }

    /// <summary>The bodies of a C# file, in order of their ends. Initialisers of fields are not bodies.</summary>
    public static IEnumerable<MemberBody> In(string source)
    {
        var code = CodeText.Bare(source);
        var open = new Stack<(Brace Kind, int At, string Name, int Start, int Depth)>();
        // Where the current statement starts, and how many parentheses and brackets are open in it.
        var (start, depth) = (0, 0);
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '(' or '[': depth++; break;
                case ')' or ']': depth--; break;
                case ';' when depth == 0: start = at + 1; break;
                case '{':
                    var heading = Heading(code[start..at]);
                    var parent = open.Count == 0 ? Brace.Type : open.Peek().Kind;
                    open.Push((KindOf(heading, parent, depth), at, NameOf(heading), start, depth));
                    (start, depth) = (at + 1, 0);
                    break;
                case '}' when open.Count > 0:
                    var (kind, opened, name, outerStart, outerDepth) = open.Pop();
                    if (kind == Brace.Member)
                        yield return new(name, Math.Max(1, code.AsSpan(opened, at - opened).Count('\n') - 1));
                    // Braces inside parentheses are a part of the statement around them.
                    (start, depth) = (outerDepth > 0 ? outerStart : at + 1, outerDepth);
                    break;
            }
        }
    }

    static Brace KindOf(string heading, Brace parent, int depth)
    {
        if (parent != Brace.Type || depth > 0) return Brace.Other;
        if (TypeWord().IsMatch(heading)) return Brace.Type;
        return Assignment().IsMatch(heading) && !heading.Contains(" operator ", StringComparison.Ordinal)
            ? Brace.Other : Brace.Member;
    }

    // The words before a brace without what is in parentheses and brackets, and without constraints.
    static string Heading(string statement)
    {
        var heading = new System.Text.StringBuilder(" ");
        var depth = 0;
        foreach (var c in statement)
        {
            if (c is ')' or ']') depth--;
            if (depth == 0) heading.Append(char.IsWhiteSpace(c) ? ' ' : c);
            if (c is '(' or '[') depth++;
        }
        return Constraint().Split(heading.ToString())[0];
    }

    static string NameOf(string heading) =>
        Named().Match(heading) is { Success: true } method ? method.Groups[1].Value
        : heading.Split("=>")[0].Replace("()", "", StringComparison.Ordinal).Trim().Split(' ')[^1];

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|namespace|extension)\b")]
    private static partial Regex TypeWord();

    [GeneratedRegex(@"(?<![=!<>])=(?![=>])")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\bwhere\b")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"([\w.]+)\s*(?:<[^()]*>)?\s*\(")]
    private static partial Regex Named();
}

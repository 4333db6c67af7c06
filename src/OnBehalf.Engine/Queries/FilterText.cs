using System.Text;

namespace OnBehalf.Engine.Queries;

/// <summary>
/// Conditions as people write them: <c>kind = Human and not (agent = anna@acme.example, ben@acme.example)</c>. A value
/// with blanks or signs stands in quotation marks, one of which within it is doubled; <c>""</c> is "none", and
/// <c>()</c> is no condition.
/// </summary>
sealed class FilterText
{
    /// <summary>How deep parentheses and "not" may be nested in a text; each level of a filter takes two at most.</summary>
    const int NestingLimit = 3 * Filter.DepthLimit;

    const string Signs = "(),=!\"";

    readonly List<(string Text, bool IsQuoted)> _tokens;
    int _next;

    FilterText(string text) => _tokens = Tokens(text);

    /// <summary>Reads conditions.</summary>
    public static Filter Parse(string text)
    {
        var reader = new FilterText(text);
        var filter = reader.Any(0);
        return reader._next == reader._tokens.Count ? filter : throw Wrong($"nothing is expected at '{reader.Peek}'.");
    }

    /// <summary>
    /// The same filter with only one form of "nothing", and without "everything" among others: what is printed is then
    /// read as it was.
    /// </summary>
    public static Filter Simple(Filter filter) => filter switch
    {
        Filter.Is { Values.Count: 0 } or Filter.Or { Parts.Count: 0 } => new Filter.Not(Filter.Everything),
        Filter.And and => One([.. and.Parts.Select(Simple).Where(part => part is not Filter.And { Parts.Count: 0 })],
            parts => new Filter.And(parts)),
        Filter.Or or => One([.. or.Parts.Select(Simple)], parts => new Filter.Or(parts)),
        Filter.Not not => Simple(not.Part) is var part && part is Filter.Not twice ? twice.Part : new Filter.Not(part),
        _ => filter,
    };

    static Filter One(Filter[] parts, Func<Filter[], Filter> join) => parts.Length == 1 ? parts[0] : join(parts);

    /// <summary>Prints a filter in normal form.</summary>
    public static string Print(Filter filter) => filter switch
    {
        Filter.Is { Values.Count: 0 } or Filter.Or { Parts.Count: 0 } => "not ()",
        Filter.Is leaf => $"{leaf.Dimension} = {string.Join(", ", leaf.Values.Select(Quoted))}",
        Filter.And { Parts.Count: 0 } => "()",
        Filter.And and => string.Join(" and ", and.Parts.Select(
            part => part is Filter.Or { Parts.Count: > 0 } ? $"({Print(part)})" : Print(part))),
        Filter.Or or => string.Join(" or ", or.Parts.Select(Print)),
        Filter.Not { Part: Filter.Is { Values.Count: > 0 } } not => $"not {Print(not.Part)}",
        Filter.Not { Part: Filter.And { Parts.Count: 0 } } => "not ()",
        Filter.Not not => $"not ({Print(not.Part)})",
        _ => "()",
    };

    /// <summary>Conditions that have names of their own in a question's text, in the registry's order; and what is left.</summary>
    public static (IReadOnlyList<Filter.Is> Leaves, Filter? Others) Split(Filter filter)
    {
        IReadOnlyList<Filter> parts = filter is Filter.And and ? and.Parts : [filter];
        var own = parts.OfType<Filter.Is>().Where(HasOwnName).GroupBy(leaf => leaf.Dimension)
            .Where(leaves => leaves.Count() == 1).Select(leaves => leaves.First()).ToList();
        Filter[] rest = [.. parts.Where(part => part is not Filter.Is leaf || !own.Any(o => ReferenceEquals(o, leaf)))];
        return ([.. DimensionRegistry.All.SelectMany(d => own.Where(leaf => leaf.Dimension == d.Name))],
            rest.Length switch { 0 => null, 1 => rest[0], _ => new Filter.And(rest) });
    }

    static bool HasOwnName(Filter.Is leaf) =>
        leaf.Values.Count > 0 && leaf.Values.All(value => value != QueryText.None);

    string? Peek => _next < _tokens.Count ? _tokens[_next].Text : null;

    bool IsNext(string word) => _next < _tokens.Count && !_tokens[_next].IsQuoted
        && _tokens[_next].Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    bool Take(string word)
    {
        if (!IsNext(word)) return false;
        _next++;
        return true;
    }

    Filter Any(int depth)
    {
        var parts = new List<Filter> { All(depth) };
        while (Take("or")) parts.Add(All(depth));
        return parts.Count == 1 ? parts[0] : new Filter.Or(parts);
    }

    Filter All(int depth)
    {
        var parts = new List<Filter> { Single(depth) };
        while (Take("and")) parts.Add(Single(depth));
        return parts.Count == 1 ? parts[0] : new Filter.And(parts);
    }

    Filter Single(int depth)
    {
        if (depth > NestingLimit) throw Wrong($"it is nested more than {Filter.DepthLimit} deep.");
        if (Take("not")) return new Filter.Not(Single(depth + 1));
        if (!Take("(")) return Leaf();
        if (Take(")")) return Filter.Everything;
        var inner = Any(depth + 1);
        return Take(")") ? inner : throw Wrong("a parenthesis is not closed.");
    }

    Filter Leaf()
    {
        var name = Value("a dimension").ToLowerInvariant();
        if (DimensionRegistry.Find(name) is null) throw Wrong($"there is no dimension '{Shown(name)}'.");
        var isNot = Take("!");
        if (!Take("=")) throw Wrong($"after '{name}' = or != is expected.");
        var values = new List<string> { Value("a value") };
        while (Take(",")) values.Add(Value("a value"));
        var leaf = new Filter.Is(name, values);
        return isNot ? new Filter.Not(leaf) : leaf;
    }

    string Value(string what)
    {
        if (_next >= _tokens.Count) throw Wrong($"it ends where {what} is expected.");
        var (text, isQuoted) = _tokens[_next];
        if (!isQuoted && text.Length == 1 && Signs.Contains(text[0])) throw Wrong($"'{text}' is where {what} is expected.");
        _next++;
        return text;
    }

    static List<(string, bool)> Tokens(string text)
    {
        var tokens = new List<(string, bool)>();
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i])) i++;
            else if (text[i] == '"') tokens.Add((QuotedToken(text, ref i), true));
            else if (Signs.Contains(text[i])) tokens.Add((text[i++].ToString(), false));
            else
            {
                var start = i;
                while (i < text.Length && !char.IsWhiteSpace(text[i]) && !Signs.Contains(text[i])) i++;
                tokens.Add((text[start..i], false));
            }
        }
        return tokens;
    }

    static string QuotedToken(string text, ref int i)
    {
        var value = new StringBuilder();
        for (i++; i < text.Length; i++)
        {
            if (text[i] != '"') value.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '"') value.Append(text[i++]);
            else
            {
                i++;
                return value.ToString();
            }
        }
        throw Wrong("a quotation mark is not closed.");
    }

    static string Quoted(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '@' or '.' or '-' or '_' or '+' or ':')
            && value.ToLowerInvariant() is not ("and" or "or" or "not")
            ? value
            : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Shown(string text) => text.Length > 40 ? text[..40] + "…" : text;

    static Mistake Wrong(string sentence) => QueryText.Wrong("filter", sentence);
}

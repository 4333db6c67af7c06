using System.Text.RegularExpressions;

namespace OnBehalf.Simulator.Graph;

/// <summary>The $filter forms over users that finding a mailbox needs: equality, proxy addresses, prefixes, joined by and/or.</summary>
static partial class UserFilter
{
    public static Func<DirectoryEntry, int, bool> Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return (_, _) => true;
        var choices = Or().Split(text)
            .Select(part => And().Split(part).Select(ParseOne).ToArray())
            .ToArray();
        return (entry, now) => choices.Any(all => all.All(one => one(entry, now)));
    }

    static Func<DirectoryEntry, int, bool> ParseOne(string text)
    {
        text = text.Trim();
        if (Proxy().Match(text) is { Success: true } proxy)
            return (entry, now) => entry.ProxyAddresses(now).Contains(Text(proxy), StringComparer.OrdinalIgnoreCase);
        if (Prefix().Match(text) is { Success: true } prefix)
            return (entry, now) => entry.Text(prefix.Groups["name"].Value, now)?
                .StartsWith(Text(prefix), StringComparison.OrdinalIgnoreCase) == true;
        if (Equal().Match(text) is { Success: true } equal)
            return (entry, now) => Text(equal).Equals(entry.Text(equal.Groups["name"].Value, now), StringComparison.OrdinalIgnoreCase);
        throw new GraphError(400, "Request_UnsupportedQuery", $"Unsupported or invalid query filter clause: '{text}'.");
    }

    static string Text(Match match) => match.Groups["value"].Value.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex("\\s+or\\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Or();

    [GeneratedRegex("\\s+and\\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex("^proxyAddresses/any\\((?<p>\\w+):\\s*\\k<p>\\s+eq\\s+'(?<value>(?:[^']|'')+)'\\)$", RegexOptions.IgnoreCase)]
    private static partial Regex Proxy();

    [GeneratedRegex("^startswith\\((?<name>\\w+),\\s*'(?<value>(?:[^']|'')*)'\\)$", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();

    [GeneratedRegex("^(?<name>\\w+)\\s+eq\\s+'?(?<value>.*?)'?$", RegexOptions.IgnoreCase)]
    private static partial Regex Equal();
}

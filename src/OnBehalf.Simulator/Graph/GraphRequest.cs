using Microsoft.AspNetCore.WebUtilities;
using OnBehalf.Simulator.Identities;

namespace OnBehalf.Simulator.Graph;

/// <summary>One request, as it came over HTTP or inside a batch.</summary>
sealed class GraphRequest
{
    public required string Method { get; init; }

    /// <summary>The path below the version, cut into names and keys: users, id, mailFolders, id, messages, delta.</summary>
    public required string[] Path { get; init; }
    public required IReadOnlyDictionary<string, string> Query { get; init; }
    public required string Prefer { get; init; }
    public required AccessToken Token { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where this server is reached, up to and with the version; links begin with it.</summary>
    public required string Root { get; init; }

    public bool WantsImmutableIds => Prefer.Contains("ImmutableId", StringComparison.OrdinalIgnoreCase);

    /// <summary>The page size of the Prefer header.</summary>
    public int? MaxPageSize
    {
        get
        {
            const string name = "odata.maxpagesize=";
            var at = Prefer.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return null;
            var digits = Prefer.AsSpan(at + name.Length);
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            return int.TryParse(length < 0 ? digits : digits[..length], out var size) && size > 0 ? size : null;
        }
    }

    public string? Option(string name) => Query.TryGetValue(name, out var value) ? value : null;

    /// <summary>
    /// Cuts a path the way OData allows it to be written: users/x, users('x'), delta and delta() mean the same.
    /// </summary>
    public static string[] Cut(string path)
    {
        var names = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var segment = Uri.UnescapeDataString(part);
            var open = segment.IndexOf('(', StringComparison.Ordinal);
            if (open <= 0 || segment[^1] != ')') { names.Add(segment); continue; }
            names.Add(segment[..open]);
            var key = segment[(open + 1)..^1].Trim('\'');
            if (key.Length > 0) names.Add(key);
        }
        if (names.Count > 0) names[0] = names[0].ToLowerInvariant();
        return [.. names];
    }

    public static IReadOnlyDictionary<string, string> ReadQuery(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in QueryHelpers.ParseQuery(query)) options[pair.Key] = pair.Value.ToString();
        return options;
    }

    /// <summary>Whether the path is of this form; "*" stands for any one name.</summary>
    public bool Is(params ReadOnlySpan<string> form)
    {
        if (form.Length != Path.Length) return false;
        for (var place = 0; place < form.Length; place++)
            if (form[place] != "*" && !form[place].Equals(Path[place], StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }
}

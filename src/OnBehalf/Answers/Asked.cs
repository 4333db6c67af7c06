using Microsoft.Extensions.Primitives;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Answers;

/// <summary>What a request asks: the question, and what its own page or resource wants besides.</summary>
/// <param name="Query">The question.</param>
/// <param name="Own">What is not part of a question, by name.</param>
public sealed record Asked(MetricQuery Query, IReadOnlyDictionary<string, StringValues> Own)
{
    /// <summary>Reads a request's query string.</summary>
    /// <param name="request">The request.</param>
    /// <param name="view">The edition that is asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="own">Names that are not part of a question.</param>
    /// <exception cref="Mistake">invalid: the message begins with the name that is wrong.</exception>
    public static Asked Read(HttpRequest request, StoreView view, TimeProvider time, params IReadOnlyList<string> own)
    {
        var texts = request.Query.Where(pair => !own.Contains(pair.Key))
            .SelectMany(pair => pair.Value.Select(text => new KeyValuePair<string, string>(pair.Key, text ?? "")));
        return new(
            QueryText.Parse(texts, view.Defaults(time)),
            request.Query.Where(pair => own.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    /// <summary>One of our own texts; null when it is not there or empty.</summary>
    public string? Text(string name)
    {
        if (!Own.TryGetValue(name, out var texts)) return null;
        if (texts.Count > 1) throw new Mistake("invalid", $"{name}: it is given more than once.");
        return string.IsNullOrWhiteSpace(texts[0]) ? null : texts[0]!.Trim();
    }

    /// <summary>A choice of our own; the default when nothing is said.</summary>
    public T Choice<T>(string name, T usual) where T : struct, Enum
    {
        if (Text(name) is not { } text) return usual;
        foreach (var value in Enum.GetValues<T>())
            if (QueryText.WordOf(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        throw new Mistake("invalid", $"{name}: it is one of {string.Join(", ", Enum.GetValues<T>().Select(QueryText.WordOf))}.");
    }

    /// <summary>The keys of a group: one text a dimension, <c>(none)</c> for none.</summary>
    public IReadOnlyList<string?> Keys(string name) => Own.TryGetValue(name, out var texts)
        ? [.. texts.Select(text => text == QueryText.None ? null : text)]
        : [];
}

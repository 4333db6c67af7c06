using System.Collections.Concurrent;

namespace OnBehalf.Store.Dialects;

/// <summary>The embedded .sql files, by name: <c>Type.Method.sql</c>.</summary>
static class SqlText
{
    static readonly ConcurrentDictionary<string, string> Read = new(StringComparer.Ordinal);

    /// <summary>The text of an embedded file, read once.</summary>
    public static string Of(string name) => Read.GetOrAdd(name, static name =>
    {
        using var stream = typeof(SqlText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the store.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}

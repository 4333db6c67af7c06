using OnBehalf.Engine;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages;

/// <summary>The order of a table, by a column of it: <c>name</c>, or <c>-name</c> from the largest.</summary>
static class Sorting
{
    /// <summary>Sorts rows. What is not known comes last either way, and equal rows are in the order of their names.</summary>
    /// <exception cref="Mistake">invalid: there is no such column.</exception>
    public static IReadOnlyList<ResultRow> By(
        string sort, IEnumerable<ResultRow> rows, Func<ResultRow, string> name,
        IReadOnlyDictionary<string, Func<ResultRow, double?>> columns)
    {
        var isDown = sort.StartsWith('-');
        var column = sort.TrimStart('-');
        var byName = rows.OrderBy(name, StringComparer.OrdinalIgnoreCase);
        if (column == "name") return isDown ? [.. byName.Reverse()] : [.. byName];
        if (!columns.TryGetValue(column, out var value))
            throw new Mistake("invalid", $"sort: there is no such column; {string.Join(", ", columns.Keys)} are.");
        var known = byName.OrderBy(row => value(row) is null);
        return isDown ? [.. known.ThenByDescending(value)] : [.. known.ThenBy(value)];
    }
}

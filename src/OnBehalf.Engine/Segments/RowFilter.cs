using OnBehalf.Engine.Queries;

namespace OnBehalf.Engine.Segments;

/// <summary>A filter made ready for rows. It remembers what it has looked up, so each thread has its own.</summary>
static class RowFilter
{
    /// <summary>Whether a row, and the instant it is dated by, meets the filter; null when every row does.</summary>
    public static Func<Cursor, long, bool>? Of(Filter filter, QueryPlan plan) =>
        filter is Filter.And { Parts.Count: 0 } ? null : Make(filter, plan);

    static Func<Cursor, long, bool> Make(Filter filter, QueryPlan plan)
    {
        switch (filter)
        {
            case Filter.And and:
                Func<Cursor, long, bool>[] all = [.. and.Parts.Select(part => Make(part, plan))];
                return (row, at) =>
                {
                    foreach (var part in all)
                        if (!part(row, at)) return false;
                    return true;
                };
            case Filter.Or or:
                Func<Cursor, long, bool>[] any = [.. or.Parts.Select(part => Make(part, plan))];
                return (row, at) =>
                {
                    foreach (var part in any)
                        if (part(row, at)) return true;
                    return false;
                };
            case Filter.Not not:
                var meets = Make(not.Part, plan);
                return (row, at) => !meets(row, at);
            default:
                return Leaf((Filter.Is)filter, plan);
        }
    }

    static Func<Cursor, long, bool> Leaf(Filter.Is leaf, QueryPlan plan)
    {
        var dimension = DimensionRegistry.Find(leaf.Dimension)!;
        var wanted = leaf.Values.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = new Dictionary<int, bool>();
        var (last, lastIsWanted) = (int.MinValue, false);
        return (row, at) =>
        {
            var code = plan.CodeOf(dimension, row, at);
            if (code == last) return lastIsWanted;
            if (!known.TryGetValue(code, out var isWanted))
                known.Add(code, isWanted = leaf.IsMetBy(plan.TextOf(dimension, code) ?? "", wanted, dimension.Separator));
            (last, lastIsWanted) = (code, isWanted);
            return isWanted;
        };
    }
}

namespace OnBehalf.Engine.Segments;

/// <summary>
/// The keys of an answer's groups: their texts, and their order. A dimension's values are few beside the groups of several
/// dimensions, so each value's text and place are found once.
/// </summary>
sealed class GroupKeys
{
    readonly GroupKey[] _keys;
    readonly Dictionary<int, (string? Text, int Place)>[] _values;

    public GroupKeys(QueryPlan plan, IReadOnlyCollection<GroupKey> keys)
    {
        _keys = [.. keys];
        _values = [.. Enumerable.Range(0, plan.Dimensions.Length).Select(dimension => ValuesOf(plan, dimension))];
    }

    /// <summary>The texts of a group's key.</summary>
    public string?[] TextsOf(GroupKey key)
    {
        var texts = new string?[_values.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = _values[i][key[i]].Text;
        return texts;
    }

    /// <summary>By time where a key is time, else by text; none comes last.</summary>
    public GroupKey[] Ordered()
    {
        var places = new UInt128[_keys.Length];
        for (var i = 0; i < places.Length; i++)
            for (var dimension = 0; dimension < _values.Length; dimension++)
                places[i] = (places[i] << 32) | (uint)_values[dimension][_keys[i][dimension]].Place;
        Array.Sort(places, _keys);
        return _keys;
    }

    Dictionary<int, (string? Text, int Place)> ValuesOf(QueryPlan plan, int dimension)
    {
        var codes = new HashSet<int>();
        foreach (var key in _keys) codes.Add(key[dimension]);
        var values = codes.Select(code => (Code: code, Text: plan.TextOf(plan.Dimensions[dimension], code))).ToList();
        if (plan.Dimensions[dimension].Time is not null) values.Sort(static (a, b) => a.Code.CompareTo(b.Code));
        else
            values.Sort(static (a, b) => a.Text is null || b.Text is null
                ? (a.Text is null).CompareTo(b.Text is null)
                : string.CompareOrdinal(a.Text, b.Text));
        return values.Select((value, place) => (value, place)).ToDictionary(v => v.value.Code, v => (v.value.Text, v.place));
    }
}

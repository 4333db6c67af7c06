namespace OnBehalf.Engine.Queries;

/// <summary>Which rows count. Values are compared as text without regard to case; an empty text is "none".</summary>
public abstract record Filter
{
    /// <summary>How deep conditions may be nested.</summary>
    public const int DepthLimit = 8;

    /// <summary>How many conditions and values there may be in all.</summary>
    public const int SizeLimit = 10_000;

    /// <summary>No condition.</summary>
    public static readonly Filter Everything = new And([]);

    Filter()
    {
    }

    /// <summary>The only values of a dimension that can meet it, as they were written; null: it does not say.</summary>
    public IReadOnlyCollection<string>? ValuesOf(string dimension)
    {
        switch (this)
        {
            case Is leaf when leaf.Dimension == dimension:
                return leaf.Values;
            case And and:
                IReadOnlyCollection<string>? all = null;
                foreach (var part in and.Parts)
                    if (part.ValuesOf(dimension) is { } some)
                        all = all is null ? some : [.. all.Intersect(some, StringComparer.OrdinalIgnoreCase)];
                return all;
            case Or or:
                var any = or.Parts.Select(part => part.ValuesOf(dimension)).ToList();
                return any.Contains(null) ? null : [.. any.SelectMany(some => some!).Distinct(StringComparer.OrdinalIgnoreCase)];
            default:
                return null;
        }
    }

    /// <summary>The row's value of a dimension is one of these.</summary>
    public sealed record Is(string Dimension, IReadOnlyList<string> Values) : Filter
    {
        /// <summary>Whether a value with parts has to be meant as a whole, as the key of a group is.</summary>
        internal bool IsWhole { get; init; }

        /// <summary>Whether a row's value is one of these, or one of its parts is.</summary>
        internal bool IsMetBy(string value, IReadOnlySet<string> wanted, string? separator) => wanted.Contains(value)
            || (separator is not null && !IsWhole && value.Split(separator).Any(wanted.Contains));

        /// <inheritdoc/>
        public bool Equals(Is? other) => other is not null && Dimension == other.Dimension && IsWhole == other.IsWhole
            && Values.SequenceEqual(other.Values);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Dimension, Values.Count);
    }

    /// <summary>All of these; no condition at all is met by every row.</summary>
    public sealed record And(IReadOnlyList<Filter> Parts) : Filter
    {
        /// <inheritdoc/>
        public bool Equals(And? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(1, Parts.Count);
    }

    /// <summary>At least one of these.</summary>
    public sealed record Or(IReadOnlyList<Filter> Parts) : Filter
    {
        /// <inheritdoc/>
        public bool Equals(Or? other) => other is not null && Parts.SequenceEqual(other.Parts);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(2, Parts.Count);
    }

    /// <summary>Not this.</summary>
    public sealed record Not(Filter Part) : Filter;
}

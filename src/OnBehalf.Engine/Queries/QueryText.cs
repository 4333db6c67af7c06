using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace OnBehalf.Engine.Queries;

/// <summary>What a question has where its text says nothing.</summary>
/// <param name="Now">From when everything is seen, and what "today" is in a named range.</param>
/// <param name="Zone">The zone of days.</param>
/// <param name="Span">The range: from the first message until after the last.</param>
public readonly record struct QueryDefaults(Instant Now, DateTimeZone Zone, (Instant From, Instant To) Span);

/// <summary>
/// Questions as named texts. The names are the same in a URL, in REST and on the command line, and the text that is
/// printed is read as the same question.
/// </summary>
public static class QueryText
{
    /// <summary>Characters that the texts of a question may have together.</summary>
    public const int LengthLimit = 100_000;

    /// <summary>How "none" is written where a value of a dimension is expected; an empty text says nothing there.</summary>
    public const string None = "(none)";

    /// <summary>Every name that is not a dimension, with what it means.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Names { get; } =
    [
        ("metrics", "Names of metrics, separated by commas."),
        ("dimensions", "Names of dimensions, separated by commas, outermost first."),
        ("granularity", "hour, day, week, month, quarter or year: the steps of a series."),
        ("range", "today, yesterday, 7d, 30d, 90d, 365d or any number of days up to today, this-week, last-week, "
            + "this-month, last-month, this-quarter, last-quarter, this-year, last-year, or all."),
        ("from", "First day (2026-01-31) or instant (2026-01-31T08:00:00Z) of the range."),
        ("to", "End of the range, not part of it."),
        ("through", "Last day of the range, part of it."),
        ("zone", "IANA time zone in which days begin."),
        ("clock", "calendar, mailbox or agent."),
        ("begun-by", "requester or agent: only conversations begun so."),
        ("as-of", "From when everything is seen; nothing later is known."),
        ("audit-grace", "Hours for which a missing audit record may still come."),
        ("compare", "previous, last-year or none: the period that figures are compared with."),
        ("filter", "Conditions, such as: kind = Human and not (agent = anna@acme.example or requester_domain = acme.example)."),
    ];

    /// <summary>Reads a question.</summary>
    /// <param name="texts">Names and texts; a name may come again. Empty texts say nothing.</param>
    /// <param name="defaults">What is meant where nothing is said.</param>
    /// <exception cref="Mistake">invalid: the message begins with the name that is wrong.</exception>
    public static MetricQuery Parse(IEnumerable<KeyValuePair<string, string>> texts, QueryDefaults defaults)
    {
        var said = Gather(texts);
        var zone = One(said, "zone") is { } name ? ZoneOf(name) : defaults.Zone;
        var asOf = At(said, "as-of", zone) ?? defaults.Now;
        var (from, to) = RangeText.Read(said, zone, asOf, defaults.Span);
        return new MetricQuery
        {
            Metrics = Words(said, "metrics"),
            Dimensions = Words(said, "dimensions"),
            Granularity = Choice<Granularity>(said, "granularity"),
            From = from,
            To = to,
            Zone = zone,
            Clock = Choice<Clock>(said, "clock") ?? Clock.Calendar,
            BegunBy = Choice<BegunBy>(said, "begun-by"),
            AsOf = asOf,
            AuditGrace = Hours(said) ?? MetricQuery.UsualAuditGrace,
            Compare = One(said, "compare") == "none" ? null : Choice<Comparison>(said, "compare"),
            Filter = FilterOf(said),
        };
    }

    /// <summary>Prints a question in its normal form, in an order that does not depend on how it was asked.</summary>
    /// <exception cref="Mistake">invalid, as <see cref="MetricQuery.Normalised"/> says.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Print(MetricQuery query)
    {
        query = query.Normalised();
        query = (query with { Filter = FilterText.Simple(query.Filter) }).Normalised();
        var texts = new List<KeyValuePair<string, string>>();
        void Say(string name, string text) => texts.Add(new(name, text));
        Say("metrics", string.Join(',', query.Metrics));
        if (query.Dimensions.Count > 0) Say("dimensions", string.Join(',', query.Dimensions));
        Say("from", Print(query.From, query.Zone));
        Say("to", Print(query.To, query.Zone));
        Say("zone", query.Zone.Id);
        if (query.Clock != Clock.Calendar) Say("clock", WordOf(query.Clock));
        if (query.BegunBy is { } by) Say("begun-by", WordOf(by));
        Say("as-of", InstantPattern.General.Format(query.AsOf));
        if (query.AuditGrace != MetricQuery.UsualAuditGrace)
            Say("audit-grace", query.AuditGrace.TotalHours.ToString("R", CultureInfo.InvariantCulture));
        if (query.Compare is { } compare) Say("compare", WordOf(compare));
        var (leaves, rest) = FilterText.Split(query.Filter);
        foreach (var leaf in leaves)
            foreach (var value in leaf.Values) Say(leaf.Dimension, value.Length == 0 ? None : value);
        if (rest is not null) Say("filter", FilterText.Print(rest));
        return texts;
    }

    /// <summary>The printed question as the part of a URL after the question mark.</summary>
    public static string PrintUrl(MetricQuery query) => ToUrl(Print(query));

    /// <summary>Names and texts as the part of a URL after the question mark.</summary>
    public static string ToUrl(IEnumerable<KeyValuePair<string, string>> texts) =>
        string.Join('&', texts.Select(text => $"{Escape(text.Key)}={Escape(text.Value)}"));

    /// <summary>An enumerated value as it is written: <c>last-year</c>.</summary>
    public static string WordOf<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((c, i) => (char.IsUpper(c) && i > 0 ? "-" : "") + char.ToLowerInvariant(c)));

    /// <summary>A moment of a range: a date where a day begins, else an instant.</summary>
    public static string Print(Instant at, DateTimeZone zone)
    {
        var date = at.InZone(zone).Date;
        return MetricQuery.RangeOf(date, date, zone).From == at && date.Year is > 0 and < 10_000
            ? LocalDatePattern.Iso.Format(date)
            : InstantPattern.General.Format(at);
    }

    internal static string? One(IReadOnlyDictionary<string, List<string>> said, string name) =>
        !said.TryGetValue(name, out var texts) ? null
        : texts.Count == 1 ? texts[0]
        : throw Wrong(name, "it is given more than once.");

    internal static Instant? At(IReadOnlyDictionary<string, List<string>> said, string name, DateTimeZone zone)
    {
        if (One(said, name) is not { } text) return null;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && date.Year is > 0 and < 9999)
            return MetricQuery.RangeOf(date, date, zone).From;
        if (InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant) return instant.Value;
        throw Wrong(name, "give a day as 2026-01-31, or an instant as 2026-01-31T08:00:00Z.");
    }

    internal static Mistake Wrong(string name, string sentence) => new("invalid", $"{name}: {sentence}");

    static Dictionary<string, List<string>> Gather(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var said = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var length = 0;
        foreach (var (name, text) in texts)
        {
            if (!Names.Any(known => known.Name == name) && DimensionRegistry.Find(name) is null)
                throw Wrong(Shown(name), "there is no parameter of this name.");
            length += text.Length;
            if (length > LengthLimit) throw Wrong(name, $"the question is longer than {LengthLimit} characters.");
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (!said.TryGetValue(name, out var list)) said.Add(name, list = []);
            list.Add(text.Trim());
        }
        return said;
    }

    // A name of a stranger's making is shown in part, and without what could be mistaken for our own words.
    static string Shown(string name) =>
        name.Length == 0 ? "?" : new([.. name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '?')]);

    static string[] Words(Dictionary<string, List<string>> said, string name) =>
        said.TryGetValue(name, out var texts)
            ? [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]
            : [];

    static T? Choice<T>(Dictionary<string, List<string>> said, string name) where T : struct, Enum
    {
        if (One(said, name) is not { } text) return null;
        foreach (var value in Enum.GetValues<T>())
            if (WordOf(value).Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        throw Wrong(name, $"it is one of {string.Join(", ", Enum.GetValues<T>().Select(WordOf))}.");
    }

    static Duration? Hours(Dictionary<string, List<string>> said)
    {
        if (One(said, "audit-grace") is not { } text) return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var hours)
            && hours is >= 0 and <= 100_000
            ? Duration.FromSeconds((long)Math.Round(hours * 3600))
            : throw Wrong("audit-grace", "it is a number of hours from 0 on.");
    }

    static DateTimeZone ZoneOf(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)
        ?? throw Wrong("zone", "there is no such zone. Names are those of the IANA database, as Europe/Prague.");

    static Filter FilterOf(Dictionary<string, List<string>> said)
    {
        var parts = new List<Filter>();
        foreach (var dimension in DimensionRegistry.All)
            if (said.TryGetValue(dimension.Name, out var values))
                parts.Add(new Filter.Is(dimension.Name, [.. values.Select(value => value == None ? "" : value)]));
        if (said.TryGetValue("filter", out var texts)) parts.AddRange(texts.Select(FilterText.Parse));
        return parts.Count == 1 ? parts[0] : new Filter.And(parts);
    }

    // What Uri.EscapeDataString escapes without need makes links hard to read.
    static string Escape(string text) => Uri.EscapeDataString(text)
        .Replace("%40", "@", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)
        .Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal)
        .Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal)
        .Replace("%20", "+", StringComparison.Ordinal);
}

using NodaTime;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Pages;

/// <summary>What a screen is asked by its address: the address is all the state there is.</summary>
/// <param name="View">The edition it shows.</param>
/// <param name="Path">The screen's path.</param>
/// <param name="Name">Whom or what the screen is about, by its path; empty: nobody in particular.</param>
/// <param name="Asked">The question, without metrics, and what the screen itself wants.</param>
/// <param name="Texts">The question as it was asked, which links repeat: a named range stays one.</param>
/// <param name="Now">The present.</param>
/// <param name="Cancellation">The reader has gone.</param>
public sealed record ScreenAsk(
    StoreView View, string Path, string Name, Asked Asked, IReadOnlyList<KeyValuePair<string, string>> Texts, Instant Now,
    CancellationToken Cancellation)
{
    /// <summary>Names of what a screen wants that is not part of the question.</summary>
    public static readonly string[] OwnNames = ["sort", "start", "after", "key", "at", "done", "of"];

    /// <summary>Data that is older than this is looked at from its own end rather than from today.</summary>
    static readonly Duration Stale = Duration.FromDays(3);

    /// <summary>The question, without metrics.</summary>
    public MetricQuery Query => Asked.Query;

    /// <summary>The zone of days and times.</summary>
    public DateTimeZone Zone => Query.Zone;

    /// <summary>Whether it is looked at from the end of the data, because that was long ago.</summary>
    public bool IsStale => View.Newest is { } newest && Now - Instant.FromUnixTimeSeconds(newest) > Stale;

    /// <summary>Reads a request.</summary>
    /// <exception cref="Mistake">invalid: the message begins with the name that is wrong.</exception>
    public static ScreenAsk Read(HttpContext http, StoreView view, TimeProvider time)
    {
        var texts = http.Request.Query.Where(pair => !OwnNames.Contains(pair.Key) && pair.Key is not ("metrics" or "dimensions"))
            .SelectMany(pair => pair.Value.Select(text => new KeyValuePair<string, string>(pair.Key, text ?? "")))
            .Where(pair => pair.Value.Length > 0).ToList();
        var now = view.Defaults(time).Now;
        var defaults = view.Defaults(time);
        if (view.Newest is { } newest && now - Instant.FromUnixTimeSeconds(newest) > Stale)
            defaults = defaults with { Now = EndOfDay(newest, view.Zone) };
        var asked = texts.Concat(Usual(view, texts)).Concat(http.Request.Query
            .Where(pair => pair.Key is "metrics" or "dimensions")
            .SelectMany(pair => pair.Value.Select(text => new KeyValuePair<string, string>(pair.Key, text ?? ""))));
        return new(
            view, http.Request.Path.ToUriComponent(), (string?)http.GetRouteValue("name") ?? "", new Asked(
                QueryText.Parse(asked, defaults),
                http.Request.Query.Where(pair => OwnNames.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value)),
            texts, now, http.RequestAborted);
    }

    /// <summary>Whether some schedule is in force, so that business time differs from elapsed time.</summary>
    public static bool HasHours(StoreView view) =>
        view.Settings.CompanySchedule.Count > 0 || view.Settings.Mailboxes.Any(m => m.Hours == HoursOf.Custom);

    /// <summary>What the text of a name was; null when nothing was said.</summary>
    public string? Said(string name) => Texts.Where(text => text.Key == name).Select(text => text.Value).FirstOrDefault();

    /// <summary>This screen, or another, under the same question except for some names; null takes a name away.</summary>
    public string Link(string path, params IReadOnlyList<(string Name, string? Text)> changes)
    {
        var texts = Texts.Where(text => !changes.Any(change => change.Name == text.Key))
            .Concat(changes.Where(change => change.Text is not null)
                .Select(change => new KeyValuePair<string, string>(change.Name, change.Text!)));
        return QueryText.ToUrl(texts) is { Length: > 0 } url ? $"{path}?{url}" : path;
    }

    /// <summary>Another range under the same question.</summary>
    public string LinkRange(string range) => Link(Path, ("range", range), ("from", null), ("to", null), ("through", null));

    /// <summary>The question for some metrics and dimensions, without comparison unless it is wanted.</summary>
    public MetricQuery For(IReadOnlyList<string> metrics, params IReadOnlyList<string> dimensions) =>
        Query with { Metrics = metrics, Dimensions = dimensions, Granularity = null, Compare = null };

    /// <summary>Answers a question.</summary>
    public Answer Answer(MetricQuery query) => View.Answer(query, Cancellation);

    /// <summary>The same question, only for some rows.</summary>
    public static MetricQuery Only(MetricQuery query, string dimension, params IReadOnlyList<string> values) =>
        query with { Filter = new Filter.And([query.Filter, new Filter.Is(dimension, values)]) };

    /// <summary>A filter without its conditions on a dimension.</summary>
    public static Filter Without(Filter filter, string dimension) => filter switch
    {
        Filter.Is leaf when leaf.Dimension == dimension => Filter.Everything,
        Filter.And and => new Filter.And([.. and.Parts.Select(part => Without(part, dimension))]),
        _ => filter,
    };

    /// <summary>The rows behind a figure of a question.</summary>
    public static string Rows(MetricQuery query, string metric, params IReadOnlyList<string?> keys) =>
        "/rows?" + QueryText.ToUrl(QueryText.Print(query with { Metrics = [metric], Compare = null })
            .Concat(keys.Select(key => new KeyValuePair<string, string>("key", key ?? QueryText.None))));

    /// <summary>All that there is to say about a figure.</summary>
    public static string About(MetricQuery query, string metric) =>
        "/figure?" + QueryText.PrintUrl(query with { Metrics = [metric], Dimensions = [] });

    /// <summary>The answer as a file.</summary>
    public static string Csv(MetricQuery query) => "/api/v1/metrics?" + QueryText.PrintUrl(query with { Compare = null }) + "&format=csv";

    /// <summary>A sensible step for a series over the range.</summary>
    public string Step => (Query.To - Query.From).TotalDays switch
    {
        <= 2 => "hour",
        <= 100 => "day",
        <= 400 => "week",
        <= 2000 => "month",
        _ => "quarter",
    };

    static IEnumerable<KeyValuePair<string, string>> Usual(
        StoreView view, List<KeyValuePair<string, string>> texts)
    {
        bool IsSaid(params IReadOnlyList<string> names) => texts.Any(text => names.Contains(text.Key));
        if (!IsSaid("range", "from", "to", "through")) yield return new("range", "30d");
        if (!IsSaid("compare")) yield return new("compare", "previous");
        if (!IsSaid("clock") && HasHours(view)) yield return new("clock", "mailbox");
    }

    static Instant EndOfDay(long at, DateTimeZone zone)
    {
        var date = Instant.FromUnixTimeSeconds(at).InZone(zone).Date;
        return MetricQuery.RangeOf(date, date.PlusDays(1), zone).To - Duration.FromSeconds(1);
    }
}

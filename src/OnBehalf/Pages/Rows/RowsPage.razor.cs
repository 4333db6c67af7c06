using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Rows;

/// <summary><c>/rows</c>.</summary>
public sealed partial class RowsPage
{
    const int RowsShown = 50;

    Metric _metric = null!; // Found before anything is shown.
    IReadOnlyList<ShownRow> _rows = [];
    IReadOnlyList<string?> _keys = [];
    List<string> _conditions = [];
    Figure? _figure;
    string? _next;

    protected override void Load()
    {
        var query = Ask.Query.Normalised();
        _metric = MetricRegistry.Find(query.Metrics[0])!;
        _keys = Ask.Asked.Keys("key");
        if (_keys.Count != 0 && _keys.Count != query.Dimensions.Count)
            throw new Mistake("invalid", $"key: there are {query.Dimensions.Count} dimensions.");
        var rows = Ask.View.RowsBehind(query, _keys, RowsShown, PageToken.Read("after", Ask.Asked.Text("after")), Ask.Cancellation);
        _rows = RowText.Show(Ask.View, Desk, rows.Rows, Ask.Cancellation);
        _next = rows.HasMore ? PageToken.After(rows.Rows[^1]) : null;
        var answer = Ask.Answer(query with { Compare = null, Metrics = [_metric.Name] });
        _figure = _keys.Count == 0
            ? answer.Result.Totals[0]
            : answer.Result.Rows.FirstOrDefault(row => row.Keys.SequenceEqual(_keys))?.Figures[0];
        _conditions = [.. _keys.Select((key, i) => $"{query.Dimensions[i].Replace('_', ' ')}: {key ?? "none"}"),
            .. QueryText.Print(query).Where(text => text.Key == "filter" || DimensionRegistry.Find(text.Key) is not null)
                .Select(text => $"{text.Key.Replace('_', ' ')}: {text.Value}")];
    }

    string Heading => Words.Metric(_metric.Name);

    string Lead => $"The messages behind it. {_metric.Definition} {Shown.Range(Ask.Query)}, {Shown.ClockOf(Ask.Query)}.";

    string Figure => _figure is { } figure
        ? figure.Value == figure.Count && _metric.Unit == Unit.Count
            ? Shown.Count(figure.Count, Counted)
            : $"{Shown.Value(_metric.Name, figure.Value)}{(figure.Distribution is null ? "" : $" median of {figure.Count:N0}")}"
        : Shown.Nothing;

    string Counted => _metric.Over switch
    {
        RowKind.Responses => "response",
        RowKind.Waits => "wait",
        RowKind.Cycles => "cycle",
        _ => "message",
    };

    string NextUrl => $"/rows?{Url(_next)}";

    string Url(string? after)
    {
        var texts = QueryText.Print(Ask.Query with { Metrics = [_metric.Name], Compare = null })
            .Concat(_keys.Select(key => new KeyValuePair<string, string>("key", key ?? QueryText.None)));
        return QueryText.ToUrl(after is null ? texts : texts.Append(new("after", after)));
    }

    string Time(ShownRow row) => row.Finding.At == 0 ? "no date" : Shown.ShortTime(row.Finding.At, Ask);

    string Agent(ShownRow row) =>
        row.Finding.Agent.IsNone ? Shown.Nothing : Ask.View.NameOf(Ask.View.Address(row.Finding.Agent));

    static string Subject(ShownRow row) => string.IsNullOrWhiteSpace(row.Fact.Subject) ? "(no subject)" : row.Fact.Subject;

    string Waited(ShownRow row) => row.IsOpenAt(Ask.Query.AsOf) ? "waits"
        : row.Waited(Ask.Query.Clock) is { } waited ? Shown.Duration(waited) : Shown.Nothing;

    static string KnownBy(ShownRow row) => row.Finding.Direction == Direction.Inbound ? Shown.Nothing
        : row.Finding.Evidence != 0 ? Words.Evidence(row.Finding.Evidence.ToString())
        : row.Finding.Reason != 0 ? $"Not known: {Words.Reason(row.Finding.Reason.ToString())}" : Shown.Nothing;
}

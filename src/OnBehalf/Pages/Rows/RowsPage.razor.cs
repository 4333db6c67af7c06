using Microsoft.AspNetCore.Components;
using OnBehalf.Answers;
using OnBehalf.Engine;
using OnBehalf.Engine.Metrics;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Rows;

/// <summary><c>/rows</c>: the messages behind a figure, page by page.</summary>
public sealed partial class RowsPage
{
    const int PageRows = 50;

    IReadOnlyList<ShownRow> _rows = [];
    IReadOnlyList<string?> _keys = [];
    string? _next;

    [Inject]
    FactDesk Desk { get; set; } = null!; // Set before anything is shown.

    protected override void Load()
    {
        if (Ask.Query.Metrics.Count != 1) throw new Mistake("invalid", "metrics: name the one figure whose rows are wanted.");
        _keys = Ask.Asked.Keys("key");
        var found = Ask.View.RowsBehind(Ask.Query, _keys, PageRows, PageToken.Read("after", After), Ask.Cancellation);
        _rows = RowText.Show(Ask.View, Desk, found.Rows);
        _next = found.HasMore ? PageToken.After(found.Rows[^1]) : null;
    }

    string Metric => Ask.Query.Metrics[0];

    string? After => Ask.Asked.Text("after");

    string Heading => Shown.MetricName(Metric);

    string Lead => string.Join(" · ", new[]
    {
        string.Join(", ", _keys.Select(key => key ?? "none")), Shown.Range(Ask.Query), Shown.ClockOf(Ask.Query),
        "by " + Definitions.DatingOf(MetricRegistry.Find(Metric)!),
    }.Where(part => part.Length > 0));

    string FirstUrl => ScreenAsk.Rows(Ask.Query, Metric, _keys);

    string NextUrl => $"{FirstUrl}&after={_next}";

    string CsvUrl => "/api/v1" + FirstUrl + "&format=csv";
}

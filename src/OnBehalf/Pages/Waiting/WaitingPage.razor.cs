using Microsoft.AspNetCore.Components;
using NodaTime;
using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Waiting;

/// <summary><c>/waiting</c>: everything open at the instant of the question, whenever it began.</summary>
public sealed partial class WaitingPage
{
    const int PageRows = 50;

    MetricQuery _query = null!; // Made before anything is shown.
    IReadOnlyList<long> _ages = [];
    IReadOnlyList<ShownRow> _rows = [];
    long _all;
    string? _next;

    [Inject]
    FactDesk Desk { get; set; } = null!; // Set before anything is shown.

    protected override void Load()
    {
        var at = Ask.Query.AsOf;
        _query = Ask.For(["backlog"]) with { To = at, From = at - Duration.FromDays(1) };
        var figure = Ask.Answer(_query).Result.Totals[0];
        _ages = figure.Ages ?? [];
        _all = (long)(figure.Value ?? 0);
        var found = Ask.View.RowsBehind(_query, [], PageRows, PageToken.Read("after", Ask.Asked.Text("after")), Ask.Cancellation);
        _rows = RowText.Show(Ask.View, Desk, found.Rows);
        _next = found.HasMore ? PageToken.After(found.Rows[^1]) : null;
    }

    string Lead => $"{Shown.Count(_all)} waits are open at {Shown.Time(Ask.Query.AsOf, Ask.Zone)}, the oldest first.";

    string CsvUrl => "/api/v1" + ScreenAsk.Rows(_query, "backlog") + "&format=csv";

    double AgeOf(ShownRow row)
    {
        var age = Ask.View.ClocksOf(row.Row.Mailbox).Measure(row.Finding.At, Ask.Query.AsOf.ToUnixTimeSeconds(), default);
        return Ask.Query.Clock == Clock.Calendar ? age.Calendar : age.Mailbox;
    }

    (string Text, string Tone) StateOf(ShownRow row)
    {
        if (row.Finding.Wait is not { Due: > 0 } wait) return ("", "");
        var now = Ask.Query.AsOf.ToUnixTimeSeconds();
        return now >= wait.Due ? ($"breached {Shown.Duration(now - wait.Due)} ago", "bad")
            : now >= wait.AtRisk ? ($"due in {Shown.Duration(wait.Due - now)}", "warn")
            : ($"due {Shown.Time(wait.Due, Ask.Zone)}", "");
    }
}

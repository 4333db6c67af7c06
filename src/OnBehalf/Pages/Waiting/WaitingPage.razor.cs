using NodaTime;
using OnBehalf.Answers;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Waiting;

/// <summary><c>/waiting</c>: seen from the question's instant, whatever the range.</summary>
public sealed partial class WaitingPage
{
    const int RowsShown = 50;

    static readonly (string Label, string? State, string? Tone)[] States =
    [
        ("Breached", "Breached", "worse"), ("At risk", "AtRisk", "risk"), ("In time", "Pending", null), ("Nothing promised", null, null),
    ];

    Answer _byState = null!; // Asked before anything is shown.
    MetricQuery _query = null!;
    IReadOnlyList<ShownRow> _rows = [];
    string? _next;
    readonly Dictionary<(AddressId, long), string> _lastAgents = [];

    protected override void Load()
    {
        var at = Ask.Query.AsOf;
        _query = Ask.For(["backlog"]) with { From = at - Duration.FromSeconds(1), To = at };
        // The counts are over every state, whichever is listed.
        var everything = ScreenAsk.Without(_query.Filter, "sla_state");
        _byState = Ask.Answer(_query with { Filter = everything, Dimensions = ["sla_state"] });
        var rows = Ask.View.RowsBehind(_query, [], RowsShown, PageToken.Read("after", Ask.Asked.Text("after")), Ask.Cancellation);
        _rows = RowText.Show(Ask.View, Desk, rows.Rows, Ask.Cancellation);
        _next = rows.HasMore ? PageToken.After(rows.Rows[^1]) : null;
        foreach (var mailbox in _rows.GroupBy(row => row.Row.Mailbox))
            FindAgents(mailbox.Key, mailbox.Select(row => row.Finding.Conversation).ToHashSet(), at.ToUnixTimeSeconds());
    }

    void FindAgents(AddressId mailbox, HashSet<long> conversations, long at)
    {
        foreach (var finding in Ask.View.FindingsIn(mailbox, conversations))
            if (finding.Direction == Direction.Outbound && !finding.Agent.IsNone && finding.At <= at)
                _lastAgents[(mailbox, finding.Conversation)] = Ask.View.NameOf(Ask.View.Address(finding.Agent));
    }

    string Lead => $"What is open on {Shown.Time(Ask.Query.AsOf, Ask.Zone)}, whenever it began.";

    string LastAgent(ShownRow row) => _lastAgents.GetValueOrDefault((row.Row.Mailbox, row.Finding.Conversation), Shown.Nothing);

    string Requester(ShownRow row) =>
        Ask.View.Address(row.Finding.Requester) is { Length: > 0 } requester ? requester : "nobody known";

    static string Subject(ShownRow row) => string.IsNullOrWhiteSpace(row.Fact.Subject) ? "(no subject)" : row.Fact.Subject;

    static string Label(string state) => States.FirstOrDefault(s => (s.State ?? QueryText.None) == state).Label ?? state;

    long Age(ShownRow row) => Ask.Query.Clock == Clock.Calendar
        ? Ask.Query.AsOf.ToUnixTimeSeconds() - row.Row.At
        : Ask.View.ClocksOf(row.Row.Mailbox).Mailbox.Between(row.Row.At, Ask.Query.AsOf.ToUnixTimeSeconds());

    string State(ShownRow row) => (row.Finding.Wait, Ask.Query.AsOf.ToUnixTimeSeconds()) switch
    {
        ({ Due: > 0 } wait, var at) when at > wait.Due => "Breached",
        ({ Due: > 0 } wait, var at) when at >= wait.AtRisk => "At risk",
        ({ Due: > 0 }, _) => "In time",
        _ => "None",
    };

    string Tone(ShownRow row) => State(row) switch { "Breached" => "bad", "At risk" => "warn", "In time" => "good", _ => "" };
}

using OnBehalf.Answers;
using OnBehalf.Engine.Queries;

namespace OnBehalf.Pages.Mailboxes;

/// <summary><c>/mailboxes</c>.</summary>
public sealed partial class MailboxesPage
{
    static readonly string[] Metrics =
    [
        "received", "sent", "answered_rate", "still_waiting", "oldest_wait", "first_response_time", "sla_attainment", "coverage",
    ];

    // A column: its metric, the metric's place in the question, and whether it shows nine tenths.
    static readonly (string Metric, int Place, bool IsP90)[] Cells =
    [
        ("received", 0, false), ("sent", 1, false), ("answered_rate", 2, false), ("still_waiting", 3, false),
        ("oldest_wait", 4, false), ("first_response_time", 5, false), ("first_response_time", 5, true),
        ("sla_attainment", 6, false), ("coverage", 7, false),
    ];

    Answer _answer = null!; // Asked before anything is shown.

    protected override void Load() => _answer = Ask.Answer(Ask.For(Metrics, "mailbox"));

    static string Text(IReadOnlyList<Figure> figures, int cell)
    {
        var (metric, place, isP90) = Cells[cell];
        return Shown.Value(metric, isP90 ? figures[place].Distribution?.P90 : figures[place].Value);
    }
}

using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Queries;
using OnBehalf.Engine.Waits;
using OnBehalf.Workers;

namespace OnBehalf.Pages.Conversations;

/// <summary><c>/conversations/c1234</c>.</summary>
public sealed partial class ConversationPage
{
    /// <summary>Open periods of one wait that are drawn: a year of working days.</summary>
    const int PeriodsShown = 400;

    /// <summary>A wait, ready to be drawn.</summary>
    sealed record ShownWait(
        bool IsFirst, int Opener, int Answer, long From, long To, string Ending, IReadOnlyList<(long Start, long End)> Periods,
        long Counted, string Promise, string Tone);

    Walk _walk = null!; // Found before anything is shown.
    AddressId _mailbox;
    Dictionary<AddressId, string> _names = [];
    IReadOnlyList<ShownWait> _waits = [];

    protected override void Load()
    {
        if (!(Ask.Name is ['c', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)))
            throw new Mistake("not_found", "A conversation is named c and its number.");
        _walk = Desk.Read(store =>
        {
            var found = store.Facts.FindFact(number) ?? throw new Mistake("not_found", $"There is no conversation {Ask.Name}.");
            _mailbox = found.Mailbox;
            var rules = Ask.View.Rules;
            var walk = OneConversation.Of(Ask.View, store, found.Mailbox, number, Ask.Cancellation);
            _names = walk.Messages.SelectMany(Named).Append(found.Mailbox).Distinct().Where(id => !id.IsNone)
                .ToDictionary(id => id, rules.NameOf);
            return walk;
        }, Ask.Cancellation);
        var clocks = Ask.View.ClocksOf(_mailbox);
        _waits = [.. _walk.Waits.Select(wait => Show(wait, clocks))];
    }

    ShownWait Show(MeasuredWait measured, WaitClocks clocks)
    {
        var wait = measured.Wait;
        var now = Ask.Query.AsOf.ToUnixTimeSeconds();
        var to = Math.Max(measured.OpenedAt, wait.EndedAt ?? now);
        var isCalendar = Ask.Query.Clock == Clock.Calendar || clocks.Mailbox.IsCalendar;
        List<(long, long)> periods = isCalendar
            ? [(measured.OpenedAt, to)]
            : [.. clocks.Mailbox.Periods(measured.OpenedAt, to).Take(PeriodsShown)];
        var counted = isCalendar ? to - measured.OpenedAt : clocks.Mailbox.Between(measured.OpenedAt, to);
        var due = measured.Promise.Due;
        var (promise, tone) = due == 0 ? ("none", "")
            : to > due ? ("breached", "bad")
            : wait.EndedAt is null ? ("in time", "warn") : ("met", "good");
        var ending = wait.End switch { WaitEnd.Closed => "closed without a reply", WaitEnd.Open => "still waiting", _ => "" };
        return new(wait.IsFirst, wait.Opener, wait.Answer, measured.OpenedAt, to, ending, periods, counted, promise, tone);
    }

    static IEnumerable<AddressId> Named(AttributedMessage message) =>
    [
        message.Fact.From, message.Fact.Sender, message.Author, .. message.Fact.To, .. message.Fact.Cc,
        .. message.Attribution?.Pieces.Select(piece => piece.Agent) ?? [],
    ];

    string Subject => _walk.Messages[0].Fact.Subject is { Length: > 0 } subject ? subject : "(no subject)";

    string Lead => $"{Ask.Name} in {Name(_mailbox)}: {Shown.Count(_walk.Messages.Count, "message")}, "
        + $"{Shown.Count(_walk.Waits.Count, "wait")}. "
        + $"{Shown.Sentence(Shown.ClockOf(Ask.Query))}, {Ask.Zone.Id}.";

    string Name(AddressId id) => id.IsNone ? Shown.Nothing : _names.GetValueOrDefault(id, Ask.View.Address(id));

    string Who(AttributedMessage message) =>
        message.Direction == Direction.Inbound ? Name(message.Author.IsNone ? message.Fact.From : message.Author)
        : !message.Author.IsNone ? Name(message.Author)
        : "Nobody known";

    string Route(AttributedMessage message)
    {
        var to = string.Join(", ", message.Fact.To.Take(5).Select(Name));
        var sender = message.Fact.Sender.IsNone || message.Fact.Sender == message.Fact.From ? "" : $", sent by {Name(message.Fact.Sender)}";
        return $"from {Name(message.Fact.From)}{sender} to {(to.Length == 0 ? "nobody named" : to)}"
            + (message.Fact.Cc.Count > 0 ? $", copy to {string.Join(", ", message.Fact.Cc.Take(5).Select(Name))}" : "");
    }

    string Known(Attribution attribution) => attribution.Match(
        known => $"Known: {Name(known.Agent)}. {Words.Evidence(known.Evidence.ToString())}",
        _ => "Ambiguous: the strongest evidence names several people",
        unknown => $"Not known. {Words.Reason(unknown.Reason.ToString())}");

    int Counted(Finding finding) => finding.Response is not { } response ? 0 : Ask.Query.Clock switch
    {
        Clock.Mailbox => response.Waited.Mailbox,
        Clock.Agent => response.Waited.Agent,
        _ => response.Waited.Calendar,
    };
}

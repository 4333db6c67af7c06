using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Segments;

namespace OnBehalf.Engine.Queries;

/// <summary>Something by which figures are told apart, or rows chosen.</summary>
/// <param name="Name">What it is called in queries.</param>
/// <param name="Definition">One sentence for whoever reads a table.</param>
public sealed record Dimension(string Name, string Definition)
{
    /// <summary>The number of "none".</summary>
    internal const int None = -1;

    /// <summary>The unit of a dimension of time; null for all others.</summary>
    internal TimeUnit? Time { get; init; }

    /// <summary>A row's value as a number; never asked of a dimension of time.</summary>
    internal Func<Cursor, Words, int> Code { get; init; } = (_, _) => None;

    /// <summary>The text of a number; null: none.</summary>
    internal Func<int, Words, string?> Text { get; init; } = (_, _) => null;

    /// <summary>What stands between the parts of a value, any of which meets a filter; null: values have no parts.</summary>
    internal string? Separator { get; init; }

    /// <summary>Whether it is the same for every message of a mailbox.</summary>
    internal bool IsOfMailbox { get; init; }

    /// <summary>Whether it can be told of a message before its author is known; coverage keeps to these.</summary>
    internal bool IsOfEveryMessage { get; init; } = true;
}

/// <summary>Every dimension there is: the one place to add more.</summary>
public static class DimensionRegistry
{
    /// <summary>Every dimension.</summary>
    public static IReadOnlyList<Dimension> All { get; } =
    [
        Address("mailbox", "The shared mailbox.", r => r.Segment.Mailbox) with { IsOfMailbox = true },
        Address("agent", "Who wrote the message; for one that came in, who answered it.", r => r.Agent) with
        {
            IsOfEveryMessage = false,
        },
        new("team", "The team of whoever wrote or answered the message, by the settings.")
        {
            Code = (r, words) => words.TeamOf(r.Agent),
            Text = (code, words) => words.Team(code),
            IsOfEveryMessage = false,
        },
        Address("requester", "The outside party.", r => r.Requester),
        new("requester_domain", "The domain of the outside party's address.")
        {
            Code = (r, words) => words.DomainOf(r.Requester),
            Text = (code, words) => words.Domain(code),
        },
        Choice<Direction>("direction", "Inbound or Outbound.", r => (int)r.Direction),
        Choice<Kind>("kind", "The nature of the message.", r => (int)r.Kind),
        new("category", "The message's categories; for a reply, those of what it answered. A filter may name one of several.")
        {
            Code = (r, words) => words.CategoryOf(r.Category),
            Text = (code, words) => words.Category(code),
            Separator = Finding.CategorySeparator,
        },
        Choice<Importance>("importance", "The importance that the message states.", r => (int)r.Importance),
        Choice<Evidence>("evidence", "How the author is known.", r => (int)r.Evidence, none: (int)Evidence.None) with
        {
            IsOfEveryMessage = false,
        },
        Choice<UnattributedReason>("reason", "Why the author is not known.", r => (int)r.Reason, none: (int)UnattributedReason.None) with
        {
            IsOfEveryMessage = false,
        },
        new("attribution", "What is known of an outbound human message's author.")
        {
            Code = (r, _) => r.IsOutboundHuman ? (int)r.Author : None,
            Text = (code, _) => code == None ? null : ((AuthorState)code).ToString(),
            IsOfEveryMessage = false,
        },
        new("response", "Whether the wait is the first of its cycle, first or next.")
        {
            Code = (r, _) => !r.Has(Marks.OpenedWait | Marks.AnsweredWait) ? None : r.Has(Marks.First) ? 0 : 1,
            Text = (code, _) => code switch { 0 => "first", 1 => "next", _ => null },
            IsOfEveryMessage = false,
        },
        new("sla_policy", "The number of the SLA policy that applied to the wait.")
        {
            Code = (r, _) => r.Policy is > 0 and var policy ? policy : None,
            Text = (code, _) => code == None ? null : code.ToString(null, null),
            IsOfEveryMessage = false,
        },
        new("sla_state", "What had become of the promise, on the message that opened the wait.")
        {
            Code = (r, _) => r.IsWait && r.Sla is { } state ? (int)state : None,
            Text = (code, _) => code == None ? null : ((SlaState)code).ToString(),
            IsOfEveryMessage = false,
        },
        new("internal", "internal when every participant is on an internal domain, else external.")
        {
            Code = (r, _) => r.Has(Marks.Internal) ? 1 : 0,
            Text = (code, _) => code == 1 ? "internal" : "external",
        },
        new("hour", "The hour of the wall clock.") { Time = TimeUnit.Hour },
        new("day", "The local day.") { Time = TimeUnit.Day },
        new("week", "The week from Monday, by its first day.") { Time = TimeUnit.Week },
        new("month", "The month.") { Time = TimeUnit.Month },
        new("quarter", "The quarter.") { Time = TimeUnit.Quarter },
        new("year", "The year.") { Time = TimeUnit.Year },
        new("weekday", "Monday to Sunday.") { Time = TimeUnit.Weekday },
        new("hour_of_week", "The weekday and hour of the wall clock.") { Time = TimeUnit.HourOfWeek },
    ];

    const int None = Dimension.None;

    static readonly Dictionary<string, Dimension> ByName = All.ToDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>The dimension of a name; null when there is none.</summary>
    public static Dimension? Find(string name) => ByName.GetValueOrDefault(name);

    static Dimension Address(string name, string definition, Func<Cursor, AddressId> address) => new(name, definition)
    {
        Code = (r, _) => address(r) is { IsNone: false } known ? known.Value : None,
        Text = (code, words) => code == None ? null : words.Address(code),
    };

    static Dimension Choice<T>(string name, string definition, Func<Cursor, int> choice, int none = None)
        where T : struct, Enum => new(name, definition)
    {
        Code = (r, _) => choice(r) is var code && code == none ? None : code,
        Text = (code, _) => code == None ? null : Enum.ToObject(typeof(T), code).ToString(),
    };
}

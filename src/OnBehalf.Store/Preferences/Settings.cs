using System.Text.Json.Serialization;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Store.Preferences;

/// <summary>
/// Everything an administrator decides, as one document. Names are those of the JSON file, in camel case; what is left
/// out has the default shown here.
/// </summary>
/// <remarks>
/// What has a default is settable rather than init-only: the source generator of System.Text.Json would set an
/// init-only property that the document leaves out to null or zero.
/// </remarks>
public sealed record Settings
{
    /// <summary>The form of the document; this program knows 1.</summary>
    public int Form { get; set; } = 1;

    /// <summary>The tracked mailboxes.</summary>
    public IReadOnlyList<MailboxSettings> Mailboxes { get; set; } = [];

    /// <summary>The company's hours, by date of validity; empty: calendar time.</summary>
    public IReadOnlyList<ScheduleSettings> CompanySchedule { get; set; } = [];

    /// <summary>Agents by name.</summary>
    public IReadOnlyList<AgentSettings> Agents { get; set; } = [];

    /// <summary>Teams of agents, for figures by team; who is in none has none.</summary>
    public IReadOnlyList<TeamSettings> Teams { get; set; } = [];

    /// <summary>
    /// Regular expressions, without regard to case: whoever's address matches is an agent, unless it is a tracked
    /// mailbox or a service. Look-around and back-references are refused.
    /// </summary>
    public IReadOnlyList<string> AgentPatterns { get; set; } = [];

    /// <summary>Internal domains besides those of the tracked mailboxes, which are internal always.</summary>
    public IReadOnlyList<string> InternalDomains { get; set; } = [];

    /// <summary>Whose mail, and which, takes no part in waits.</summary>
    public ExclusionSettings Exclusions { get; set; } = new();

    /// <summary>Promised waits; a policy's number is its place here, from 1.</summary>
    public IReadOnlyList<SlaSettings> SlaPolicies { get; set; } = [];

    /// <summary>What closes a cycle besides silence.</summary>
    public ClosingSettings Closing { get; set; } = new();

    /// <summary>What exempts an inbound message from waiting.</summary>
    public NoReplySettings NoReplyNeeded { get; set; } = new();

    /// <summary>Hours for which a missing audit record counts as pending.</summary>
    public int AuditGraceHours { get; set; } = 24;

    /// <summary>The same with a policy set; one of that name keeps its place, and so its number.</summary>
    public Settings With(SlaSettings policy) => this with
    {
        SlaPolicies = SlaPolicies.Any(p => p.Name == policy.Name)
            ? [.. SlaPolicies.Select(p => p.Name == policy.Name ? policy : p)]
            : [.. SlaPolicies, policy],
    };

    /// <summary>The same with a team set, by its name.</summary>
    public Settings With(TeamSettings team) => this with
    {
        Teams = Teams.Any(t => t.Name == team.Name)
            ? [.. Teams.Select(t => t.Name == team.Name ? team : t)]
            : [.. Teams, team],
    };

    /// <summary>The settings of a mailbox by its address, else those that every mailbox begins with.</summary>
    public MailboxSettings MailboxOf(string address) =>
        Mailboxes.FirstOrDefault(m => m.Address.Equals(address.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? new() { Address = address.Trim().ToLowerInvariant() };
}

/// <summary>A tracked mailbox.</summary>
public sealed record MailboxSettings
{
    /// <summary>The primary address.</summary>
    public required string Address { get; init; }

    /// <summary>Its other addresses.</summary>
    public IReadOnlyList<string> Aliases { get; set; } = [];

    /// <summary>Headers that carried the real author in the file imports so far.</summary>
    public IReadOnlyList<string> AuthorHeaders { get; set; } = [];

    /// <summary>Silence that ends a cycle: calendar days, or "never".</summary>
    public Silence SilenceDays { get; set; } = new(5);

    /// <summary>From which inbound message of several the clock runs.</summary>
    public ClockStart ClockStart { get; init; }

    /// <summary>Whose hours apply.</summary>
    public HoursOf Hours { get; init; }

    /// <summary>The mailbox's own hours, for <see cref="HoursOf.Custom"/>, by date of validity.</summary>
    public IReadOnlyList<ScheduleSettings> Schedule { get; set; } = [];

    /// <summary>Whether audit is connected; left out: it is once audit records were imported.</summary>
    public bool? AuditConnected { get; init; }

    /// <summary>Why audit cannot see this mailbox's senders: auditBypassed or crossGeo; else none.</summary>
    public UnattributedReason AuditBlindness { get; init; }
}

/// <summary>Days of silence that end a cycle; null: never.</summary>
[JsonConverter(typeof(SilenceConverter))]
public readonly record struct Silence(int? Days);

/// <summary>Whose hours apply to a mailbox.</summary>
public enum HoursOf
{
    /// <summary>The company's.</summary>
    Company,
    /// <summary>Its own.</summary>
    Custom,
    /// <summary>None: calendar time.</summary>
    Ignored,
}

/// <summary>Hours as people write them.</summary>
public sealed record ScheduleSettings
{
    /// <summary>IANA time zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Such as <c>Mon-Fri 09:00-12:00, 13:00-17:00</c>.</summary>
    public required string Week { get; init; }

    /// <summary>Such as <c>2026-12-25 Christmas</c>, or <c>2026-12-24 09:00-12:00</c> for other hours.</summary>
    public IReadOnlyList<string> Holidays { get; set; } = [];

    /// <summary>The first date it applies to, such as <c>2026-01-01</c>; left out: always.</summary>
    public string? ValidFrom { get; init; }
}

/// <summary>An agent.</summary>
public sealed record AgentSettings
{
    /// <summary>What reports call the agent; left out: the first address.</summary>
    public string? Name { get; init; }

    /// <summary>Every address, UPN and X500 name of the agent; the first is the identity.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>The agent's own hours, by date of validity; empty: the mailbox's.</summary>
    public IReadOnlyList<ScheduleSettings> Schedule { get; set; } = [];
}

/// <summary>A team. It moves no figure of a message, so history is not computed anew when it changes.</summary>
public sealed record TeamSettings
{
    /// <summary>What people call it; two teams have two names.</summary>
    public required string Name { get; init; }

    /// <summary>Any address of each agent in it; an agent is in one team at most.</summary>
    public required IReadOnlyList<string> Agents { get; init; }
}

/// <summary>What takes no part in waits.</summary>
public sealed record ExclusionSettings
{
    /// <summary>Addresses.</summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>Domains.</summary>
    public IReadOnlyList<string> Domains { get; set; } = [];

    /// <summary>Words in a subject, without regard to case.</summary>
    public IReadOnlyList<string> SubjectWords { get; set; } = [];
}

/// <summary>A promised wait on the mailbox clock.</summary>
public sealed record SlaSettings
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Minutes for a first response; left out: no target.</summary>
    public int? FirstMinutes { get; init; }

    /// <summary>Minutes for a next response; left out: no target.</summary>
    public int? NextMinutes { get; init; }

    /// <summary>The mailboxes it applies to; empty: all.</summary>
    public IReadOnlyList<string> Mailboxes { get; set; } = [];

    /// <summary>Applies to requesters of this domain; left out: to all.</summary>
    public string? SenderDomain { get; init; }

    /// <summary>Applies to messages of this category; left out: to all.</summary>
    public string? Category { get; init; }

    /// <summary>Applies to this importance; left out: to all.</summary>
    public Importance? Importance { get; init; }
}

/// <summary>What closes a cycle besides silence.</summary>
public sealed record ClosingSettings
{
    /// <summary>A follow-up flag set to complete.</summary>
    public bool FlagComplete { get; set; } = true;

    /// <summary>Categories, without regard to case.</summary>
    public IReadOnlyList<string> Categories { get; set; } = [];

    /// <summary>
    /// Folders of the mailbox by name, or by path from the top with <c>/</c> between names, without regard to case.
    /// </summary>
    public IReadOnlyList<string> Folders { get; set; } = [];
}

/// <summary>What exempts an inbound message from waiting.</summary>
public sealed record NoReplySettings
{
    /// <summary>The mailbox is only in Cc.</summary>
    public bool CarbonCopyOnly { get; init; }

    /// <summary>A short message that follows a reply.</summary>
    public bool ShortThanks { get; init; }
}

using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Waits;

/// <summary>The three clocks of a mailbox: calendar, the mailbox's hours, and the hours of each agent.</summary>
public sealed class WaitClocks
{
    readonly Dictionary<AddressId, OpenTime> _agents = [];

    /// <summary>The clocks of a mailbox by its rules.</summary>
    public WaitClocks(MailboxRules rules)
    {
        Mailbox = new(rules.Hours);
        // Agents who share their hours share the clock, and with it what it has worked out.
        var shared = new Dictionary<IReadOnlyList<Schedule>, OpenTime>(ReferenceEqualityComparer.Instance);
        foreach (var (agent, hours) in rules.AgentHours)
        {
            if (!shared.TryGetValue(hours, out var clock)) shared.Add(hours, clock = new(hours));
            _agents.Add(agent, clock);
        }
    }

    /// <summary>The mailbox's clock, by which SLA targets run.</summary>
    public OpenTime Mailbox { get; }

    /// <summary>The agent's own clock, else the mailbox's; also the mailbox's when no agent is known.</summary>
    public OpenTime Of(AddressId agent) => _agents.GetValueOrDefault(agent, Mailbox);

    /// <summary>How long <c>[from, to)</c> is by each clock; instants in seconds since 1970 UTC.</summary>
    public Clocks Measure(long from, long to, AddressId agent) => new(
        (int)OpenTime.Always.Between(from, to), (int)Mailbox.Between(from, to), (int)Of(agent).Between(from, to));
}

using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Waits;

/// <summary>The three clocks of a mailbox: calendar, the mailbox's hours, and the hours of each agent.</summary>
public sealed class WaitClocks
{
    readonly IReadOnlyDictionary<AddressId, OpenTime> _agents;

    /// <summary>The clocks of a mailbox by its rules.</summary>
    public WaitClocks(MailboxRules rules) : this(new(rules.Hours), ClocksOf(rules.AgentHours))
    {
    }

    /// <summary>The clocks of a mailbox whose hours were worked out already.</summary>
    /// <param name="mailbox">The mailbox's clock.</param>
    /// <param name="agents">Those of agents with hours of their own; see <see cref="ClocksOf"/>.</param>
    public WaitClocks(OpenTime mailbox, IReadOnlyDictionary<AddressId, OpenTime> agents) => (Mailbox, _agents) = (mailbox, agents);

    /// <summary>The clocks of agents. Those who share their hours share the clock, and with it what it has worked out.</summary>
    public static IReadOnlyDictionary<AddressId, OpenTime> ClocksOf(
        IReadOnlyDictionary<AddressId, IReadOnlyList<Schedule>> agentHours)
    {
        var shared = new Dictionary<IReadOnlyList<Schedule>, OpenTime>(ReferenceEqualityComparer.Instance);
        var clocks = new Dictionary<AddressId, OpenTime>();
        foreach (var (agent, hours) in agentHours)
        {
            if (!shared.TryGetValue(hours, out var clock)) shared.Add(hours, clock = new(hours));
            clocks.Add(agent, clock);
        }
        return clocks;
    }

    /// <summary>The mailbox's clock, by which SLA targets run.</summary>
    public OpenTime Mailbox { get; }

    /// <summary>The agent's own clock, else the mailbox's; also the mailbox's when no agent is known.</summary>
    public OpenTime Of(AddressId agent) => _agents.TryGetValue(agent, out var own) ? own : Mailbox;

    /// <summary>How long <c>[from, to)</c> is by each clock; instants in seconds since 1970 UTC.</summary>
    public Clocks Measure(long from, long to, AddressId agent) => new(
        (int)OpenTime.Always.Between(from, to), (int)Mailbox.Between(from, to), (int)Of(agent).Between(from, to));
}

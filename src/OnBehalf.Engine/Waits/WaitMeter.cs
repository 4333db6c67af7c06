using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Responses;

namespace OnBehalf.Engine.Waits;

/// <summary>A wait with its lengths and its promise.</summary>
/// <param name="Cycle">Its cycle.</param>
/// <param name="Wait">The wait.</param>
/// <param name="OpenedAt">Seconds since 1970 UTC.</param>
/// <param name="Waited">How long, by each clock; zero while it is open.</param>
/// <param name="Promise">The SLA that applied, or none.</param>
public readonly record struct MeasuredWait(Cycle Cycle, Wait Wait, long OpenedAt, Clocks Waited, Promise Promise);

/// <summary>Measures the waits of a conversation by the three clocks.</summary>
/// <param name="clocks">The mailbox's clocks.</param>
/// <param name="sla">The mailbox's promises.</param>
/// <param name="addresses">Every address met.</param>
public sealed class WaitMeter(WaitClocks clocks, Sla sla, Addresses addresses)
{
    /// <summary>Every wait, in order of the cycles and their waits.</summary>
    public MeasuredWait[] Measure(AttributedMessage[] messages, ConversationResponses responses)
    {
        var (waits, count) = (new MeasuredWait[CountOf(responses.Cycles)], 0);
        foreach (var cycle in responses.Cycles)
        {
            if (cycle.ClosedAt is not null && cycle.Replies.Count > 0)
            {
                var last = messages[cycle.Replies[^1]];
                cycle.Resolution = clocks.Measure(messages[cycle.Start].At, last.At, last.Author);
            }
            foreach (var wait in cycle.Waits)
            {
                var opener = messages[wait.Opener];
                var agent = wait.Answer >= 0 ? messages[wait.Answer].Author : AddressId.None;
                var waited = wait.EndedAt is { } ended ? clocks.Measure(opener.At, ended, agent) : default;
                cycle.CustomerWait += waited;
                waits[count++] = new(cycle, wait, opener.At, waited, PromiseOf(opener, wait));
            }
        }
        return waits;
    }

    static int CountOf(IReadOnlyList<Cycle> cycles)
    {
        var count = 0;
        foreach (var cycle in cycles) count += cycle.Waits.Count;
        return count;
    }

    Promise PromiseOf(in AttributedMessage opener, Wait wait)
    {
        if (sla.IsEmpty) return Promise.None;
        var policy = sla.PolicyFor(
            addresses.DomainOf(opener.Author), opener.Fact.Categories, opener.Fact.Importance);
        return Sla.PromiseOf(policy, wait.IsFirst, opener.At, clocks.Mailbox);
    }
}

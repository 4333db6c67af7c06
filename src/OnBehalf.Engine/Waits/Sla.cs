using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Engine.Waits;

/// <summary>What was promised for a wait.</summary>
/// <param name="Policy">Number of the policy that applied, from 1; 0 when none did.</param>
/// <param name="Target">Seconds of the mailbox clock; 0 without a promise.</param>
/// <param name="Due">
/// When the open time since the wait's start reaches the target, seconds since 1970 UTC; 0 without a promise.
/// </param>
/// <param name="AtRisk">From when on less than a fifth of the target is left; 0 without a promise.</param>
public readonly record struct Promise(int Policy, int Target, long Due, long AtRisk)
{
    /// <summary>No promise.</summary>
    public static readonly Promise None;
}

/// <summary>The SLA policies of a mailbox.</summary>
/// <remarks>
/// The most specific policy that applies wins: a category says more than a sender domain, that more than an importance,
/// that more than a mailbox, that more than nothing. A policy with several of them stands above one with fewer of the same
/// (category and domain above category), and a category alone above all the others together. Between equals the lower
/// number wins.
/// The winner decides alone: if it has no target for this kind of response, nothing is promised.
/// </remarks>
public sealed class Sla(IReadOnlyList<SlaPolicy> policies)
{
    readonly SlaPolicy[] _bySpecificity =
        [.. policies.OrderByDescending(SpecificityOf).ThenBy(policy => policy.Number)];

    /// <summary>Whether there is no policy at all.</summary>
    public bool IsEmpty => _bySpecificity.Length == 0;

    /// <summary>The policy that applies to a message, else null. Texts are compared without regard to case.</summary>
    /// <param name="senderDomain">Domain of the requester's address, without the at-sign.</param>
    /// <param name="categories">The message's categories.</param>
    /// <param name="importance">The message's importance.</param>
    public SlaPolicy? PolicyFor(string senderDomain, IReadOnlyList<string> categories, Importance importance)
    {
        foreach (var policy in _bySpecificity)
            if (Applies(policy, senderDomain, categories, importance)) return policy;
        return null;
    }

    /// <summary>
    /// What a policy promises for a wait that starts at an instant. A mailbox that will not be open long enough before
    /// the end of <see cref="OpenTime"/> promises nothing.
    /// </summary>
    /// <param name="policy">The policy that applies, if any.</param>
    /// <param name="isFirst">Whether the wait is the first of its cycle.</param>
    /// <param name="start">The wait's start, seconds since 1970 UTC.</param>
    /// <param name="mailbox">The mailbox's clock.</param>
    public static Promise PromiseOf(SlaPolicy? policy, bool isFirst, long start, OpenTime mailbox)
    {
        if ((isFirst ? policy?.FirstTarget : policy?.NextTarget) is not (> 0 and var target)) return Promise.None;
        // Less than a fifth is left once more than four fifths have passed: the first whole second after them.
        var atRisk = mailbox.DueAt(start, target * 4L / 5 + 1);
        return mailbox.DueAt(start, target) is { } due ? new(policy!.Number, target, due, atRisk ?? due) : Promise.None;
    }

    static bool Applies(SlaPolicy policy, string domain, IReadOnlyList<string> categories, Importance importance) =>
        (policy.Category is not { } category || categories.Contains(category, StringComparer.OrdinalIgnoreCase))
        && (policy.SenderDomain is not { } wanted || wanted.Equals(domain, StringComparison.OrdinalIgnoreCase))
        && (policy.Importance is not { } stated || stated == importance);

    static int SpecificityOf(SlaPolicy policy) =>
        (policy.Category is null ? 0 : 8) + (policy.SenderDomain is null ? 0 : 4) + (policy.Importance is null ? 0 : 2)
        + (policy.NamesMailbox ? 1 : 0);
}

using System.Diagnostics;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Attributions;

/// <summary>What the headers of one message say that matters for the check.</summary>
/// <param name="From">The address of From; empty where there is none.</param>
/// <param name="FromName">The name beside it, or empty.</param>
/// <param name="Sender">The address of Sender; empty where there is no such header.</param>
/// <param name="SenderName">The name beside it, or empty.</param>
/// <param name="List">The posting address of the list it came through, or empty.</param>
/// <param name="Signs">What else the headers say.</param>
public readonly record struct CheckedHeaders(
    string From, string FromName, string Sender, string SenderName, string List, Signs Signs);

/// <summary>
/// The quick check of permissions by one message that a shared mailbox sent: whether the message itself names the
/// person who wrote it, and what to change where it does not. It needs no connection to anything.
/// </summary>
/// <remarks>
/// "If a user has both Send As and Send on Behalf, Send As is always used" (Exchange Online documentation, "Manage
/// permissions for recipients"). Cmdlets: Set-Mailbox, Add- and Remove-RecipientPermission of the same documentation.
/// </remarks>
public abstract record MessageCheck
{
    MessageCheck(string what, string whatFollows) => (What, WhatFollows) = (what, whatFollows);

    /// <summary>What the message shows, in a sentence or two.</summary>
    public string What { get; }

    /// <summary>What that means for the figures, and what an administrator should type, if anything.</summary>
    public string WhatFollows { get; }

    /// <summary>"Agent on behalf of mailbox": Send on Behalf is in use, and the message names the agent.</summary>
    public sealed record OnBehalf(string Mailbox, string Agent, string What, string WhatFollows)
        : MessageCheck(What, WhatFollows);

    /// <summary>Only From is there: Send As, which does not show, or a person under their own name.</summary>
    public sealed record SendAsOrOwnName(string From, string What, string WhatFollows)
        : MessageCheck(What, WhatFollows);

    /// <summary>Sender is a list, a bounce address or a bot, and names nobody.</summary>
    public sealed record NotAPerson(string Sender, string What, string WhatFollows) : MessageCheck(What, WhatFollows);

    /// <summary>A machine wrote it: no person is to be found.</summary>
    public sealed record Automatic(string What, string WhatFollows) : MessageCheck(What, WhatFollows);

    /// <summary>There is no From, so nothing can be said.</summary>
    public sealed record NoFrom(string What, string WhatFollows) : MessageCheck(What, WhatFollows);

    /// <summary>The one place that tells the answers apart.</summary>
    public T Match<T>(
        Func<OnBehalf, T> onBehalf, Func<SendAsOrOwnName, T> sendAsOrOwnName, Func<NotAPerson, T> notAPerson,
        Func<Automatic, T> automatic, Func<NoFrom, T> noFrom) => this switch
        {
            OnBehalf one => onBehalf(one),
            SendAsOrOwnName one => sendAsOrOwnName(one),
            NotAPerson one => notAPerson(one),
            Automatic one => automatic(one),
            NoFrom one => noFrom(one),
            _ => throw new UnreachableException(),
        };
}

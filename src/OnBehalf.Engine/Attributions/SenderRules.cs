namespace OnBehalf.Engine.Attributions;

/// <summary>Tells people from the addresses that lists, mail systems and bots send with.</summary>
public static class SenderRules
{
    /// <summary>
    /// Whether an address can belong to a person. A list's bounce address in <c>Sender:</c> (Mailman, Sympa, ezmlm,
    /// VERP), a daemon, or a no-reply address never names an agent.
    /// </summary>
    public static bool CanBePerson(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0) return false; // S-1-5-18, an application's name, an empty text
        var local = address.AsSpan(0, at);
        foreach (var name in Names)
            if (local.SequenceEqual(name)) return false;
        foreach (var ending in Endings)
            if (local.EndsWith(ending, StringComparison.Ordinal)) return false;
        foreach (var beginning in Beginnings)
            if (local.StartsWith(beginning, StringComparison.Ordinal)) return false;
        return !local.Contains("-bounces+", StringComparison.Ordinal);
    }

    // Whole names only: people are called Talbot and Rootes, too.
    static readonly string[] Names = ["bot", "root", "nobody"];

    static readonly string[] Endings =
        ["-bounces", "-bounce", "-request", "-owner", "-admin", "-errors", "-return", "-bot", "_bot", ".bot", "noreply", "no-reply"];

    static readonly string[] Beginnings =
    [
        "bounce", "owner-", "noreply", "no-reply", "do-not-reply", "donotreply", "mailer-daemon", "postmaster",
        "microsoftexchange", "notifications", "listserv", "majordomo", "www-data",
    ];
}

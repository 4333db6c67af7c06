namespace OnBehalf.Store.Preferences;

/// <summary>
/// Names that are never a person: the system account, mail systems, lists' bounce addresses, bots. An agent listed by
/// name is an agent all the same; a pattern makes none of these one.
/// </summary>
static class ServiceNames
{
    // S-1-5-18 is the local system account ([MS-DTYP] 2.4.2.4); Exchange audits its own work under it.
    static readonly string[] Prefixes =
        ["s-1-5-18", "nt authority\\", "serviceprincipal_", "bounces+", "bounce-", "owner-"];

    static readonly string[] Names =
    [
        "mailer-daemon", "postmaster", "bounces", "bounce", "noreply", "no-reply", "no_reply", "donotreply",
        "do-not-reply", "bot", "listserv", "majordomo",
    ];

    // Mailman's addresses of a list (GNU Mailman, "list addresses"), and bots by custom.
    static readonly string[] Suffixes =
        ["-bounces", "-bounce", "-owner", "-request", "-bot", "[bot]", "-noreply", "-no-reply", "-admin-bounces"];

    /// <summary>Whether an address, in lower case, is a service's.</summary>
    public static bool Has(string address)
    {
        var at = address.LastIndexOf('@');
        var name = (at < 0 ? address : address[..at]).AsSpan();
        foreach (var prefix in Prefixes) if (name.StartsWith(prefix, StringComparison.Ordinal)) return true;
        if (at < 0) return false;
        if (name.IndexOf('+') is > 0 and var plus) name = name[..plus];
        foreach (var known in Names) if (name.SequenceEqual(known)) return true;
        foreach (var suffix in Suffixes) if (name.EndsWith(suffix, StringComparison.Ordinal)) return true;
        return false;
    }
}

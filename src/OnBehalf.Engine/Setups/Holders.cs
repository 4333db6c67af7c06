namespace OnBehalf.Engine.Setups;

/// <summary>The people who hold each right on a mailbox, groups expanded, in order of their names.</summary>
sealed class Holders(MailboxSetup mailbox)
{
    /// <summary>Names that a sentence of evidence spells out.</summary>
    const int Named = 5;

    readonly SortedSet<string> _fullAccess = PeopleOf(mailbox.FullAccess);
    readonly SortedSet<string> _sendAs = PeopleOf(mailbox.SendAs);
    readonly SortedSet<string> _onBehalf = PeopleOf(mailbox.OnBehalf);

    /// <summary>Everybody who may send as the mailbox, with or without the other right.</summary>
    public IReadOnlyCollection<string> SendAs => _sendAs;

    /// <summary>Everybody who may send for it.</summary>
    public IReadOnlyCollection<string> Senders => [.. _sendAs.Union(_onBehalf, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IReadOnlyCollection<string> Both => [.. _sendAs.Where(_onBehalf.Contains)];

    public IReadOnlyCollection<string> SendAsOnly => [.. _sendAs.Where(one => !_onBehalf.Contains(one))];

    public IReadOnlyCollection<string> OpenOnly =>
        [.. _fullAccess.Where(one => !_sendAs.Contains(one) && !_onBehalf.Contains(one))];

    public IReadOnlyCollection<string> SendOnly => [.. Senders.Where(one => !_fullAccess.Contains(one))];

    public bool AreNone => _fullAccess.Count + _sendAs.Count + _onBehalf.Count == 0;

    /// <summary>Names for a sentence.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? $" and {names.Count - Named} more" : "");

    /// <summary>Names, and what is said of one or of several.</summary>
    public static string List(IReadOnlyCollection<string> names, string one, string several) =>
        $"{List(names)}: {(names.Count == 1 ? one : several)}";

    static SortedSet<string> PeopleOf(IReadOnlyList<Trustee>? trustees) => new(
        (trustees ?? []).SelectMany(trustee => trustee.Kind switch
        {
            TrusteeKind.Person => [trustee.Name],
            TrusteeKind.Group => trustee.Members ?? [],
            _ => [],
        }), StringComparer.Ordinal);
}

namespace OnBehalf.Sources.Directories;

/// <summary>Somebody in the tenant's directory, with every address they were ever known by.</summary>
public sealed record Person
{
    /// <summary>The object id: it stays whatever the person is called.</summary>
    public required Guid Id { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Primary address first, then the UPN, further SMTP addresses and X500 names, in lower case; empty where the account
    /// has no address.
    /// </summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Department; empty when none is given.</summary>
    public string Department { get; init; } = "";

    /// <summary>The manager's display name; empty when there is none, or nobody asked.</summary>
    public string Manager { get; init; } = "";

    /// <summary>Whether the account may sign in: of a leaver it may not, and of most shared mailboxes neither.</summary>
    public bool IsEnabled { get; init; }
}

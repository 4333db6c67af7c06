namespace OnBehalf.Simulator.People;

/// <summary>Where an agent writes from.</summary>
enum Desk
{
    /// <summary>Own mailbox, with the shared address picked as From.</summary>
    OwnProfile,

    /// <summary>The shared mailbox opened as such.</summary>
    OpenedMailbox,

    /// <summary>Outlook mobile, with the shared mailbox added.</summary>
    Phone,
}

/// <summary>A person who answers from shared mailboxes.</summary>
sealed class Agent
{
    public required int Index { get; init; }
    public required ulong Seed { get; init; }
    public required string Name { get; init; }
    public required string Address { get; init; }
    public required string Region { get; init; }
    public required Roster Roster { get; init; }
    public required string Department { get; init; }

    /// <summary>The name and address before a wedding, and the second it took place; null for everybody else.</summary>
    public (string Name, string Address, int Until)? Former { get; init; }

    /// <summary>The second the agent left the company; the account is disabled from then on.</summary>
    public int LeftAt { get; init; } = int.MaxValue;

    /// <summary>An audit bypass: nothing this agent does is recorded.</summary>
    public bool IsBypassed { get; init; }

    public Guid ObjectId => Chance.GuidFrom(Chance.Mix(Seed, 11));
    public Guid MailboxGuid => Chance.GuidFrom(Chance.Mix(Seed, 12));

    /// <summary>The X500 name Exchange shows where it has no SMTP address to show.</summary>
    public string LegacyName => LegacyNames.For(Seed, Address);

    public string NameAt(int at) => Former is { } former && at < former.Until ? former.Name : Name;
    public string AddressAt(int at) => Former is { } former && at < former.Until ? former.Address : Address;
}

/// <summary>Exchange's own form of an address: /o=…/cn=recipients/cn=….</summary>
static class LegacyNames
{
    public static string For(ulong seed, string address) =>
        "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=" +
        $"{Chance.Mix(seed, 13):x16}{Chance.Mix(seed, 14):x16}-{address[..address.IndexOf('@')]}";
}

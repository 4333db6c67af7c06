using OnBehalf.Engine.Facts;

namespace OnBehalf.Engine.Rules;

/// <summary>What an address is to the mailbox. An address can be several things.</summary>
[Flags]
public enum Role : byte
{
    /// <summary>An outside party.</summary>
    None = 0,
    /// <summary>The mailbox's own address: primary or alias, plus-tags folded.</summary>
    Own = 1,
    /// <summary>An address of an agent.</summary>
    Agent = 2,
    /// <summary>On an internal domain.</summary>
    Internal = 4,
    /// <summary>Excluded by an administrator's rule.</summary>
    Excluded = 8,
    /// <summary>The system account or a service: never an agent.</summary>
    Service = 16,
}

/// <summary>Who is who: the role of every address, and which agent an address belongs to.</summary>
/// <param name="roles">By address number; addresses beyond the end are outside parties.</param>
/// <param name="agents">By address number: the agent's identity, which is their first address.</param>
public sealed class Roles(Role[] roles, AddressId[] agents)
{
    /// <summary>The role of an address.</summary>
    public Role this[AddressId id] => id.Value < roles.Length ? roles[id.Value] : Role.None;

    /// <summary>Whether the address has the role.</summary>
    public bool Has(AddressId id, Role role) => (this[id] & role) != 0;

    /// <summary>The agent whose address this is, else none.</summary>
    public AddressId AgentOf(AddressId id) => id.Value < agents.Length ? agents[id.Value] : AddressId.None;
}

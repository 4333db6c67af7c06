using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>A mailbox as the directory knows it: a shared one, or an agent's own.</summary>
abstract class Mailbox
{
    public required ulong Seed { get; init; }
    public required string Name { get; init; }
    public abstract string Address { get; }
    public abstract Guid ObjectId { get; }

    /// <summary>The guid Exchange gives the store; item ids contain it.</summary>
    public abstract Guid StoreId { get; }
}

/// <summary>A mailbox several agents answer from.</summary>
sealed class SharedMailbox : Mailbox
{
    public required int Index { get; init; }
    public required string LocalPart { get; init; }
    public required MailboxSetup Setup { get; init; }
    public required IReadOnlyList<Agent> Team { get; init; }

    public override string Address => field ??= $"{LocalPart}@{Company.Domain}";
    public override Guid ObjectId => Chance.GuidFrom(Chance.Mix(Seed, 21));
    public override Guid StoreId => Chance.GuidFrom(Chance.Mix(Seed, 22));

    /// <summary>A second address under which the same mailbox receives mail.</summary>
    public string Alias => field ??= $"{LocalPart}-team@{Company.Domain}";
    public string LegacyName => LegacyNames.For(Seed, Address);

    /// <summary>Whether there is a mailbox at all behind the address.</summary>
    public bool HasMailbox => Setup.Shape is RecipientShape.Shared or RecipientShape.Personal;

    /// <summary>The name of the group that holds its team.</summary>
    public string TeamName => Name + " Agents";

    /// <summary>The address of the group that holds its team.</summary>
    public string TeamAddress => field ??= $"{LocalPart}-agents@{Company.Domain}";
}

/// <summary>An agent's own mailbox; only its Sent Items matter to anybody else.</summary>
sealed class OwnMailbox(Agent agent) : Mailbox
{
    public Agent Agent => agent;
    public override string Address => agent.Address;
    public override Guid ObjectId => agent.ObjectId;
    public override Guid StoreId => agent.MailboxGuid;
}

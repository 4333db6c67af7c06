using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator;

/// <summary>The company, its mailboxes and the present: what every endpoint looks at.</summary>
sealed class World
{
    readonly Dictionary<string, Mailbox> _mailboxes = new(StringComparer.OrdinalIgnoreCase);

    public World(SimulationOptions options, TimeProvider time)
    {
        Company = new Company(options);
        Shelf = new Shelf(Company);
        Time = time;
        foreach (var mailbox in Company.Mailboxes.Where(mailbox => mailbox.HasMailbox)) Register(mailbox, mailbox.Address);
        foreach (var agent in Company.Agents)
            Register(new OwnMailbox(agent) { Seed = agent.Seed, Name = agent.Name }, agent.Address, agent.Former?.Address);
    }

    public Company Company { get; }
    public Shelf Shelf { get; }
    public TimeProvider Time { get; }
    public Quirks Quirks => Company.Quirks;

    /// <summary>The present, in seconds since the world began.</summary>
    public int Now => Company.Second(Time.GetUtcNow());

    /// <summary>A mailbox by object id or user principal name.</summary>
    public Mailbox? FindMailbox(string key) => _mailboxes.GetValueOrDefault(key);

    /// <summary>A yes or no that depends on the key alone.</summary>
    public bool Strikes(Quirk quirk, ulong key) => Chance.Hits(Chance.Mix(Company.Seed, key), quirk, Quirks[quirk]);

    void Register(Mailbox mailbox, params ReadOnlySpan<string?> names)
    {
        _mailboxes[mailbox.ObjectId.ToString()] = mailbox;
        foreach (var name in names)
            if (name is not null) _mailboxes[name] = mailbox;
    }
}

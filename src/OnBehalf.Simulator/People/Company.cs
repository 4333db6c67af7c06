using NodaTime;
using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.People;

/// <summary>Who works where: agents, shared mailboxes, domains and closing days. All of it follows from the seed.</summary>
sealed class Company
{
    public const string Domain = "acme.example";
    public const string InitialDomain = "acme.onmicrosoft.example";
    public const string ZoneName = "Europe/Prague";

    /// <summary>The name Exchange gives the company's zone.</summary>
    public const string WindowsZoneName = "Central Europe Standard Time";

    public Company(SimulationOptions options)
    {
        Options = options;
        Seed = Chance.Mix(unchecked((ulong)options.Seed), 0xACE);
        StartDate = LocalDate.FromDateOnly(options.Start);
        Start = options.Start.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        Zone = DateTimeZoneProviders.Tzdb[ZoneName];
        Closed = new HashSet<LocalDate> { StartDate.PlusDays(Days / 3), StartDate.PlusDays(2 * Days / 3) };
        Hours = new OfficeHours(StartDate, Days, Zone, Closed);
        Agents = [.. Enumerable.Range(0, Scenario.Agents).Select(MakeAgent)];
        Mailboxes = [.. Enumerable.Range(0, Scenario.Mailboxes).Select(MakeMailbox)];
    }

    public SimulationOptions Options { get; }
    public Scenario Scenario => Options.Scenario;
    public Quirks Quirks => Options.Quirks;
    public ulong Seed { get; }
    public LocalDate StartDate { get; }

    /// <summary>Second 0: midnight UTC of the first day.</summary>
    public DateTime Start { get; }
    public int Days => Scenario.Days;
    public int EndSecond => Days * 86_400;
    public DateTimeZone Zone { get; }
    public IReadOnlySet<LocalDate> Closed { get; }
    public OfficeHours Hours { get; }
    public IReadOnlyList<Agent> Agents { get; }
    public IReadOnlyList<SharedMailbox> Mailboxes { get; }
    public Guid TenantId => Chance.GuidFrom(Chance.Mix(Seed, 3));

    public DateTime At(int second) => Start.AddSeconds(second);

    /// <summary>Seconds since the world began, never more than the world lasts and a little.</summary>
    public int Second(DateTimeOffset instant) =>
        (int)Math.Clamp(Math.Floor((instant.UtcDateTime - Start).TotalSeconds), int.MinValue / 2, int.MaxValue / 2);

    /// <summary>The agents of a mailbox. Neighbouring mailboxes share some of theirs.</summary>
    public IEnumerable<Agent> Team(int mailbox)
    {
        var size = Math.Min(Agents.Count, Math.Clamp((int)Math.Round(1.6 * Agents.Count / Scenario.Mailboxes), 3, 12));
        var first = (int)((long)mailbox * Agents.Count / Math.Min(Scenario.Mailboxes, Agents.Count) % Agents.Count);
        for (var place = 0; place < size; place++) yield return Agents[(first + place) % Agents.Count];
    }

    public IEnumerable<SharedMailbox> MailboxesOf(Agent agent) =>
        Mailboxes.Where(mailbox => mailbox.Team.Contains(agent));

    /// <summary>Which right an agent uses on a mailbox: where both are held, Exchange uses Send As.</summary>
    public bool UsesSendAs(SharedMailbox mailbox, Agent agent) => HoldsSendAs(mailbox, agent);

    public static bool HoldsFullAccess(SharedMailbox mailbox, Agent agent) =>
        !IsAmongLast(mailbox, agent, mailbox.Setup.WithoutFullAccess);

    /// <summary>Whether an agent may send in the mailbox's name at all.</summary>
    public static bool MaySend(SharedMailbox mailbox, Agent agent) => !IsAmongLast(mailbox, agent, mailbox.Setup.WithoutSendRight);

    static bool IsAmongLast(SharedMailbox mailbox, Agent agent, int count) =>
        count > 0 && mailbox.Team.TakeLast(count).Contains(agent);

    public bool HoldsSendAs(SharedMailbox mailbox, Agent agent) => MaySend(mailbox, agent) && mailbox.Setup.Grant switch
    {
        Grant.SendAs or Grant.Both => true,
        Grant.Mixed => Chance.Mix(Seed, 41, (ulong)agent.Index) % 3 != 0,
        _ => false,
    };

    public bool HoldsOnBehalf(SharedMailbox mailbox, Agent agent) => MaySend(mailbox, agent) && mailbox.Setup.Grant switch
    {
        Grant.OnBehalf or Grant.Both => true,
        Grant.Mixed => Chance.Mix(Seed, 41, (ulong)agent.Index) % 3 != 1,
        _ => false,
    };

    Agent MakeAgent(int index)
    {
        var seed = Chance.Mix(Seed, 100, (ulong)index);
        var chance = new Chance(seed);
        var name = (First: Names.First[index % Names.First.Length], Last: Names.Last[index * 7 % Names.Last.Length]);
        var round = index / Names.First.Length;
        var leftAt = index == 2 && Quirks[Quirk.RenamedPeople] > 0 ? EndSecond * 3 / 4 : int.MaxValue;
        var weds = index == 1 && Quirks[Quirk.RenamedPeople] > 0;
        var married = weds ? name.Last + "ova" : name.Last;
        var isAbroad = index < Math.Round(Scenario.Agents * Scenario.AgentsAbroad);
        return new Agent
        {
            Index = index,
            Seed = seed,
            Name = $"{name.First} {married}",
            Address = AddressOf(name.First, married, round),
            Former = weds ? ($"{name.First} {name.Last}", AddressOf(name.First, name.Last, round), EndSecond / 2) : null,
            Region = isAbroad ? "NAM" : "EUR",
            Department = Names.Departments[index % Names.Departments.Length],
            LeftAt = leftAt,
            IsBypassed = index >= Scenario.Agents - Scenario.BypassedAgents,
            Roster = Roster.For(chance, StartDate, Days, Zone, Closed, leftAt),
        };
    }

    static string AddressOf(string first, string last, int round) =>
        $"{Names.Plain(first)}.{Names.Plain(last)}{(round == 0 ? "" : round.ToString(null, null))}@{Domain}";

    SharedMailbox MakeMailbox(int index)
    {
        var setup = Scenario.Setups[index % Scenario.Setups.Count];
        var round = index / Scenario.Setups.Count;
        return new SharedMailbox
        {
            Index = index,
            Seed = Chance.Mix(Seed, 200, (ulong)index),
            Name = Title(setup.Name) + (round == 0 ? "" : $" {round + 1}"),
            LocalPart = setup.Name + (round == 0 ? "" : $"{round + 1}"),
            Setup = setup,
            Team = [.. Team(index)],
        };
    }

    static string Title(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}

using OnBehalf.Simulator.Identities;

namespace OnBehalf.Simulator;

/// <summary>Everything that decides what a simulated tenant is like.</summary>
public sealed record SimulationOptions
{
    /// <summary>The company.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The same seed, scenario, quirks and start give the same tenant, byte for byte.</summary>
    public int Seed { get; init; } = 42;

    /// <summary>What goes wrong, and how often.</summary>
    public Quirks Quirks { get; init; } = Quirks.All;

    /// <summary>The day the world begins. The default is a Monday whose ninety days hold a change to summer time.</summary>
    public DateOnly Start { get; init; } = new(2026, 1, 5);

    /// <summary>The applications registered in the tenant; none means the one of <see cref="RegisteredApp.Default"/>.</summary>
    public IReadOnlyList<RegisteredApp> Apps { get; init; } = [RegisteredApp.Default];

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How many messages of generated mailboxes may be kept in memory.</summary>
    public int MessagesInMemory { get; init; } = 150_000;

    /// <summary>How many seconds the server's clock is off, as a reader sees in the Date header.</summary>
    public int ClockSkewSeconds { get; init; }

    /// <summary>The instant the world ends: nothing happens afterwards.</summary>
    public DateTimeOffset End => new(Start.AddDays(Scenario.Days), TimeOnly.MinValue, TimeSpan.Zero);
}

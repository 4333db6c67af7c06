using OnBehalf.Simulator;
using OnBehalf.Simulator.Identities;
using OnBehalf.Sources.Graph;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>A tenant to be examined: a small one that is set up as it should be, until something is planted in it.</summary>
sealed record Patient
{
    public const string Desk = "support@acme.example";

    /// <summary>All that is needed and no more: mail rights are given in Exchange, for shared mailboxes only.</summary>
    public static RegisteredApp ScopedApp { get; } = RegisteredApp.Default with
    {
        Roles = [.. RegisteredApp.Default.Roles.Where(role => role != "Mail.ReadBasic.All")],
        ScopedRoles = ["Mail.ReadBasic"],
        TokenLifetime = TimeSpan.FromDays(400), // Clocks are moved by days, and tokens are another test's matter.
    };

    /// <summary>One mailbox, three agents who hold Full Access and Send on Behalf, copies and auditing on.</summary>
    public static Patient Healthy { get; } = new();

    /// <summary>The same with Send As in the place of Send on Behalf, so that only the audit log names the agents.</summary>
    public static Patient SendAs { get; } = Healthy.With(setup => setup with { Grant = Grant.SendAs });

    public Scenario Scenario { get; init; } = new()
    {
        Name = "patient", Story = "A small tenant, set up as it should be.", Mailboxes = 1, Agents = 3, Days = 10,
        ConversationsPerDay = 6, Setups = [new() { Name = "support" }],
    };

    public RegisteredApp App { get; init; } = ScopedApp;

    /// <summary>The present, where it is not the end of the world: the world then begins ten days before.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>By how many seconds the server's clock is ahead of ours.</summary>
    public int Skew { get; init; }

    /// <summary>What it signs in with, where that is not the application's secret.</summary>
    public AppCredential? Credential { get; init; }

    /// <summary>When its secret ends, as the administrator said.</summary>
    public DateTimeOffset? SecretEndsAt { get; init; }

    /// <summary>A mailbox that is read and that nobody in the tenant has.</summary>
    public string? Gone { get; init; }

    /// <summary>Changes the mailbox.</summary>
    public Patient With(Func<MailboxSetup, MailboxSetup> change) => this with
    {
        Scenario = Scenario with { Setups = [.. Scenario.Setups.Select(change)] },
    };

    /// <summary>Changes the company.</summary>
    public Patient With(Func<Scenario, Scenario> change) => this with { Scenario = change(Scenario) };

    /// <summary>Takes permissions away, and gives others.</summary>
    public Patient With(string[] less, params string[] more) =>
        this with { App = App with { Roles = [.. App.Roles.Except(less), .. more] } };
}

namespace OnBehalf.Simulator;

/// <summary>The scenarios that ship: a whole company, a tiny one, and one for each way rights can be given.</summary>
static class ScenarioList
{
    public static IReadOnlyList<Scenario> Scenarios { get; } =
    [
        new()
        {
            Name = "acme-support",
            Story = "Six mailboxes set up in six ways, twenty agents, ninety days: what a grown company looks like.",
            Mailboxes = 6, Agents = 20, Days = 90, ConversationsPerDay = 14, BypassedAgents = 1,
            Setups =
            [
                new() { Name = "support" },
                new() { Name = "sales", Grant = Grant.Both },
                new() { Name = "billing", Grant = Grant.SendAs },
                new() { Name = "returns", Automated = true },
                new() { Name = "press", Grant = Grant.Mixed, OrphanedGrants = 1 },
                new() { Name = "jobs", CopyOnBehalf = false, CopySentAs = false },
            ],
        },
        Small("tiny", "One mailbox, three agents, ten days: small enough to read.", new MailboxSetup { Name = "support" }) with
        {
            Mailboxes = 1, Agents = 3, Days = 10, ConversationsPerDay = 6,
        },
        Small("send-on-behalf-only", "Agents hold Send on Behalf and nothing else: every reply names its author.",
            new MailboxSetup { Name = "support" }),
        Small("send-as-with-audit", "Agents hold Send As; the audit log says who used it.",
            new MailboxSetup { Name = "support", Grant = Grant.SendAs }),
        Small("send-as-no-audit", "Agents hold Send As and the unified audit log is off: authors stay unknown.",
            new MailboxSetup { Name = "support", Grant = Grant.SendAs, AuditEnabled = false }) with { UnifiedAudit = false },
        Small("both-rights", "Agents hold both rights, so Send As wins and only the audit log names them.",
            new MailboxSetup { Name = "support", Grant = Grant.Both }),
        Small("copies-off", "Sent copies stay with the agents, who have not agreed to show them.",
            new MailboxSetup { Name = "support", CopyOnBehalf = false, CopySentAs = false }),
        Small("copies-off-with-agent-consent", "Sent copies stay with the agents, and their Sent Items may be read.",
            new MailboxSetup { Name = "support", Grant = Grant.Mixed, CopyOnBehalf = false, CopySentAs = false })
            with { AgentCopiesGranted = true },
        Small("cross-geo", "Half of the agents lie in another region, where Send As is not audited.",
            new MailboxSetup { Name = "support", Grant = Grant.SendAs }) with { AgentsAbroad = 0.5 },
        Small("late-audit", "Every audit record comes thirty hours late.",
            new MailboxSetup { Name = "support", Grant = Grant.SendAs }) with { AuditDelay = TimeSpan.FromHours(30) },
    ];

    static Scenario Small(string name, string story, MailboxSetup setup) => new()
    {
        Name = name, Story = story, Mailboxes = 2, Agents = 6,
        Setups = [setup, setup with { Name = setup.Name == "support" ? "service" : setup.Name }],
    };
}

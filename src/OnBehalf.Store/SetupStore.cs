using NodaTime;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Store;

/// <summary>What the set-up check found the last time it looked: derived, replaced whole.</summary>
public sealed class SetupStore
{
    readonly MailStore _store;

    internal SetupStore(MailStore store) => _store = store;

    /// <summary>The findings, the worst first, and when they were seen; null when nobody looked yet.</summary>
    public (IReadOnlyList<SetupFinding> Findings, Instant? SeenAt) Load()
    {
        using var statement = _store.Database.Prepare("SetupStore.All.sql");
        var findings = new List<SetupFinding>();
        Instant? seenAt = null;
        while (statement.Step())
        {
            seenAt = Instant.FromUnixTimeSeconds(statement.Long(6));
            // A fault of another version's check is looked for anew with the next sync.
            if (!Enum.TryParse<SetupFault>(statement.Text(1), out var fault)) continue;
            findings.Add(new(
                fault, (Severity)statement.Int(0), statement.Text(2), statement.Text(3),
                statement.Text(4).Split('\n', StringSplitOptions.RemoveEmptyEntries),
                statement.IsNull(5) ? null : statement.Double(5)));
        }
        return (findings, seenAt);
    }

    /// <summary>Replaces the findings.</summary>
    public void Replace(IReadOnlyList<SetupFinding> findings, Instant seenAt) => _store.Write(() =>
    {
        using (var clear = _store.Database.Prepare("SetupStore.Clear.sql")) clear.Execute();
        using var add = _store.Database.Prepare("SetupStore.Add.sql");
        for (var i = 0; i < findings.Count; i++)
            add.Bind(1, i + 1).Bind(2, (long)findings[i].Severity).Bind(3, findings[i].Fault.ToString())
                .Bind(4, findings[i].Where).Bind(5, findings[i].Evidence).Bind(6, string.Join('\n', findings[i].Remedy))
                .Bind(7, findings[i].Gain).Bind(8, seenAt.ToUnixTimeSeconds()).Execute();
        return findings.Count;
    });
}

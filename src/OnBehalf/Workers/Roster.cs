using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Directories;
using OnBehalf.Store;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Workers;

/// <summary>
/// Who the agents are: people of the directory who may send in a mailbox's name, or were seen to. All their addresses become
/// one agent, so that a new name or a second address changes nothing.
/// </summary>
static class Roster
{
    /// <summary>Brings the agents of the settings up to date with the directory.</summary>
    /// <param name="store">The store.</param>
    /// <param name="people">Everybody in the directory.</param>
    /// <param name="domains">The tenant's own domains.</param>
    /// <param name="holders">Addresses of whoever holds a right on a mailbox, as far as Exchange may be asked.</param>
    /// <returns>Whether anything changed.</returns>
    public static bool Update(
        MailStore store, IReadOnlyList<Person> people, IReadOnlyList<string> domains, IReadOnlyCollection<string> holders)
    {
        var (settings, version) = store.Settings.Load();
        var seen = store.Facts.Senders().Select(id => store.Addresses[id]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        seen.UnionWith(holders);
        var mailboxes = settings.Mailboxes.SelectMany(mailbox => mailbox.Aliases.Prepend(mailbox.Address))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var agents = settings.Agents.ToList();
        foreach (var person in people.Where(person => person.Addresses.Count > 0))
        {
            if (person.Addresses.Any(mailboxes.Contains)) continue;
            var at = agents.FindIndex(agent => agent.Addresses.Intersect(person.Addresses, StringComparer.OrdinalIgnoreCase).Any());
            if (at >= 0) agents[at] = Renewed(agents[at], person);
            else if (person.Addresses.Any(seen.Contains))
                agents.Add(new() { Name = person.Name, Addresses = person.Addresses });
        }
        var wanted = settings with
        {
            Agents = agents,
            InternalDomains = [.. settings.InternalDomains.Union(domains, StringComparer.OrdinalIgnoreCase)],
        };
        if (SettingsText.Print(wanted) == SettingsText.Print(settings)) return false;
        store.Settings.Save(wanted, version);
        return true;
    }

    // The first address is the identity and stays, whatever the person is called now; old addresses stay, too.
    static AgentSettings Renewed(AgentSettings agent, Person person) => agent with
    {
        Name = person.Name,
        Addresses = [.. agent.Addresses.Union(person.Addresses, StringComparer.OrdinalIgnoreCase)],
    };
}

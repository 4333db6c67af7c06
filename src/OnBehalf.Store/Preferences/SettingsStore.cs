using OnBehalf.Engine;

namespace OnBehalf.Store.Preferences;

/// <summary>The settings in the store.</summary>
public sealed class SettingsStore
{
    readonly MailStore _store;

    internal SettingsStore(MailStore store) => _store = store;

    /// <summary>
    /// The settings, and their version to save them under; defaults under version 0 where there are none.
    /// </summary>
    public (Settings Settings, long Version) Load()
    {
        using var statement = _store.Database.Prepare("SettingsStore.Load.sql");
        return statement.Step() ? (SettingsText.Parse(statement.Text(1)), statement.Long(0)) : (new Settings(), 0);
    }

    /// <summary>
    /// Saves settings. The addresses they name become known to the store, so that readers find them.
    /// </summary>
    /// <param name="settings">The settings.</param>
    /// <param name="version">The version they were made from.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="Mistake">invalid: with every fault. conflict: somebody saved others meanwhile.</exception>
    public long Save(Settings settings, long version)
    {
        SettingsText.Check(settings);
        return _store.Write(() =>
        {
            using var statement = _store.Database.Prepare("SettingsStore.Save.sql")
                .Bind(1, version).Bind(2, _store.Now).Bind(3, SettingsText.Print(settings));
            if (statement.Execute() == 0)
                throw new Mistake("conflict", "The settings were changed by somebody else meanwhile. Nothing was "
                    + "saved. Look at them and try again.");
            foreach (var mailbox in settings.Mailboxes)
                foreach (var address in mailbox.Aliases.Prepend(mailbox.Address)) _store.Addresses.Intern(address);
            foreach (var agent in settings.Agents)
                foreach (var address in agent.Addresses) _store.Addresses.Intern(address);
            return version + 1;
        });
    }

    /// <summary>Settings applied to the addresses met.</summary>
    /// <param name="settings">Checked settings that are not saved, for a preview; null: those in force.</param>
    public RuleBook Rules(Settings? settings = null) =>
        new(settings ?? Load().Settings, _store.Addresses, _store.Facts.SendNames().Count > 0);
}

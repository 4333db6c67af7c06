using System.CommandLine;
using System.Globalization;
using OnBehalf.Engine;
using OnBehalf.Sources.Files;
using OnBehalf.Store.Preferences;

namespace OnBehalf.Cli.Options;

/// <summary>The options of <c>import mail</c> that say what the mailbox is and who its agents are.</summary>
sealed class MailboxOptions
{
    readonly Option<string> _mailbox = new("--mailbox", "-m")
    {
        Description = "The shared mailbox's primary address.",
        Required = true,
    };

    readonly Option<string[]> _aliases = new("--alias") { Description = "Another address of the mailbox; repeatable." };

    readonly Option<string[]> _agents = new("--agents")
    {
        Description = "Regular expression; whoever's address matches is an agent. Repeatable.",
    };

    readonly Option<string?> _agentsFile = new("--agents-file")
    {
        Description = "CSV of agents: name, then one or more addresses, one agent a line.",
    };

    readonly Option<string[]> _authorHeaders = new("--author-header")
    {
        Description = "Header that carries the real author where a list rewrote From (Reply-To, X-Original-Sender). "
            + "Evidence for file imports only.",
    };

    readonly Option<string?> _silence = new("--silence")
    {
        Description = "Days of silence that close a conversation's cycle, or never. Default 5.",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _mailbox, _aliases, _agents, _agentsFile, _authorHeaders, _silence })
            command.Options.Add(option);
    }

    public MailboxWish Read(ParseResult parsed) => new(
        parsed.GetValue(_mailbox)!, parsed.GetValue(_aliases) ?? [], parsed.GetValue(_agents) ?? [],
        parsed.GetValue(_agentsFile) is { } file ? ReadAgents(file) : [], parsed.GetValue(_authorHeaders) ?? [],
        parsed.GetValue(_silence) is { } silence ? SilenceOf(silence) : null);

    static Silence SilenceOf(string text) => text switch
    {
        "never" => new(null),
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 => new(days),
        _ => throw new Mistake("invalid", $"--silence {text}: give a number of days, or never."),
    };

    static IReadOnlyList<AgentSettings> ReadAgents(string path) =>
        [.. AgentsFile.Read(path).Select(agent => new AgentSettings { Name = agent.Name, Addresses = agent.Addresses })];
}

/// <summary>What an import asks the settings to know about its mailbox.</summary>
sealed record MailboxWish(
    string Address, IReadOnlyList<string> Aliases, IReadOnlyList<string> AgentPatterns,
    IReadOnlyList<AgentSettings> Agents, IReadOnlyList<string> AuthorHeaders, Silence? Silence)
{
    /// <summary>The settings with what is new, to be saved; nothing that is there is taken away.</summary>
    public WantedSettings AddedTo(SettingsStore store)
    {
        var (settings, version) = store.Load();
        var before = settings.MailboxOf(Address);
        var after = before with
        {
            Aliases = Union(before.Aliases, Aliases),
            AuthorHeaders = Union(before.AuthorHeaders, AuthorHeaders),
            SilenceDays = Silence ?? before.SilenceDays,
        };
        var wanted = settings with
        {
            Mailboxes = [.. settings.Mailboxes.Where(m => m.Address != before.Address), after],
            AgentPatterns = Union(settings.AgentPatterns, AgentPatterns),
            Agents = [.. settings.Agents.Where(a => !Agents.Any(n => n.Addresses.Intersect(a.Addresses).Any())), .. Agents],
        };
        return new(after, () =>
        {
            if (SettingsText.Print(wanted) != SettingsText.Print(settings)) store.Save(wanted, version);
        });
    }

    static IReadOnlyList<string> Union(IReadOnlyList<string> old, IReadOnlyList<string> added) =>
        [.. old.Union(added, StringComparer.OrdinalIgnoreCase)];
}

/// <summary>What an import is going to save.</summary>
/// <param name="Mailbox">Its mailbox, as it is wanted.</param>
/// <param name="Save">Saves all of it, unless it is so already.</param>
sealed record WantedSettings(MailboxSettings Mailbox, Action Save);

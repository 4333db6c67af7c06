using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Store.Preferences;

/// <summary>What is wrong with settings: each fault with its JSON path.</summary>
sealed class SettingsCheck
{
    /// <summary>Characters of an address or name: RFC 5321 allows 254, X500 names are longer.</summary>
    const int TextLimit = 512;

    /// <summary>Characters of a pattern.</summary>
    const int PatternLimit = 500;

    /// <summary>Entries of a list of rules.</summary>
    const int RuleLimit = 1000;

    readonly List<string> _faults = [];

    /// <summary>Every fault; none when all is well.</summary>
    public static IReadOnlyList<string> Faults(Settings settings)
    {
        var check = new SettingsCheck();
        if (settings.Form != 1) check.Fault("$.form", "this program knows form 1 only: the file is of a newer one");
        check.Mailboxes(settings.Mailboxes);
        check.Schedules("$.companySchedule", settings.CompanySchedule);
        check.Agents(settings.Agents);
        check.Teams(settings);
        check.Each("$.agentPatterns", settings.AgentPatterns, check.Pattern);
        check.Each("$.internalDomains", settings.InternalDomains, check.Domain);
        check.Each("$.exclusions.addresses", settings.Exclusions.Addresses, check.Address);
        check.Each("$.exclusions.domains", settings.Exclusions.Domains, check.Domain);
        check.Each("$.exclusions.subjectWords", settings.Exclusions.SubjectWords, check.Words);
        check.Each("$.slaPolicies", settings.SlaPolicies, check.Policy);
        check.Each("$.closing.categories", settings.Closing.Categories, check.Words);
        check.Each("$.closing.folders", settings.Closing.Folders, check.Words);
        if (settings.AuditGraceHours is < 0 or > 24 * 180)
            check.Fault("$.auditGraceHours", "must be from 0 to 4320, which is as long as audit records are kept");
        return check._faults;
    }

    /// <summary>The regular expression of a pattern: linear in the address, whatever the pattern.</summary>
    public static Regex Compile(string pattern) => new(pattern,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | (IsPlain(pattern) ? RegexOptions.None : RegexOptions.NonBacktracking));

    /// <summary>
    /// Whether nothing in a pattern repeats, looks around or refers back, as in <c>@(acme|desk)\.example$</c>. Then any engine is linear,
    /// and the one that always is takes a twentieth of a second to start: longer than most commands run.
    /// </summary>
    internal static bool IsPlain(string pattern)
    {
        var groups = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '(') groups++;
            else if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '.' or '-' or '_' or '@') i++;
            else if (!char.IsAsciiLetterOrDigit(pattern[i]) && !"@.-_^$|)".Contains(pattern[i], StringComparison.Ordinal)) return false;
        }
        return groups <= 1;
    }

    /// <summary>A schedule as the engine takes it.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static Schedule ToSchedule(ScheduleSettings schedule)
    {
        LocalDate? validFrom = null;
        if (schedule.ValidFrom is { } text)
            validFrom = LocalDatePattern.Iso.Parse(text) is { Success: true } date
                ? date.Value : throw new Mistake("invalid", $"\"{text}\" is not a date such as 2026-01-31.");
        return ScheduleText.Parse(schedule.Zone, schedule.Week, string.Join('\n', schedule.Holidays), validFrom);
    }

    void Mailboxes(IReadOnlyList<MailboxSettings> mailboxes)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < mailboxes.Count; i++)
        {
            var (mailbox, path) = (mailboxes[i], $"$.mailboxes[{i}]");
            Address($"{path}.address", mailbox.Address);
            Once(owners, $"{path}.address", mailbox.Address);
            Each($"{path}.aliases", mailbox.Aliases, (place, alias) =>
            {
                Address(place, alias);
                Once(owners, place, alias);
            });
            Each($"{path}.authorHeaders", mailbox.AuthorHeaders, Words);
            Schedules($"{path}.schedule", mailbox.Schedule);
            if (mailbox.Hours == HoursOf.Custom && mailbox.Schedule.Count == 0)
                Fault($"{path}.schedule", "is empty, and hours are \"custom\"");
            if (mailbox.AuditBlindness is not (UnattributedReason.None or UnattributedReason.AuditBypassed
                or UnattributedReason.CrossGeo))
                Fault($"{path}.auditBlindness", "must be none, auditBypassed or crossGeo");
        }
    }

    void Agents(IReadOnlyList<AgentSettings> agents)
    {
        var owners = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < agents.Count; i++)
        {
            var (agent, path) = (agents[i], $"$.agents[{i}]");
            if (agent.Name is not null) Words($"{path}.name", agent.Name);
            if (agent.Addresses.Count == 0) Fault($"{path}.addresses", "is empty: an agent is known by an address");
            Each($"{path}.addresses", agent.Addresses, (place, address) =>
            {
                Words(place, address);
                Once(owners, place, address);
            });
            Schedules($"{path}.schedule", agent.Schedule);
        }
    }

    void Teams(Settings settings)
    {
        var (names, members) = (new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));
        for (var i = 0; i < settings.Teams.Count; i++)
        {
            var (team, path) = (settings.Teams[i], $"$.teams[{i}]");
            Words($"{path}.name", team.Name);
            Once(names, $"{path}.name", team.Name);
            Each($"{path}.agents", team.Agents, (place, address) =>
            {
                Address(place, address);
                // One person under two addresses is in one team all the same.
                var agent = settings.Agents.FirstOrDefault(a => a.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase));
                Once(members, place, agent?.Addresses[0] ?? address);
            });
        }
    }

    void Schedules(string path, IReadOnlyList<ScheduleSettings> schedules)
    {
        var dates = new HashSet<string>(StringComparer.Ordinal);
        Each(path, schedules, (place, schedule) =>
        {
            if (!dates.Add(schedule.ValidFrom ?? ""))
                Fault($"{place}.validFrom", "another schedule of the list is valid from the same date");
            try
            {
                ToSchedule(schedule);
            }
            catch (Mistake mistake)
            {
                Fault(place, mistake.Message.TrimEnd('.'));
            }
        });
    }

    void Policy(string path, SlaSettings policy)
    {
        Words($"{path}.name", policy.Name);
        if (policy.FirstMinutes is null && policy.NextMinutes is null)
            Fault(path, "has neither firstMinutes nor nextMinutes");
        Target($"{path}.firstMinutes", policy.FirstMinutes);
        Target($"{path}.nextMinutes", policy.NextMinutes);
        Each($"{path}.mailboxes", policy.Mailboxes, Address);
        if (policy.SenderDomain is { } domain) Domain($"{path}.senderDomain", domain);
        if (policy.Category is { } category) Words($"{path}.category", category);
    }

    void Target(string path, int? minutes)
    {
        if (minutes is < 1 or > 366 * 24 * 60) Fault(path, "must be from one minute to a year (527040)");
    }

    void Pattern(string path, string pattern)
    {
        Words(path, pattern);
        if (pattern.Length > PatternLimit)
        {
            Fault(path, $"is longer than {PatternLimit} characters");
            return;
        }
        try
        {
            Compile(pattern);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            Fault(path, $"\"{pattern}\" is no regular expression that can be used ({fault.Message.TrimEnd('.')})");
        }
    }

    void Address(string path, string address)
    {
        Words(path, address);
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != address.LastIndexOf('@') || at == address.Length - 1 || address.Any(char.IsWhiteSpace))
            Fault(path, $"\"{address}\" is not an address such as support@acme.example");
        else if (Addresses.WithoutTag(address).Length != address.Length)
            Fault(path, $"\"{address}\" has a plus-tag: name the address without it");
    }

    void Domain(string path, string domain)
    {
        Words(path, domain);
        if (domain.AsSpan().ContainsAny("@ \t/") || domain.StartsWith('.') || domain.EndsWith('.'))
            Fault(path, $"\"{domain}\" is not a domain such as acme.example");
    }

    void Words(string path, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) Fault(path, "is empty");
        else if (text.Length > TextLimit) Fault(path, $"is longer than {TextLimit} characters");
    }

    void Once(Dictionary<string, string> owners, string path, string address)
    {
        if (!owners.TryAdd(address, path)) Fault(path, $"\"{address}\" is at {owners[address]} already");
    }

    void Each<T>(string path, IReadOnlyList<T> list, Action<string, T> check)
    {
        if (list.Count > RuleLimit) Fault(path, $"has more than {RuleLimit} entries");
        for (var i = 0; i < list.Count && i < RuleLimit; i++) check($"{path}[{i}]", list[i]);
    }

    void Fault(string path, string what) => _faults.Add($"{path}: {what}.");
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Store.Preferences;

/// <summary>
/// Settings applied to the addresses met: who is who, and the rules of each mailbox. Addresses are judged once, new
/// ones when rules are next asked for; what is the same for all mailboxes is computed once. Threads may share it.
/// </summary>
public sealed class RuleBook
{
    readonly Settings _settings;
    readonly Addresses _addresses;
    readonly bool _hasAudit;
    readonly Regex[] _patterns;
    readonly Dictionary<string, MailboxSettings> _owners = new(StringComparer.Ordinal);
    readonly Dictionary<string, AgentSettings> _agents = new(StringComparer.Ordinal);
    readonly Dictionary<MailboxSettings, List<AddressId>> _own = new(ReferenceEqualityComparer.Instance);
    readonly HashSet<string> _internal = new(StringComparer.Ordinal);
    readonly HashSet<string> _excluded = new(StringComparer.Ordinal);
    readonly HashSet<string> _excludedDomains = new(StringComparer.Ordinal);
    readonly IReadOnlyList<Schedule> _companyHours;
    readonly IReadOnlyList<(AgentSettings Agent, IReadOnlyList<Schedule> Hours)> _agentHours;
    readonly byte[] _shared;
    TeamBook? _teams;
    readonly Lock _gate = new();
    readonly Dictionary<IReadOnlyList<Schedule>, OpenTime> _clocks = new(ReferenceEqualityComparer.Instance);
    IReadOnlyDictionary<AddressId, OpenTime>? _agentClocks;
    Role[] _roles = [];
    AddressId[] _agentOf = [];
    int _judged;

    /// <param name="settings">Checked settings.</param>
    /// <param name="addresses">The store's addresses; looked up, never added to.</param>
    /// <param name="hasAudit">
    /// Whether audit records were imported: what "connected" means unless a mailbox says.
    /// </param>
    public RuleBook(Settings settings, Addresses addresses, bool hasAudit)
    {
        (_settings, _addresses, _hasAudit) = (settings, addresses, hasAudit);
        _patterns = [.. settings.AgentPatterns.Select(SettingsCheck.Compile)];
        _companyHours = InOrder(settings.CompanySchedule);
        _agentHours = [.. settings.Agents.Where(agent => agent.Schedule.Count > 0)
            .Select(agent => (agent, InOrder(agent.Schedule)))];
        foreach (var mailbox in settings.Mailboxes)
        {
            _own.Add(mailbox, []);
            foreach (var address in mailbox.Aliases.Prepend(mailbox.Address))
            {
                _owners[Fold(address)] = mailbox;
                _internal.Add(DomainOf(Fold(address)));
            }
        }
        foreach (var agent in settings.Agents)
            foreach (var address in agent.Addresses) _agents[Fold(address)] = agent;
        foreach (var domain in settings.InternalDomains) _internal.Add(Fold(domain));
        foreach (var domain in settings.Exclusions.Domains) _excludedDomains.Add(Fold(domain));
        foreach (var address in settings.Exclusions.Addresses) _excluded.Add(Fold(address));
        _shared = SharedDigest();
    }

    /// <summary>A mailbox's own addresses that were met: primary, aliases, and each with plus-tags.</summary>
    public IReadOnlyList<AddressId> OwnAddresses(AddressId mailbox)
    {
        lock (_gate) return [.. FindOwn(mailbox)]; // More may be met while somebody goes through them.
    }

    IReadOnlyList<AddressId> FindOwn(AddressId mailbox)
    {
        Judge();
        if (_owners.TryGetValue(_addresses[mailbox], out var settings)) return _own[settings];
        // A mailbox with facts that the settings do not name: rare, and not worth an index.
        return [.. Enumerable.Range(1, _judged - 1).Select(number => new AddressId(number))
            .Where(id => Addresses.WithoutTag(_addresses[id]) == _addresses[mailbox])];
    }

    /// <summary>The rules of a mailbox, as the engine takes them.</summary>
    public MailboxRules RulesFor(AddressId mailbox)
    {
        lock (_gate) return MakeRules(mailbox);
    }

    MailboxRules MakeRules(AddressId mailbox)
    {
        var own = FindOwn(mailbox);
        var roles = _roles.ToArray();
        var agents = _agentOf;
        foreach (var id in own) roles[id.Value] = (roles[id.Value] | Role.Own | Role.Internal) & ~Role.Agent;
        if (own.Any(id => !agents[id.Value].IsNone))
        {
            agents = agents.ToArray();
            foreach (var id in own) agents[id.Value] = AddressId.None;
        }
        var settings = SettingsOf(mailbox);
        return new()
        {
            Mailbox = mailbox,
            Roles = new(roles, agents),
            Hours = HoursOf(settings),
            AgentHours = AgentHours(),
            Policies = PoliciesOf(settings.Address),
            SilenceDays = settings.SilenceDays.Days,
            ClockStart = settings.ClockStart,
            AuditConnected = settings.AuditConnected ?? _hasAudit,
            AuditBlindness = settings.AuditBlindness,
            ClosingCategories = _settings.Closing.Categories,
            ClosingFolders = _settings.Closing.Folders,
            FlagCloses = _settings.Closing.FlagComplete,
            NoReplyNeeded = (_settings.NoReplyNeeded.CarbonCopyOnly ? NoReplyRules.CarbonCopyOnly : 0)
                | (_settings.NoReplyNeeded.ShortThanks ? NoReplyRules.ShortThanks : 0),
            ExcludedSubjects = _settings.Exclusions.SubjectWords,
        };
    }

    /// <summary>The clocks of a mailbox; where hours are the company's, mailboxes share what was worked out.</summary>
    public WaitClocks ClocksOf(AddressId mailbox)
    {
        var hours = HoursOf(SettingsOf(mailbox));
        lock (_gate)
        {
            if (!_clocks.TryGetValue(hours, out var clock)) _clocks.Add(hours, clock = new(hours));
            return new(clock, _agentClocks ??= WaitClocks.ClocksOf(AgentHours()));
        }
    }

    /// <summary>A number that changes with whatever the mailbox's findings depend on in the settings.</summary>
    public long Fingerprint(AddressId mailbox)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_shared);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(SettingsOf(mailbox), SettingsJson.Default.MailboxSettings));
        return BinaryPrimitives.ReadInt64BigEndian(hash.GetHashAndReset());
    }

    /// <summary>The teams, by their agents that were met.</summary>
    public IReadOnlyDictionary<AddressId, string> Teams => (_teams is { } known && known.Met == _addresses.Count
        ? known : _teams = new(_addresses.Count, FindTeams())).Of;

    Dictionary<AddressId, string> FindTeams()
    {
        var teams = new Dictionary<AddressId, string>();
        foreach (var team in _settings.Teams)
            foreach (var address in team.Agents)
                if (MemberOf(address) is { IsNone: false } agent) teams[agent] = team.Name.Trim();
        return teams;
    }

    AddressId MemberOf(string address) => _agents.TryGetValue(Fold(address), out var agent)
        ? Identity(agent, _addresses.Find(address))
        : _addresses.Find(address);

    /// <summary>What reports call an agent: the name given in the settings, else the address.</summary>
    public string NameOf(AddressId agent) =>
        _agents.GetValueOrDefault(_addresses[agent])?.Name ?? _addresses[agent];

    // Every mailbox depends on the names of all: their domains are internal, and no pattern makes them agents.
    byte[] SharedDigest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(
            _settings with { Mailboxes = [], Teams = [] }, SettingsJson.Default.Settings));
        foreach (var address in _owners.Keys.Order(StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes(address + "\n"));
        hash.AppendData([_hasAudit ? (byte)1 : (byte)0]);
        return hash.GetHashAndReset();
    }

    MailboxSettings SettingsOf(AddressId mailbox) =>
        _owners.TryGetValue(_addresses[mailbox], out var settings) ? settings : new() { Address = _addresses[mailbox] };

    void Judge()
    {
        var count = _addresses.Count; // Others may meet more meanwhile.
        if (_judged == count) return;
        Array.Resize(ref _roles, count);
        Array.Resize(ref _agentOf, count);
        for (; _judged < count; _judged++)
        {
            if (_judged == 0) continue;
            var id = new AddressId(_judged);
            _agentOf[_judged] = AgentOf(id);
            _roles[_judged] = RoleOf(id);
        }
    }

    AddressId AgentOf(AddressId id)
    {
        var text = _addresses[id];
        if (_agents.TryGetValue(text, out var agent)) return Identity(agent, id);
        if (_owners.ContainsKey(Addresses.WithoutTag(text)) || ServiceNames.Has(text)) return AddressId.None;
        return _patterns.Any(pattern => pattern.IsMatch(text)) ? id : AddressId.None;
    }

    Role RoleOf(AddressId id)
    {
        var text = _addresses[id];
        var domain = DomainOf(text);
        var role = Role.None;
        if (_owners.TryGetValue(Addresses.WithoutTag(text), out var mailbox)) _own[mailbox].Add(id);
        if (!_agentOf[id.Value].IsNone) role |= Role.Agent;
        else if (ServiceNames.Has(text)) role |= Role.Service;
        if (_internal.Contains(domain)) role |= Role.Internal;
        if (_excluded.Contains(text) || _excludedDomains.Contains(domain)) role |= Role.Excluded;
        return role;
    }

    // The identity is the agent's first address. Saved settings have it in the store; others may not.
    AddressId Identity(AgentSettings agent, AddressId id)
    {
        foreach (var address in agent.Addresses)
            if (_addresses.Find(address) is { IsNone: false } first) return first;
        return id;
    }

    IReadOnlyList<Schedule> HoursOf(MailboxSettings mailbox) => mailbox.Hours switch
    {
        Preferences.HoursOf.Custom => InOrder(mailbox.Schedule),
        Preferences.HoursOf.Ignored => [],
        _ => _companyHours,
    };

    Dictionary<AddressId, IReadOnlyList<Schedule>> AgentHours()
    {
        var hours = new Dictionary<AddressId, IReadOnlyList<Schedule>>();
        foreach (var (agent, schedules) in _agentHours)
            if (Identity(agent, AddressId.None) is { IsNone: false } identity) hours[identity] = schedules;
        return hours;
    }

    List<SlaPolicy> PoliciesOf(string mailbox) => [.. _settings.SlaPolicies
        .Select((policy, index) => (policy, Number: index + 1))
        .Where(numbered => numbered.policy.Mailboxes.Count == 0
            || numbered.policy.Mailboxes.Contains(mailbox, StringComparer.OrdinalIgnoreCase))
        .Select(numbered => new SlaPolicy(numbered.Number, numbered.policy.Name, numbered.policy.FirstMinutes * 60,
            numbered.policy.NextMinutes * 60, numbered.policy.SenderDomain, numbered.policy.Category,
            numbered.policy.Importance, NamesMailbox: numbered.policy.Mailboxes.Count > 0))];

    static IReadOnlyList<Schedule> InOrder(IReadOnlyList<ScheduleSettings> schedules) => [.. schedules
        .Select(SettingsCheck.ToSchedule).OrderBy(schedule => schedule.ValidFrom ?? LocalDate.MinIsoValue)];

    /// <summary>The teams as they are once so many addresses were met.</summary>
    sealed record TeamBook(int Met, IReadOnlyDictionary<AddressId, string> Of);

    static string Fold(string text) => text.Trim().ToLowerInvariant();

    static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];
}

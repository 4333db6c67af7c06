using System.Text;
using NodaTime;
using OnBehalf.Engine;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Tests.Engine.Stories;

/// <summary>
/// A mailbox as text and, below <c>=&gt;</c>, what the engine says of it. The week is that of Monday 3 March 2025 unless a
/// line begins with a date.
/// <code>
///   zone Europe/Prague          open Mon-Fri 08:00-17:00      silence never      audit connected
///   Mon 18:20  customer -> support                            one message; all are in one conversation ...
///   Tue 08:50  support -> customer  by anna (audit)           ... and answer the one before
///   Tue 09:00  other -> support  new                          begins another conversation
/// </code>
/// Names are people: support is the mailbox; anna, ben, cleo and root are agents; boss is a colleague; all others are outside.
/// </summary>
sealed class Story
{
    static readonly LocalDate Monday = new(2025, 3, 3);
    static readonly string[] Agents = ["anna", "ben", "cleo", "root"];

    readonly Addresses _addresses = new();
    readonly List<MessageFact> _facts = [];
    readonly List<SendFact> _sends = [];
    readonly Dictionary<MessageKey, string> _labels = [];
    DateTimeZone _zone = DateTimeZone.Utc;
    string _open = "";
    int? _silence = 5;
    bool _audit;
    ClockStart _clockStart = ClockStart.First;
    NoReplyRules _noReply;
    string? _sla;
    string _excluded = "";
    bool _files;
    string[] _excludedSubjects = [], _closingFolders = [], _closingCategories = [];

    /// <summary>Reads the upper half of a story and renders what belongs below the arrow.</summary>
    public static string Render(string upper)
    {
        var story = new Story();
        foreach (var line in upper.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)))
            story.Read(line.Trim());
        return story.Report();
    }

    public Addresses Addresses => _addresses;

    void Read(string line)
    {
        if (line.Contains("->", StringComparison.Ordinal)) ReadMessage(line);
        else foreach (var setting in line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            ReadSetting(setting);
    }

    void ReadSetting(string setting)
    {
        var (word, rest) = (setting.Split(' ')[0], setting[(setting.Split(' ')[0].Length)..].Trim());
        switch (word)
        {
            case "zone": _zone = DateTimeZoneProviders.Tzdb[rest]; break;
            case "open": _open = rest; break;
            case "silence": _silence = rest == "never" ? null : int.Parse(rest.Split(' ')[0], null); break;
            case "audit": _audit = true; break;
            case "clock": _clockStart = rest == "last" ? ClockStart.Last : ClockStart.First; break;
            case "cc-only": _noReply |= NoReplyRules.CarbonCopyOnly; break;
            case "short-thanks": _noReply |= NoReplyRules.ShortThanks; break;
            case "sla": _sla = rest; break;
            case "exclude": _excluded = rest; break;
            case "exclude-subject": _excludedSubjects = rest.Split(", "); break;
            case "closing-folder": _closingFolders = rest.Split(", "); break;
            case "closing-category": _closingCategories = rest.Split(", "); break;
            case "files": _files = true; break;
            default: throw new InvalidOperationException($"A story cannot say '{setting}'.");
        }
    }

    void ReadMessage(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = TimeOf(words[0], words[1]);
        var arrow = Array.IndexOf(words, "->");
        var rest = string.Join(' ', words[(arrow + 2)..]);
        var from = words[arrow - 1];
        var recipients = words[arrow + 1].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var n = _facts.Count + 1;
        var by = Between(rest, "by ", " ");
        var fact = new MessageFact
        {
            FactId = n,
            Key = MessageKey.Of($"<{n}@acme.example>"),
            MessageId = $"{n}@acme.example",
            At = at,
            From = Address(from),
            Sender = Address(rest.Contains("(on behalf)", StringComparison.Ordinal) ? by : from),
            Author = Address(rest.Contains("(header)", StringComparison.Ordinal) ? by : ""),
            To = [.. recipients.Select(Address)],
            Cc = [.. Between(rest, "cc ", " ").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Address)],
            InReplyTo = n == 1 || words.Contains("new") ? [] : [ParentOf(rest, n)],
            Subject = words.Contains("spam") ? "spam" : "Order",
            Signs = SignsOf(words),
            Folder = _files ? Folder.Unknown : from == "support" ? Folder.SentItems : Folder.Received,
            List = rest.Contains("(list)", StringComparison.Ordinal) ? Address("support")
                : rest.Contains("(other list)", StringComparison.Ordinal) ? Address("dev") : default,
            Size = words.Contains("short") ? 900 : 20_000,
            ReplyTo = [.. Between(rest, "reply-to ", " ").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Address)],
            FlagComplete = rest.Contains("flag complete", StringComparison.Ordinal),
            Categories = Between(rest, "category ", " ").Split(',', StringSplitOptions.RemoveEmptyEntries),
            Filed = Between(rest, "filed ", " ") is { Length: > 0 } path ? [path] : [],
        };
        _labels[fact.Key] = $"{words[0]} {words[1]}";
        _facts.Add(fact);
        if (rest.Contains("(audit)", StringComparison.Ordinal)) _sends.Add(Send(fact, by));
        if (rest.Contains("(audit on behalf)", StringComparison.Ordinal))
            _sends.Add(Send(fact, by) with { Operation = SendOperation.SendOnBehalf });
        if (rest.Contains("(application)", StringComparison.Ordinal))
            _sends.Add(Send(fact, by) with { ActorType = ActorType.Application });
        if (rest.Contains("(audit by subject)", StringComparison.Ordinal))
            _sends.Add(Send(fact, by) with { Key = default, FoldedKey = default, Subject = fact.Subject });
        if (rest.Contains("copy of ", StringComparison.Ordinal)) // the same message in an agent's own Sent Items
            _facts.Add(fact with { FactId = n + 1000, FolderOwner = Address(Between(rest, "copy of ", " ")), Digest = 1 });
    }

    MessageKey ParentOf(string rest, int n)
    {
        var parent = Between(rest, "re ", " ");
        return MessageKey.Of($"<{(parent == "" ? n - 1 : int.Parse(parent, null))}@acme.example>");
    }

    static Signs SignsOf(string[] words) =>
        words.Contains("auto") ? Signs.AutoReplied
        : words.Contains("newsletter") ? Signs.ListUnsubscribe
        : words.Contains("bounce") ? Signs.DeliveryReport
        : Signs.None;

    SendFact Send(MessageFact fact, string by) => new()
    {
        RecordId = new Guid(fact.Key.GetHashCode(), 0, 0, new byte[8]),
        Operation = SendOperation.SendAs,
        At = fact.At!.Value,
        Actor = Address(by),
        Mailbox = Address("support"),
        Key = fact.Key,
        FoldedKey = fact.Key,
    };

    Instant TimeOf(string day, string time)
    {
        var date = day.Length == 3
            ? Monday.PlusDays(Array.IndexOf(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], day))
            : NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;
        var clock = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture(time.Length > 5 ? "HH:mm:ss" : "HH:mm").Parse(time).Value;
        return (date + clock).InZoneLeniently(_zone).ToInstant();
    }

    AddressId Address(string name) => name switch
    {
        "" => default,
        _ when name.Contains('@', StringComparison.Ordinal) || name.StartsWith("S-1", StringComparison.Ordinal) => _addresses.Intern(name),
        "support" or "boss" or "list-bounces" => _addresses.Intern(name + "@acme.example"),
        _ => _addresses.Intern(name + (Agents.Contains(name) ? "@acme.example" : "@customer.example")),
    };

    static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0) return "";
        var rest = text[(from + start.Length)..];
        var to = rest.IndexOf(end, StringComparison.Ordinal);
        return to < 0 ? rest : rest[..to];
    }

    MailboxRules Rules()
    {
        Role[] roles = new Role[_addresses.Count];
        AddressId[] agents = new AddressId[_addresses.Count];
        for (var i = 1; i < _addresses.Count; i++)
        {
            var text = _addresses[new(i)];
            var name = text.Split('@')[0];
            if (text.EndsWith("@acme.example", StringComparison.Ordinal)) roles[i] |= Role.Internal;
            if (name == "support") roles[i] |= Role.Own;
            if (text.StartsWith("s-1", StringComparison.Ordinal)) roles[i] |= Role.Service;
            if (_excluded != "" && name == _excluded) roles[i] |= Role.Excluded;
            if (Agents.Contains(name)) (roles[i], agents[i]) = (roles[i] | Role.Agent, new(i));
        }
        return new()
        {
            Mailbox = Address("support"),
            Roles = new(roles, agents),
            Hours = _open == "" ? [] : [ScheduleText.Parse(_zone.Id, _open)],
            SilenceDays = _silence,
            AuditConnected = _audit,
            ClockStart = _clockStart,
            NoReplyNeeded = _noReply,
            ClosingFolders = _closingFolders,
            ClosingCategories = _closingCategories,
            ExcludedSubjects = _excludedSubjects,
            Policies = _sla is null ? [] : [new SlaPolicy(1, "standard", int.Parse(_sla.TrimEnd('h'), null) * 3600, null)],
        };
    }

    string Report()
    {
        Address("support");
        var text = new StringBuilder();
        foreach (var walk in Corridor.WalkMailbox(_facts, _sends, Rules(), _addresses)) StoryReport.Write(text, walk, Label, Name, _zone);
        return text.ToString().TrimEnd();
    }

    string Label(MessageFact fact) => _labels[fact.Key];

    string Name(AddressId id) => id.IsNone ? "nobody" : _addresses[id].Split('@')[0];
}

using System.Globalization;
using System.Text.RegularExpressions;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Graph;

/// <summary>A $filter over messages: conditions that all have to hold. What real mailboxes refuse is refused here.</summary>
sealed partial class MessageFilter
{
    readonly List<Func<StoredMessage, MessageState, bool>> _conditions = [];
    readonly List<string> _properties = [];

    MessageFilter()
    {
    }

    public bool IsEmpty => _conditions.Count == 0;

    /// <summary>The properties in the order they appear; $orderby has to follow it.</summary>
    public IReadOnlyList<string> Properties => _properties;

    public bool Holds(StoredMessage message, in MessageState state)
    {
        foreach (var condition in _conditions)
            if (!condition(message, state)) return false;
        return true;
    }

    /// <summary>Delta knows one condition: receivedDateTime ge or gt a time.</summary>
    public static MessageFilter ParseDelta(string? text, Company company)
    {
        var filter = Parse(text, company);
        if (text is null) return filter;
        return Conditions().Match(text) is { Success: true } match && match.Groups["name"].Value == "receivedDateTime"
            && match.Groups["op"].Value is "ge" or "gt" && filter._conditions.Count == 1
            ? filter
            : throw GraphError.BadRequest("The only supported $filter expressions are receivedDateTime ge and receivedDateTime gt.");
    }

    public static MessageFilter Parse(string? text, Company company)
    {
        var filter = new MessageFilter();
        if (string.IsNullOrWhiteSpace(text)) return filter;
        if (Property().Match(text) is { Success: true } property)
        {
            filter.AddProperty(company, property.Groups["id"].Value, property.Groups["value"].Value);
            return filter;
        }
        foreach (var part in And().Split(text))
        {
            var match = Conditions().Match(part.Trim());
            if (!match.Success) throw GraphError.BadRequest($"Invalid filter clause: '{part}'.");
            filter.Add(company, match.Groups["name"].Value, match.Groups["op"].Value, match.Groups["value"].Value);
        }
        return filter;
    }

    void AddProperty(Company company, string id, string value) =>
        _conditions.Add((message, state) => id.Equals("String 0x1042", StringComparison.OrdinalIgnoreCase)
            ? message.Letter.Parent?.IdSeenOutside == value
            : id.Equals("String 0x1035", StringComparison.OrdinalIgnoreCase) && message.Letter.MessageId == value);

    void Add(Company company, string name, string op, string value)
    {
        _properties.Add(name);
        var text = value.Trim('\'').Replace("''", "'", StringComparison.Ordinal);
        _conditions.Add(name switch
        {
            "receivedDateTime" => Compare(company, op, text, MessageWriter.ReceivedAt),
            "sentDateTime" => Compare(company, op, text, MessageWriter.SentAt),
            "createdDateTime" => Compare(company, op, text, (message, in _) => message.AppearsAt),
            "lastModifiedDateTime" => Compare(company, op, text, (_, in state) => state.ModifiedAt),
            "internetMessageId" when op == "eq" => (message, _) => message.Letter.MessageId == text,
            "conversationId" when op == "eq" => OfConversation(text),
            "isDraft" when op == "eq" => (_, state) => state.IsDraft == (text == "true"),
            "isRead" when op == "eq" => (_, state) => state.IsRead == (text == "true"),
            "from/emailAddress/address" when op == "eq" => (message, _) =>
                text.Equals(new Envelope(company, message.Letter).From?.Address, StringComparison.OrdinalIgnoreCase),
            _ => throw GraphError.TooComplex(),
        });
    }

    static Func<StoredMessage, MessageState, bool> OfConversation(string id)
    {
        var guid = MessageKeys.ReadConversation(id);
        return (message, _) => message.Letter.ConversationGuid == guid;
    }

    delegate int TimeOf(StoredMessage message, in MessageState state);

    static Func<StoredMessage, MessageState, bool> Compare(Company company, string op, string text, TimeOf timeOf)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var instant))
            throw GraphError.BadRequest($"Invalid filter clause: '{text}' is no date.");
        var ticks = instant.UtcDateTime.Ticks;
        return (message, state) =>
        {
            var order = company.At(timeOf(message, state)).Ticks.CompareTo(ticks);
            return op switch
            {
                "ge" => order >= 0, "gt" => order > 0, "le" => order <= 0, "lt" => order < 0, "eq" => order == 0,
                _ => order != 0,
            };
        };
    }

    [GeneratedRegex("\\s+and\\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex("^\\(?(?<name>[A-Za-z/]+)\\s+(?<op>eq|ne|ge|gt|le|lt)\\s+(?<value>'.*'|[^\\s')]+)\\)?$")]
    private static partial Regex Conditions();

    [GeneratedRegex("^singleValueExtendedProperties/any\\((?<e>\\w+):\\s*" +
        "\\k<e>/id eq '(?<id>[^']+)' and \\k<e>/value eq '(?<value>[^']*)'\\)$")]
    private static partial Regex Property();
}

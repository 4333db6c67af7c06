using System.Text;
using System.Text.Json;
using OnBehalf.Simulator;
using OnBehalf.Tests.Simulator;

namespace OnBehalf.Tests.Walks;

/// <summary>A message as the tenant knows it. Times are seconds since 1970 UTC.</summary>
sealed record TrueMessage(
    string Mailbox, string Id, string Conversation, long At, bool IsOutbound, bool IsHuman, string? Agent, bool IsTouch);

/// <summary>A wait as a reader of the mailbox can see it.</summary>
sealed record TrueWait(
    string Mailbox, string Conversation, int Cycle, bool IsFirst, string OpenedBy, long OpenedAt, string? AnsweredBy, long? AnsweredAt,
    string? Agent);

/// <summary>
/// What the simulated tenant says of itself, read from its JSON lines. Nothing of the engine is used: the figures that are
/// made of it are another hand's.
/// </summary>
sealed class Truth
{
    readonly Dictionary<string, string> _agents = new(StringComparer.OrdinalIgnoreCase);

    readonly Dictionary<string, string> _names = [];

    public static Truth Of(SimulatedTenant tenant, DateTimeOffset asOf)
    {
        using var stream = new MemoryStream();
        tenant.WriteTruth(stream, asOf);
        return new(Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line)).ToList());
    }

    Truth(List<JsonElement> lines)
    {
        var tenant = lines.First(line => line.IsOf("tenant"));
        Zone = tenant.Text("zone")!;
        Closed = [.. tenant.GetProperty("closed").EnumerateArray().Select(date => DateOnly.Parse(date.GetString()!, null))];
        foreach (var agent in lines.Where(line => line.IsOf("agent")))
            foreach (var name in (string[])["address", "formerAddress"])
                if (agent.Text(name) is { } address) _agents[address] = agent.Text("id")!;
        foreach (var agent in lines.Where(line => line.IsOf("agent"))) _names[agent.Text("id")!] = agent.Text("name")!;
        Mailboxes = [.. lines.Where(line => line.IsOf("mailbox")).Select(line => line.Text("address")!)];
        Messages = [.. lines.Where(IsReadable).Select(ToMessage)];
        var authors = Messages.Where(m => m.IsOutbound).ToDictionary(m => (m.Mailbox, m.Id), m => m.Agent);
        Waits =
        [
            .. lines.Where(line => line.IsOf("wait") && line.Text("lens") == "visible").Select(line => ToWait(line, authors)),
        ];
    }

    /// <summary>The zone of the company's hours.</summary>
    public string Zone { get; }

    /// <summary>Dates on which nobody works.</summary>
    public IReadOnlyList<DateOnly> Closed { get; }

    public IReadOnlyList<string> Mailboxes { get; }

    /// <summary>What lies in a shared mailbox, where a reader looks.</summary>
    public IReadOnlyList<TrueMessage> Messages { get; }

    public IReadOnlyList<TrueWait> Waits { get; }

    /// <summary>Who has an address, now or formerly; null: nobody.</summary>
    public string? AgentOf(string address) => _agents.GetValueOrDefault(address);

    /// <summary>What people call an agent.</summary>
    public string NameOf(string agent) => _names[agent];

    static bool IsReadable(JsonElement line) => line.IsOf("message") && line.Is("inSharedMailbox")
        && line.Text("folder") is not ("RecoverableItems" or "ConversationHistory");

    // An author whom nothing names is nobody's work, and is not guessed here either.
    static TrueMessage ToMessage(JsonElement line)
    {
        var isOutbound = line.Text("direction") == "outbound";
        return new(line.Text("mailbox")!, Id(line, "messageId")!, line.Text("conversation")!, Seconds(line, "at"), isOutbound,
            line.Text("kind") == "Human", isOutbound && line.Text("knowable") != "no" ? line.Text("pressedBy") : null,
            isOutbound && line.Is("touch"));
    }

    static TrueWait ToWait(JsonElement line, Dictionary<(string, string), string?> authors)
    {
        var (mailbox, answer) = (line.Text("mailbox")!, Id(line, "answeredBy"));
        return new(mailbox, line.Text("conversation")!, line.GetProperty("cycle").GetInt32(), line.Is("first"),
            Id(line, "openedBy")!, Seconds(line, "openedAt"), answer, answer is null ? null : Seconds(line, "answeredAt"),
            answer is null ? null : authors[(mailbox, answer)]);
    }

    static string? Id(JsonElement line, string name) => line.Text(name)?.Trim('<', '>');

    static long Seconds(JsonElement line, string name) => line.GetProperty(name).GetDateTimeOffset().ToUnixTimeSeconds();
}

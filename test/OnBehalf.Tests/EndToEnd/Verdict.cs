using System.Text;
using System.Text.Json;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Store;
using OnBehalf.Tests.Simulator;
using OnBehalf.Workers;

namespace OnBehalf.Tests.EndToEnd;

/// <summary>What a store found out, held against what the simulated tenant knows.</summary>
sealed class Verdict
{
    const int Shown = 12;

    readonly Dictionary<(string Mailbox, string Id), (Finding Finding, AttributedMessage Message)> _found = [];
    readonly Dictionary<long, string> _ids = [];
    readonly Dictionary<long, Finding> _answers = []; // by the fact that opened the wait
    readonly Dictionary<string, string> _agents = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> _shared;
    readonly List<JsonElement> _truth;
    readonly List<string> _wrong = [];

    Verdict(List<JsonElement> truth)
    {
        _truth = truth;
        _shared = [.. truth.Where(line => line.IsOf("conversation") && line.Is("sharesConversationId"))
            .Select(line => line.Text("mailbox")! + line.Text("conversation"))];
        foreach (var agent in truth.Where(line => line.IsOf("agent")))
            foreach (var name in (string[])["address", "formerAddress"])
                if (agent.Text(name) is { } address) _agents[address] = agent.Text("id")!;
    }

    /// <summary>Outbound messages by people that truth and the reader both have.</summary>
    public int Outbound { get; private set; }
    public int Known { get; private set; }
    public int KnownRightly { get; private set; }
    public int Knowable { get; private set; }
    public int CertainAndWrong { get; private set; }
    public int Waits { get; private set; }
    public int WrongWaits { get; private set; }
    public int Missing { get; private set; }
    public int WrongKinds { get; private set; }

    public double Coverage => Outbound == 0 ? 1 : Known / (double)Outbound;
    public double KnowableShare => Outbound == 0 ? 1 : Knowable / (double)Outbound;

    /// <summary>Reads truth as of now, and the store.</summary>
    public static Verdict Of(MailStore store, Action<Stream> writeTruth)
    {
        using var stream = new MemoryStream();
        writeTruth(stream);
        var truth = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line)).ToList();
        var verdict = new Verdict(truth);
        verdict.ReadFindings(store);
        verdict.JudgeMessages(store.Addresses);
        verdict.JudgeWaits();
        return verdict;
    }

    public override string ToString() =>
        $"""
        {Outbound:N0} outbound by people; known {Known:N0} ({Coverage:P2}), knowable {Knowable:N0} ({KnowableShare:P2}),
        rightly {KnownRightly:N0}, certain and wrong {CertainAndWrong:N0}; waits {Waits:N0}, wrong {WrongWaits:N0};
        missing {Missing:N0}, taken for a person's or a machine's wrongly {WrongKinds:N0}
        {string.Join("\n", _wrong.GroupBy(wrong => wrong.Split(':')[0]).SelectMany(group => group.Take(Shown)))}
        """;

    void ReadFindings(MailStore store)
    {
        var rules = store.Settings.Rules();
        foreach (var mailbox in store.Facts.Mailboxes())
            foreach (var walk in Recompute.Walks(store, rules, mailbox, TestContext.Current.CancellationToken))
                for (var i = 0; i < walk.Findings.Count; i++)
                {
                    var message = walk.Messages[i];
                    _found[(store.Addresses[mailbox], message.Fact.MessageId)] = (walk.Findings[i], message);
                    _ids[walk.Findings[i].FactId] = message.Fact.MessageId;
                    if (walk.Findings[i].Response is { } response) _answers[response.OpenedBy] = walk.Findings[i];
                }
    }

    void JudgeMessages(Addresses addresses)
    {
        foreach (var line in _truth.Where(line => line.IsOf("message") && IsReadable(line)))
        {
            var id = line.Text("messageId")!.Trim('<', '>');
            if (!_found.TryGetValue((line.Text("mailbox")!, id), out var ours))
            {
                Missing++;
                _wrong.Add($"missing: {line}");
                continue;
            }
            var isOutbound = line.Text("direction") == "outbound";
            // A notification is a system's for the tenant, and bulk by docs/metrics.md: what counts is who can wait.
            if (ours.Finding.Kind == Kind.Human != (line.Text("kind") == "Human"))
            {
                WrongKinds++;
                _wrong.Add($"kind: {ours.Finding.Kind} {ours.Finding.Direction} {ours.Finding.Reason} {ours.Message.Fact.Folder} {line}");
            }
            if (isOutbound && line.Text("kind") == "Human") JudgeAuthor(line, ours.Finding, addresses);
        }
    }

    void JudgeAuthor(JsonElement line, Finding finding, Addresses addresses)
    {
        Outbound++;
        if (line.Text("knowable") != "no") Knowable++;
        if (finding.Evidence == Evidence.None)
        {
            if (line.Text("knowable") != "no") _wrong.Add($"unknown: {finding.Reason} {line}");
            return;
        }
        Known++;
        if (_agents.GetValueOrDefault(addresses[finding.Agent]) == line.Text("pressedBy")) KnownRightly++;
        else
        {
            _wrong.Add($"author: {addresses[finding.Agent]} {finding.Evidence} {line}");
            if (finding.Evidence != Evidence.AuditBySubjectAndTime) CertainAndWrong++;
        }
    }

    void JudgeWaits()
    {
        var expected = _truth.Where(line => line.IsOf("wait") && line.Text("lens") == "visible" && !IsShared(line))
            .ToDictionary(line => (line.Text("mailbox")!, line.Text("openedBy")!.Trim('<', '>')));
        foreach (var (key, line) in expected)
        {
            Waits++;
            var answered = line.Text("answeredBy")?.Trim('<', '>');
            var ours = _found.GetValueOrDefault(key).Finding?.Wait;
            var byUs = ours?.End == WaitEnd.Answered
                ? _answers.GetValueOrDefault(_found[key].Finding.FactId) : null;
            var isSame = ours is not null && (answered is null) == (byUs is null)
                && (byUs is null || (_ids[byUs.FactId] == answered
                    && byUs.Response!.Waited.Calendar == line.GetProperty("calendarSeconds").GetInt32()));
            if (isSame) continue;
            WrongWaits++;
            var said = byUs is null ? ours?.End.ToString() : $"{_ids[byUs.FactId]} {byUs.Response!.Waited.Calendar}";
            _wrong.Add($"wait: ours {said ?? "none"}; {line}");
        }
        foreach (var (key, one) in _found.Where(pair => pair.Value.Finding.Wait is not null && !expected.ContainsKey(pair.Key)))
        {
            if (IsShared(_truth.FirstOrDefault(line => line.IsOf("message") && line.Text("mailbox") == key.Mailbox
                && line.Text("messageId")!.Trim('<', '>') == key.Id))) continue;
            WrongWaits++;
            _wrong.Add($"invented wait: {key} {one.Finding.Kind} {one.Finding.Wait!.End}");
        }
    }

    bool IsShared(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && _shared.Contains(line.Text("mailbox")! + line.Text("conversation"));

    static bool IsReadable(JsonElement line) =>
        line.Is("inSharedMailbox") && line.Text("folder") is not ("RecoverableItems" or "ConversationHistory");
}

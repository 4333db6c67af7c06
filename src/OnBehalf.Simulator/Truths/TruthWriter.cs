using System.Text.Json;
using OnBehalf.Simulator.Audit;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Truths;

/// <summary>
/// Writes what really happened up to an instant, one JSON object a line: the tenant, agents, mailboxes, then each mailbox's
/// messages, waits and conversations. The README describes every property.
/// </summary>
sealed class TruthWriter(Company company, Shelf shelf, int asOf)
{
    const int AuditGraceSeconds = 24 * 3_600;

    public void WriteTo(Stream stream)
    {
        Line(stream, WriteTenant);
        foreach (var agent in company.Agents) Line(stream, json => WriteAgent(json, agent));
        foreach (var mailbox in company.Mailboxes) Line(stream, json => WriteMailbox(json, mailbox));
        foreach (var mailbox in company.Mailboxes) WriteContent(stream, shelf.Open(mailbox), mailbox);
    }

    void WriteContent(Stream stream, Correspondence content, SharedMailbox mailbox)
    {
        var seen = new Dictionary<Letter, StoredMessage>();
        foreach (var stored in content.Stored)
            if (stored.StateAt(asOf) is { Exists: true, IsDraft: false }) seen.TryAdd(stored.Letter, stored);
        var letters = content.Letters.Where(letter => letter.At <= asOf).ToList();
        foreach (var talk in letters.GroupBy(letter => letter.Talk))
        {
            var world = Ledger.Of(talk);
            foreach (var letter in talk)
                Line(stream, json => WriteMessage(json, mailbox, letter, seen.GetValueOrDefault(letter), world));
            WriteWaits(stream, mailbox, world, "world");
            WriteWaits(stream, mailbox, Ledger.Of(talk.Where(letter => IsReadable(letter, seen))), "visible");
            Line(stream, json => WriteConversation(json, mailbox, talk.Key, [.. talk]));
        }
    }

    /// <summary>A reader sees a letter in the shared mailbox, or in an agent's Sent Items where agents agreed.</summary>
    bool IsReadable(Letter letter, Dictionary<Letter, StoredMessage> seen) =>
        seen.ContainsKey(letter) || (company.Scenario.AgentCopiesGranted && letter is { By: not null, Desk: Desk.OwnProfile });

    void WriteTenant(Utf8JsonWriter json)
    {
        json.WriteString("type", "tenant");
        json.WriteString("scenario", company.Scenario.Name);
        json.WriteNumber("seed", company.Options.Seed);
        json.WriteString("tenantId", company.TenantId);
        json.WriteString("asOf", company.At(asOf));
        json.WriteString("zone", Company.ZoneName);
        json.WriteString("opens", "08:00");
        json.WriteString("closes", "17:00");
        json.WriteString("days", "Mon-Fri");
        json.WriteStartArray("closed");
        foreach (var date in company.Closed.Order()) json.WriteStringValue(date.ToString("uuuu-MM-dd", null));
        json.WriteEndArray();
        json.WriteNumber("silenceDays", Ledger.SilenceDays);
        json.WriteNumber("collisionMinutes", Ledger.CollisionMinutes);
        json.WriteBoolean("unifiedAudit", company.Scenario.UnifiedAudit);
        json.WriteBoolean("agentCopiesGranted", company.Scenario.AgentCopiesGranted);
    }

    void WriteAgent(Utf8JsonWriter json, Agent agent)
    {
        json.WriteString("type", "agent");
        json.WriteString("id", agent.ObjectId);
        json.WriteString("name", agent.NameAt(asOf));
        json.WriteString("address", agent.AddressAt(asOf));
        if (agent.Former is { } former && former.Until <= asOf) json.WriteString("formerAddress", former.Address);
        if (agent.LeftAt <= asOf) json.WriteString("leftAt", company.At(agent.LeftAt));
        json.WriteString("region", agent.Region);
        json.WriteBoolean("auditBypassed", agent.IsBypassed);
    }

    void WriteMailbox(Utf8JsonWriter json, SharedMailbox mailbox)
    {
        json.WriteString("type", "mailbox");
        json.WriteString("id", mailbox.ObjectId);
        json.WriteString("address", mailbox.Address);
        json.WriteString("alias", mailbox.Alias);
        json.WriteString("grant", mailbox.Setup.Grant.ToString());
        json.WriteString("region", mailbox.Setup.Region);
        json.WriteBoolean("copySentAs", mailbox.Setup.CopySentAs);
        json.WriteBoolean("copyOnBehalf", mailbox.Setup.CopyOnBehalf);
        json.WriteBoolean("audited", company.Scenario.UnifiedAudit && mailbox.Setup.AuditEnabled);
        json.WriteStartArray("team");
        foreach (var agent in mailbox.Team) json.WriteStringValue(agent.ObjectId);
        json.WriteEndArray();
    }

    void WriteMessage(Utf8JsonWriter json, SharedMailbox mailbox, Letter letter, StoredMessage? stored, Ledger world)
    {
        json.WriteString("type", "message");
        json.WriteString("mailbox", mailbox.Address);
        json.WriteString("messageId", letter.MessageId);
        json.WriteString("conversation", letter.Talk.Id);
        json.WriteString("at", company.At(letter.At));
        json.WriteString("direction", letter.IsOutbound ? "outbound" : "inbound");
        json.WriteString("kind", letter.Kind.ToString());
        json.WriteString("form", letter.Form.ToString());
        if (letter.Parent is { } parent) json.WriteString("answers", parent.MessageId);
        json.WriteBoolean("inSharedMailbox", stored is not null);
        if (stored is not null) json.WriteString("folder", stored.StateAt(asOf).Folder.ToString());
        if (letter.IsOutbound) WriteSender(json, mailbox, letter, stored is not null, world);
    }

    void WriteSender(Utf8JsonWriter json, SharedMailbox mailbox, Letter letter, bool isInSharedMailbox, Ledger world)
    {
        if (letter.By is { } agent) json.WriteString("pressedBy", agent.ObjectId);
        else json.WriteNull("pressedBy");
        json.WriteString("right", letter.Right.ToString());
        json.WriteString("desk", letter.Desk.ToString());
        json.WriteBoolean("touch", letter.IsTouch);
        json.WriteBoolean("collision", world.Collisions.Contains(letter));
        var fate = AuditFate.Of(company, mailbox, letter);
        if (fate.AvailableAt is { } available) json.WriteString("auditAvailableAt", company.At(available));
        var evidence = Evidence(letter, fate, isInSharedMailbox);
        json.WriteString("knowable", evidence.Count == 0 ? "no" : evidence.Any(IsCertain) ? "certain" : "likely");
        json.WriteStartArray("evidence");
        foreach (var piece in evidence) json.WriteStringValue(piece);
        json.WriteEndArray();
        if (evidence.Count == 0) json.WriteString("reason", Reason(letter, fate));
    }

    static bool IsCertain(string evidence) => evidence != "AuditBySubjectAndTime";

    List<string> Evidence(Letter letter, AuditFate fate, bool isInSharedMailbox)
    {
        var evidence = new List<string>(3);
        if (letter.By is null) return evidence;
        if (letter.Right == SendRight.OwnName && isInSharedMailbox) evidence.Add("OwnName");
        if (letter.Right == SendRight.OnBehalf && isInSharedMailbox) evidence.Add("OnBehalf");
        if (company.Scenario.AgentCopiesGranted && letter.Desk == Desk.OwnProfile) evidence.Add("AgentSentCopy");
        if (fate.AvailableAt <= asOf)
            evidence.Add(!fate.HasMessageId ? "AuditBySubjectAndTime"
                : letter.Right == SendRight.OnBehalf ? "AuditSendOnBehalf" : "AuditSendAs");
        return evidence;
    }

    string Reason(Letter letter, AuditFate fate)
    {
        if (letter.Kind != LetterKind.Human) return "AutomatedMessage";
        if (fate.Absence is { } absence) return absence;
        if (letter.Right == SendRight.OwnName) return "NotInSharedMailbox";
        if (fate.AvailableAt > asOf) return asOf - letter.At < AuditGraceSeconds ? "Pending" : "AuditRecordMissing";
        return AuditRecords.IsSystemSend(letter) ? "SystemSender" : "ApplicationSender";
    }

    void WriteWaits(Stream stream, SharedMailbox mailbox, Ledger ledger, string lens)
    {
        foreach (var wait in ledger.Waits)
            Line(stream, json =>
            {
                json.WriteString("type", "wait");
                json.WriteString("lens", lens);
                json.WriteString("mailbox", mailbox.Address);
                json.WriteString("conversation", wait.Opened.Talk.Id);
                json.WriteNumber("cycle", wait.Cycle);
                json.WriteBoolean("first", wait.IsFirst);
                json.WriteString("openedBy", wait.Opened.MessageId);
                json.WriteString("openedAt", company.At(wait.Opened.At));
                if (wait.Answer is { } answer) WriteAnswer(json, wait, answer);
            });
    }

    void WriteAnswer(Utf8JsonWriter json, TrueWait wait, Letter answer)
    {
        json.WriteString("answeredBy", answer.MessageId);
        json.WriteString("answeredAt", company.At(answer.At));
        json.WriteString("agent", answer.By!.ObjectId); // An answer is by an agent: the ledger takes no other.
        json.WriteNumber("calendarSeconds", answer.At - wait.Opened.At);
        json.WriteNumber("businessSeconds", company.Hours.SecondsBetween(wait.Opened.At, answer.At));
    }

    static void WriteConversation(Utf8JsonWriter json, SharedMailbox mailbox, Talk talk, IReadOnlyList<Letter> letters)
    {
        json.WriteString("type", "conversation");
        json.WriteString("mailbox", mailbox.Address);
        json.WriteString("conversation", talk.Id);
        json.WriteString("subject", talk.Topic);
        json.WriteBoolean("sharesConversationId", talk.SharesId);
        json.WriteNumber("messages", letters.Count);
        json.WriteNumber("inboundHuman", letters.Count(letter => letter is { IsOutbound: false, Kind: LetterKind.Human }));
        json.WriteNumber("outboundHuman", letters.Count(letter => letter is { IsOutbound: true, Kind: LetterKind.Human }));
        if (talk.Twin is { } twin) json.WriteString("alsoWrittenTo", twin.Address);
    }

    static void Line(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }
}

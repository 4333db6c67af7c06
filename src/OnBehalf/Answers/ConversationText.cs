using System.Buffers;
using System.Text.Json;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Findings;
using OnBehalf.Engine.Waits;

namespace OnBehalf.Answers;

/// <summary>
/// One conversation for programs: each message with what was seen, who wrote it and by which evidence, what it was joined to
/// and what it opened or answered; each wait by three clocks. It is what <c>onbehalf explain</c> tells in words.
/// </summary>
static class ConversationText
{
    /// <summary>Writes a walk through the corridor.</summary>
    public static ReadOnlyMemory<byte> Write(Walk walk, AddressId mailbox, Func<AddressId, string> textOf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, AnswerText.Plain);
        json.WriteStartObject();
        json.WriteString("conversation", $"c{walk.Conversation.Name}");
        json.WriteString("mailbox", textOf(mailbox));
        json.WriteNumber("definition_version", Corridor.EngineVersion);
        json.WriteStartArray("messages");
        for (var i = 0; i < walk.Messages.Count; i++) WriteMessage(json, walk, i, textOf);
        json.WriteEndArray();
        json.WriteStartArray("waits");
        foreach (var wait in walk.Waits) WriteWait(json, walk, wait, textOf);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenMemory;
    }

    static void WriteMessage(Utf8JsonWriter json, Walk walk, int i, Func<AddressId, string> textOf)
    {
        var (message, finding) = (walk.Messages[i], walk.Findings[i]);
        var fact = message.Fact;
        json.WriteStartObject();
        json.WriteString("message_id", fact.MessageId);
        if (fact.At is { } at) json.WriteString("at", AnswerText.Text(at));
        else json.WriteNull("at");
        json.WriteString("subject", fact.Subject);
        json.WriteString("direction", message.Direction.ToString());
        json.WriteString("kind", message.Kind.ToString());
        Address(json, "from", fact.From, textOf);
        Address(json, "sender", fact.Sender, textOf);
        List(json, "to", fact.To.Select(textOf));
        List(json, "cc", fact.Cc.Select(textOf));
        List(json, "categories", fact.Categories);
        json.WriteString("joined_by", message.Joined.Rule.ToString());
        if (message.Joined.Parent >= 0) json.WriteString("joined_to", walk.Messages[message.Joined.Parent].Fact.MessageId);
        else json.WriteNull("joined_to");
        WriteAuthor(json, message, textOf);
        json.WriteBoolean("opened_wait", finding.Marks.HasFlag(Marks.OpenedWait));
        json.WriteBoolean("answered_wait", finding.Marks.HasFlag(Marks.AnsweredWait));
        json.WriteBoolean("touch", finding.Marks.HasFlag(Marks.Touch));
        json.WriteBoolean("collision", finding.Marks.HasFlag(Marks.Collision));
        json.WriteEndObject();
    }

    static void WriteAuthor(Utf8JsonWriter json, in AttributedMessage message, Func<AddressId, string> textOf)
    {
        Address(json, "author", message.Author, textOf);
        if (message.Attribution is not { } attribution)
        {
            json.WriteNull("attribution");
            return;
        }
        json.WriteStartObject("attribution");
        var (state, by, reason) = attribution.Match<(string, string?, string?)>(
            known => ("Known", known.Evidence.ToString(), null),
            _ => ("Ambiguous", null, null),
            unknown => ("Unattributed", null, unknown.Reason.ToString()));
        json.WriteString("state", state);
        json.WriteString("evidence", by);
        json.WriteString("reason", reason);
        json.WriteStartArray("pieces");
        foreach (var piece in attribution.Pieces)
        {
            json.WriteStartObject();
            json.WriteString("evidence", piece.Evidence.ToString());
            json.WriteString("grade", piece.Grade.ToString());
            Address(json, "agent", piece.Agent, textOf);
            json.WriteString("audit_record", piece.Source?.ToString());
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteWait(Utf8JsonWriter json, Walk walk, in MeasuredWait measured, Func<AddressId, string> textOf)
    {
        var wait = measured.Wait;
        json.WriteStartObject();
        json.WriteString("response", wait.IsFirst ? "first" : "next");
        json.WriteString("opened_by", walk.Messages[wait.Opener].Fact.MessageId);
        json.WriteString("opened_at", AnswerText.Text(measured.OpenedAt));
        json.WriteString("end", wait.End.ToString());
        json.WriteString("ended_at", wait.EndedAt is { } ended ? AnswerText.Text(ended) : null);
        json.WriteString("answered_by", wait.Answer >= 0 ? walk.Messages[wait.Answer].Fact.MessageId : null);
        Address(json, "agent", wait.Answer >= 0 ? walk.Messages[wait.Answer].Author : default, textOf);
        if (wait.EndedAt is null) json.WriteNull("waited_seconds");
        else
        {
            json.WriteStartObject("waited_seconds");
            json.WriteNumber("calendar", measured.Waited.Calendar);
            json.WriteNumber("mailbox", measured.Waited.Mailbox);
            json.WriteNumber("agent", measured.Waited.Agent);
            json.WriteEndObject();
        }
        json.WriteString("due_at", measured.Promise.Due > 0 ? AnswerText.Text(measured.Promise.Due) : null);
        json.WriteEndObject();
    }

    static void Address(Utf8JsonWriter json, string name, AddressId id, Func<AddressId, string> textOf) =>
        json.WriteString(name, id.IsNone ? null : textOf(id));

    static void List(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}

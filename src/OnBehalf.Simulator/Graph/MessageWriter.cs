using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Graph;

/// <summary>How much of a message a reader gets.</summary>
/// <param name="Fields">What was selected.</param>
/// <param name="Immutable">Which kind of id.</param>
/// <param name="ReadsBodies">Whether the token has Mail.Read.</param>
/// <param name="TypesEach">Whether every message names its type, as delta pages do.</param>
/// <param name="Properties">The extended properties to expand.</param>
sealed record MessageView(
    MessageFields Fields, bool Immutable, bool ReadsBodies, bool TypesEach, IReadOnlyList<string> Properties);

/// <summary>Writes messages as Graph v1.0 does: names, order and forms of the published examples.</summary>
sealed class MessageWriter(Company company, Mailbox mailbox, MessageView view)
{
    static class Name
    {
        public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
        public static readonly JsonEncodedText EmailAddress = JsonEncodedText.Encode("emailAddress");
        public static readonly JsonEncodedText PersonName = JsonEncodedText.Encode("name");
        public static readonly JsonEncodedText Address = JsonEncodedText.Encode("address");
        public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
        public static readonly JsonEncodedText Headers = JsonEncodedText.Encode("internetMessageHeaders");
        public static readonly JsonEncodedText Type = JsonEncodedText.Encode("@odata.type");
        public static readonly JsonEncodedText Etag = JsonEncodedText.Encode("@odata.etag");
    }

    readonly MessageFields _fields = view.ReadsBodies ? view.Fields : view.Fields & ~MessageFields.NeedsMailRead;

    /// <summary>The properties of one message, without the braces around them.</summary>
    public void Write(Utf8JsonWriter json, StoredMessage message, in MessageState state)
    {
        var letter = message.Letter;
        WriteType(json, letter);
        WriteKeys(json, message, state);
        WriteTimes(json, message, state);
        WriteContent(json, letter, state);
        WriteMarks(json, letter, state);
        WriteParties(json, letter, state);
        if (Has(MessageFields.Flag)) WriteFlag(json, state);
        if (Has(MessageFields.InternetMessageHeaders) && HasHeaders(state)) WriteHeaders(json, letter);
        if (view.Properties.Count > 0) ExtendedProperties.Write(json, company, letter, state, view.Properties);
    }

    bool Has(MessageFields field) => (_fields & field) != 0;

    /// <summary>Messages in Sent Items and Drafts never came over the wire, so Graph has no headers for them.</summary>
    bool HasHeaders(in MessageState state) =>
        state.Folder != FolderCode.Drafts
        && (state.Folder != FolderCode.SentItems || company.Quirks[Quirk.NoSentHeaders] == 0);

    void WriteType(Utf8JsonWriter json, Letter letter)
    {
        if (TypeOf(letter) is { } type) json.WriteString(Name.Type, type);
        else if (view.TypesEach) json.WriteString(Name.Type, "#microsoft.graph.message");
    }

    static string? TypeOf(Letter letter) => letter.Form switch
    {
        LetterForm.MeetingRequest => "#microsoft.graph.eventMessageRequest",
        LetterForm.MeetingAnswer => "#microsoft.graph.eventMessageResponse",
        _ => null,
    };

    void WriteKeys(Utf8JsonWriter json, StoredMessage message, in MessageState state)
    {
        Span<byte> text = stackalloc byte[MessageKeys.LongestText];
        Span<byte> etag = stackalloc byte[48];
        var length = MessageKeys.WriteChangeKey(text, mailbox, message, state);
        "W/\""u8.CopyTo(etag);
        text[..length].CopyTo(etag[3..]);
        etag[3 + length] = (byte)'"';
        json.WriteString(Name.Etag, etag[..(length + 4)]);
        if (Has(MessageFields.ChangeKey)) json.WriteString("changeKey"u8, text[..length]);
        length = MessageKeys.Write(text, mailbox, message, state, view.Immutable);
        json.WriteString(Name.Id, text[..length]);
        if (Has(MessageFields.WebLink))
            json.WriteString("webLink"u8, "https://outlook.office365.com/owa/?ItemID=" +
                Uri.EscapeDataString(MessageKeys.Of(mailbox, message, state, immutable: false)) +
                "&exvsurl=1&viewmodel=ReadMessageItem");
        if (Has(MessageFields.ParentFolderId))
            json.WriteString("parentFolderId"u8, text[..MessageKeys.WriteFolder(text, mailbox, state.Folder)]);
        if (Has(MessageFields.ConversationId))
            json.WriteString("conversationId"u8, text[..MessageKeys.WriteConversation(text, mailbox, message.Letter.ConversationGuid)]);
        if (Has(MessageFields.ConversationIndex)) json.WriteBase64String("conversationIndex"u8, message.Letter.Index);
    }

    void WriteTimes(Utf8JsonWriter json, StoredMessage message, in MessageState state)
    {
        if (Has(MessageFields.CreatedDateTime)) json.WriteString("createdDateTime"u8, company.At(message.AppearsAt));
        if (Has(MessageFields.LastModifiedDateTime)) json.WriteString("lastModifiedDateTime"u8, company.At(state.ModifiedAt));
        if (Has(MessageFields.ReceivedDateTime)) json.WriteString("receivedDateTime"u8, company.At(ReceivedAt(message, state)));
        if (Has(MessageFields.SentDateTime)) json.WriteString("sentDateTime"u8, company.At(SentAt(message, state)));
    }

    /// <summary>A copy is received when it is made; a reply written in the mailbox itself, when it was sent.</summary>
    public static int ReceivedAt(StoredMessage message, in MessageState state) =>
        state.IsDraft || message.Changes.Length == 1 ? message.AppearsAt : message.Letter.At;

    public static int SentAt(StoredMessage message, in MessageState state) =>
        state.IsDraft ? message.AppearsAt : message.Letter.At + (message.Letter.IsOutbound ? 0 : message.Letter.ClockError);

    void WriteContent(Utf8JsonWriter json, Letter letter, in MessageState state)
    {
        if (Has(MessageFields.HasAttachments)) json.WriteBoolean("hasAttachments"u8, letter.IdSeed % 8 == 0 || letter.IsProtected);
        if (Has(MessageFields.InternetMessageId)) json.WriteString("internetMessageId"u8, letter.MessageId);
        if (Has(MessageFields.Subject)) json.WriteString("subject"u8, new Envelope(company, letter).Subject);
        if (Has(MessageFields.BodyPreview)) json.WriteString("bodyPreview"u8, LetterText.Of(letter));
        if (Has(MessageFields.Body)) WriteBody(json, "body"u8, letter);
        if (Has(MessageFields.UniqueBody)) WriteBody(json, "uniqueBody"u8, letter);
        if (!Has(MessageFields.Categories)) return;
        json.WriteStartArray("categories"u8);
        if (state.IsCategorised) json.WriteStringValue("Green category"u8);
        json.WriteEndArray();
    }

    static void WriteBody(Utf8JsonWriter json, ReadOnlySpan<byte> name, Letter letter)
    {
        json.WriteStartObject(name);
        json.WriteString("contentType"u8, "text"u8);
        json.WriteString("content"u8, LetterText.Of(letter));
        json.WriteEndObject();
    }

    void WriteMarks(Utf8JsonWriter json, Letter letter, in MessageState state)
    {
        if (Has(MessageFields.Importance)) json.WriteString("importance"u8, letter.IdSeed % 20 == 0 ? "high"u8 : "normal"u8);
        if (Has(MessageFields.IsDeliveryReceiptRequested))
        {
            // Graph leaves it null on what was written in the mailbox.
            if (letter.IsOutbound || letter.Kind == LetterKind.Calendar) json.WriteNull("isDeliveryReceiptRequested"u8);
            else json.WriteBoolean("isDeliveryReceiptRequested"u8, false);
        }
        if (Has(MessageFields.IsReadReceiptRequested)) json.WriteBoolean("isReadReceiptRequested"u8, false);
        if (Has(MessageFields.IsRead)) json.WriteBoolean("isRead"u8, state.IsRead);
        if (Has(MessageFields.IsDraft)) json.WriteBoolean("isDraft"u8, state.IsDraft);
        if (Has(MessageFields.InferenceClassification))
            json.WriteString("inferenceClassification"u8, letter.Kind == LetterKind.Bulk ? "other"u8 : "focused"u8);
        if (Has(MessageFields.MeetingMessageType) && TypeOf(letter) is not null)
            json.WriteString("meetingMessageType"u8,
                letter.Form == LetterForm.MeetingRequest ? "meetingRequest"u8 : "meetingAccepted"u8);
    }

    void WriteParties(Utf8JsonWriter json, Letter letter, in MessageState state)
    {
        var envelope = new Envelope(company, letter);
        // Until it is sent, a draft in the shared mailbox names the mailbox, or nobody yet.
        var draftFrom = state.IsDraft ? envelope.MailboxAsSender() : default(Party?);
        var isNameless = state.IsDraft && Chance.Hits(letter.IdSeed, Quirk.MissingFrom, company.Quirks[Quirk.MissingFrom]);
        if (Has(MessageFields.Sender)) WriteParty(json, "sender"u8, isNameless ? null : draftFrom ?? envelope.Sender, letter);
        if (Has(MessageFields.From)) WriteParty(json, "from"u8, isNameless ? null : draftFrom ?? envelope.From, letter);
        if (Has(MessageFields.ToRecipients)) WriteParties(json, "toRecipients"u8, envelope.To);
        if (Has(MessageFields.CcRecipients)) WriteParties(json, "ccRecipients"u8, envelope.Cc);
        if (Has(MessageFields.BccRecipients)) WriteParties(json, "bccRecipients"u8, []);
        if (Has(MessageFields.ReplyTo)) WriteParties(json, "replyTo"u8, []);
    }

    static void WriteParty(Utf8JsonWriter json, ReadOnlySpan<byte> name, Party? party, Letter letter)
    {
        if (party is { } someone)
        {
            json.WriteStartObject(name);
            WriteAddress(json, someone);
            json.WriteEndObject();
        }
        // Both are seen: the property is null, or is not there.
        else if (letter.IdSeed % 2 == 0) json.WriteNull(name);
    }

    static void WriteParties(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<Party> parties)
    {
        json.WriteStartArray(name);
        foreach (var party in parties)
        {
            json.WriteStartObject();
            WriteAddress(json, party);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteAddress(Utf8JsonWriter json, Party party)
    {
        json.WriteStartObject(Name.EmailAddress);
        json.WriteString(Name.PersonName, party.Name);
        json.WriteString(Name.Address, party.Address);
        json.WriteEndObject();
    }

    void WriteFlag(Utf8JsonWriter json, in MessageState state)
    {
        json.WriteStartObject("flag"u8);
        json.WriteString("flagStatus"u8, state.IsComplete ? "complete"u8 : "notFlagged"u8);
        if (state.IsComplete) WriteCompleted(json, state.ModifiedAt);
        json.WriteEndObject();
    }

    void WriteCompleted(Utf8JsonWriter json, int at)
    {
        json.WriteStartObject("completedDateTime"u8);
        json.WriteString("dateTime"u8, company.At(at).ToString("yyyy-MM-dd'T'HH:mm:ss'.0000000'", null));
        json.WriteString("timeZone"u8, "UTC"u8);
        json.WriteEndObject();
    }

    void WriteHeaders(Utf8JsonWriter json, Letter letter)
    {
        json.WriteStartArray(Name.Headers);
        foreach (var (name, value) in Headers.Received(company, letter))
        {
            json.WriteStartObject();
            json.WriteString(Name.PersonName, name);
            json.WriteString(Name.Value, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using NodaTime;
using OnBehalf.Engine.Facts;
using OnBehalf.Sources.Files;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// A <c>message</c> of Graph v1.0 as it stands on the wire: every property that is read, under Graph's own name, and the
/// one way from there to a fact. Bodies, previews and names of people are passed over unread. One is used for message
/// after message, since most of what a message says is known from the one before.
/// </summary>
/// <remarks>
/// Written against the tokens rather than a serializer's objects: measured, see bench/README.md, "Pages of Graph".
/// </remarks>
sealed class WireMessage(Addresses addresses)
{
    /// <summary>Letters of a category, and how many of one message are kept.</summary>
    const int CategoryLength = 255, CategoryLimit = 50;

    readonly AddressId[] _room = new AddressId[MailLimits.Addresses];
    readonly byte[] _scratch = new byte[MailLimits.MessageId + MailLimits.Address];
    readonly byte[] _index = new byte[MailLimits.ConversationIndex];
    readonly WireHeaders _headers = new(addresses);
    readonly List<string> _categories = [];
    int _taken, _indexLength;
    AddressId[] _to = [], _cc = [], _bcc = [], _replyTo = [];
    AddressId _from, _sender;
    Instant? _received, _sent;
    MessageKey _key, _conversation;
    string _messageId = "", _subject = "";
    Importance _importance;
    bool _isMeeting, _isComplete;

    /// <summary>Whether it was never sent. Every autosave changes a draft, and none of it is mail.</summary>
    public bool IsDraft { get; private set; }

    /// <summary>Whether this only says that a message is no longer in the folder.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>The id of the folder; empty when it was not asked for.</summary>
    public string ParentFolderId { get; private set; } = "";

    /// <summary>In whose name it is.</summary>
    public AddressId From => _from;

    /// <summary>Reads one message, from its opening brace to its closing one.</summary>
    /// <exception cref="FormatException">A property is not of the type that Graph documents.</exception>
    /// <exception cref="JsonException">This is no JSON.</exception>
    public void Read(ref Utf8JsonReader json)
    {
        Clear();
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("A message is no object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadProperty(ref json);
    }

    /// <summary>What the message states, as a fact.</summary>
    /// <param name="place">Where it lies.</param>
    /// <param name="owner">Whose folder that is when it is not the shared mailbox's.</param>
    /// <param name="isOurs">Whether it is in a tracked mailbox's name.</param>
    public MessageFact ToFact(FolderPlace place, AddressId owner, bool isOurs)
    {
        var isSent = isOurs || place.Role == Folder.SentItems;
        // Rounds of Sent Items do not ask for headers, a list of the whole mailbox does: both are to say the same.
        if (place.Role == Folder.SentItems) _headers.Clear();
        var isAutomatic = isSent && _headers.IsEmpty && AutomaticSubjects.Begin(_subject);
        var fields = _headers.Close(_from);
        var fact = new MessageFact
        {
            Key = _key,
            MessageId = _messageId,
            // A stranger's clock may be hours wrong, ours is not; a copy is received later than its original was sent.
            At = isSent ? _sent ?? _received : _received ?? _sent,
            From = _from,
            Sender = _sender,
            To = _to,
            Cc = _bcc.Length == 0 ? _cc : [.. _cc, .. _bcc],
            ReplyTo = _replyTo,
            InReplyTo = IdReader.InReplyTo(fields[Header.InReplyTo]),
            References = _headers.References(fields),
            ConversationIndex = _indexLength < 22 ? default : _index.AsSpan(0, _indexLength).ToArray(),
            ConversationGuid = _conversation,
            Subject = _subject,
            Signs = SignReader.Read(fields, addresses[_from])
                | (_isMeeting ? Signs.Calendar : Signs.None) | (isAutomatic ? Signs.AutoReplied : Signs.None),
            List = _headers.ListOf(fields),
            Folder = place.Role,
            Filed = place.Path.Length == 0 ? [] : [place.Path],
            FolderOwner = owner,
            Importance = _importance,
            Categories = _categories.Count == 0 ? [] : [.. _categories],
            FlagComplete = _isComplete,
        };
        return fact with { Digest = FactDigest.OfStored(fact, addresses) };
    }

    void Clear()
    {
        (_taken, _indexLength) = (0, 0);
        (_to, _cc, _bcc, _replyTo) = ([], [], [], []);
        (_from, _sender) = (default, default);
        (_received, _sent) = (null, null);
        (_key, _conversation) = (default, default);
        (_messageId, _subject, ParentFolderId) = ("", "", "");
        (_importance, _isMeeting, _isComplete, IsDraft, IsRemoved) = (default, false, false, false, false);
        _categories.Clear();
        _headers.Clear();
    }

    void ReadProperty(ref Utf8JsonReader json)
    {
        var name = json.ValueSpan;
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("id"u8): ReadId(ref json); return;
            case 4 when name.SequenceEqual("from"u8): _from = Party(ref json); return;
            case 4 when name.SequenceEqual("flag"u8): ReadFlag(ref json); return;
            case 6 when name.SequenceEqual("sender"u8): _sender = Party(ref json); return;
            case 7 when name.SequenceEqual("subject"u8): _subject = Text(ref json, MessageFact.SubjectLimit); return;
            case 7 when name.SequenceEqual("isDraft"u8): IsDraft = Flag(ref json); return;
            case 7 when name.SequenceEqual("replyTo"u8): _replyTo = Parties(ref json); return;
            case 8 when name.SequenceEqual("@removed"u8): ReadRemoved(ref json); return;
            case 10 when name.SequenceEqual("importance"u8): ReadImportance(ref json); return;
            case 10 when name.SequenceEqual("categories"u8): ReadCategories(ref json); return;
            case 11 when name.SequenceEqual("@odata.type"u8): ReadType(ref json); return;
            case 12 when name.SequenceEqual("toRecipients"u8): _to = Parties(ref json); return;
            case 12 when name.SequenceEqual("ccRecipients"u8): _cc = Parties(ref json); return;
            case 12 when name.SequenceEqual("sentDateTime"u8): _sent = Time(ref json); return;
            case 13 when name.SequenceEqual("bccRecipients"u8): _bcc = Parties(ref json); return;
            case 14 when name.SequenceEqual("parentFolderId"u8): ParentFolderId = Text(ref json, 512); return;
            case 14 when name.SequenceEqual("conversationId"u8): ReadConversation(ref json); return;
            case 16 when name.SequenceEqual("receivedDateTime"u8): _received = Time(ref json); return;
            case 17 when name.SequenceEqual("internetMessageId"u8): ReadMessageId(ref json); return;
            case 17 when name.SequenceEqual("conversationIndex"u8): ReadIndex(ref json); return;
            case 22 when name.SequenceEqual("internetMessageHeaders"u8): _headers.Read(ref json); return;
            default: json.Skip(); return;
        }
    }

    // A message without a Message-ID is known by its id in the mailbox, which stays when it moves.
    void ReadId(ref Utf8JsonReader json)
    {
        var id = Bytes(ref json);
        if (_key.IsNone && !id.IsEmpty)
        {
            var (high, low) = Fingerprint.Wide(id);
            _key = new(high, low);
        }
    }

    void ReadMessageId(ref Utf8JsonReader json)
    {
        var id = IdReader.Unfolded(IdReader.Own(Bytes(ref json)));
        if (id.IsEmpty) return;
        (_key, _messageId) = (MessageKey.Of(id), Encoding.UTF8.GetString(id));
    }

    // The last 16 bytes are the conversation; what stands before them is the mailbox's (MS-OXOMSG, section 2.2.1.2).
    void ReadConversation(ref Utf8JsonReader json)
    {
        var text = Bytes(ref json);
        if (text.IsEmpty || text.Length > _scratch.Length) return;
        var decoded = (stackalloc byte[text.Length]);
        if (Base64Url.DecodeFromUtf8(text, decoded, out _, out var length) == OperationStatus.Done && length >= 16)
            _conversation = MessageKey.Read(decoded[(length - 16)..length]);
    }

    void ReadIndex(ref Utf8JsonReader json)
    {
        var text = Bytes(ref json);
        _indexLength = text.Length > _index.Length ? 0 : Base64Text.Decode(text, _index);
    }

    void ReadType(ref Utf8JsonReader json) => _isMeeting = Bytes(ref json).IndexOf("eventMessage"u8) >= 0;

    void ReadRemoved(ref Utf8JsonReader json)
    {
        IsRemoved = true;
        json.Skip();
    }

    void ReadImportance(ref Utf8JsonReader json)
    {
        var word = Bytes(ref json);
        _importance = word.SequenceEqual("high"u8) ? Importance.High
            : word.SequenceEqual("low"u8) ? Importance.Low : Importance.Normal;
    }

    void ReadCategories(ref Utf8JsonReader json)
    {
        if (!Begins(ref json, JsonTokenType.StartArray)) return;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            if (json.TokenType != JsonTokenType.String) throw new FormatException("A category is no text.");
            else if (_categories.Count < CategoryLimit) _categories.Add(Cut(json.GetString()!, CategoryLength)); // a string
    }

    void ReadFlag(ref Utf8JsonReader json)
    {
        if (!Begins(ref json, JsonTokenType.StartObject)) return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            if (json.ValueTextEquals("flagStatus"u8)) _isComplete = Bytes(ref json).SequenceEqual("complete"u8);
            else json.Skip();
    }

    AddressId[] Parties(ref Utf8JsonReader json)
    {
        if (!Begins(ref json, JsonTokenType.StartArray)) return [];
        var first = _taken;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            if (ReadParty(ref json) is { IsNone: false } id && _taken < _room.Length) _room[_taken++] = id;
        return _room.AsSpan(first.._taken).ToArray();
    }

    AddressId Party(ref Utf8JsonReader json) =>
        Begins(ref json, JsonTokenType.StartObject) ? ReadParty(ref json) : AddressId.None;

    // { "emailAddress": { "name": …, "address": … } }, from its opening brace.
    AddressId ReadParty(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new FormatException("A recipient is no object.");
        var id = AddressId.None;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.ValueTextEquals("emailAddress"u8)) json.Skip();
            else if (Begins(ref json, JsonTokenType.StartObject))
                while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                    if (json.ValueTextEquals("address"u8)) id = Address(Bytes(ref json));
                    else json.Skip();
        }
        return id;
    }

    AddressId Address(ReadOnlySpan<byte> text) =>
        text.Length is 0 or > MailLimits.Address ? AddressId.None : addresses.Intern(text);

    static bool Begins(ref Utf8JsonReader json, JsonTokenType type)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return false;
        return json.TokenType == type ? true : throw new FormatException($"There is {json.TokenType} where {type} belongs.");
    }

    static bool Flag(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null
            ? json.TokenType == JsonTokenType.True : throw new FormatException($"There is {json.TokenType} where a boolean belongs.");
    }

    static Instant? Time(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType != JsonTokenType.String || !json.TryGetDateTimeOffset(out var time))
            throw new FormatException("There is no time where one belongs.");
        return time.Year is < 1980 or >= 2036 ? null : Instant.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
    }

    // Whole where nothing is escaped; else written out, and cut where no fact keeps more.
    ReadOnlySpan<byte> Bytes(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return default;
        if (json.TokenType != JsonTokenType.String) throw new FormatException($"There is {json.TokenType} where a text belongs.");
        if (!json.ValueIsEscaped) return json.ValueSpan;
        if (json.ValueSpan.Length > _scratch.Length) return default;
        return _scratch.AsSpan(0, json.CopyString(_scratch));
    }

    static string Text(ref Utf8JsonReader json, int limit)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null) return "";
        if (json.TokenType != JsonTokenType.String) throw new FormatException($"There is {json.TokenType} where a text belongs.");
        return Cut(json.GetString()!, limit); // a string
    }

    static string Cut(string text, int limit) => text.Length <= limit ? text
        : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}

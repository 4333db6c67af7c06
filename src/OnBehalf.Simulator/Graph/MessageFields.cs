namespace OnBehalf.Simulator.Graph;

/// <summary>The properties of a message, as bits, so that a $select is one number.</summary>
[Flags]
enum MessageFields
{
    None = 0,
    CreatedDateTime = 1 << 0, LastModifiedDateTime = 1 << 1, ChangeKey = 1 << 2, Categories = 1 << 3, ReceivedDateTime = 1 << 4,
    SentDateTime = 1 << 5, HasAttachments = 1 << 6, InternetMessageId = 1 << 7, Subject = 1 << 8, BodyPreview = 1 << 9,
    Importance = 1 << 10, ParentFolderId = 1 << 11, ConversationId = 1 << 12, ConversationIndex = 1 << 13,
    IsDeliveryReceiptRequested = 1 << 14, IsReadReceiptRequested = 1 << 15, IsRead = 1 << 16, IsDraft = 1 << 17, WebLink = 1 << 18,
    InferenceClassification = 1 << 19, InternetMessageHeaders = 1 << 20, Body = 1 << 21, UniqueBody = 1 << 22, Sender = 1 << 23,
    From = 1 << 24, ToRecipients = 1 << 25, CcRecipients = 1 << 26, BccRecipients = 1 << 27, ReplyTo = 1 << 28, Flag = 1 << 29,
    MeetingMessageType = 1 << 30,

    /// <summary>What comes without $select: all but the two that must be asked for.</summary>
    Usual = ~(InternetMessageHeaders | UniqueBody) & int.MaxValue,

    /// <summary>What Mail.ReadBasic leaves out (Graph permissions reference).</summary>
    NeedsMailRead = Body | BodyPreview | UniqueBody,
}

/// <summary>Reads $select.</summary>
static class MessageSelection
{
    /// <summary>The fields a $select names; id needs no bit because it is always there.</summary>
    public static MessageFields Parse(string? select)
    {
        if (string.IsNullOrWhiteSpace(select)) return MessageFields.Usual;
        var fields = MessageFields.None;
        foreach (var name in select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.Equals("id", StringComparison.OrdinalIgnoreCase)) continue;
            if (!char.IsAsciiLetter(name[0]) || !Enum.TryParse<MessageFields>(name, ignoreCase: true, out var field)
                || !int.IsPow2((int)field))
                throw GraphError.BadRequest($"Could not find a property named '{name}' on type 'Microsoft.OutlookServices.Message'.");
            fields |= field;
        }
        return fields;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Audit;

/// <summary>The one door from an audit record into the house.</summary>
static class SendTranslation
{
    /// <summary>The longest address that is kept: RFC 5321 allows 256 octets, X500 names are longer.</summary>
    public const int AddressLimit = 1024;

    // UTC without a zone is what the schema says; Graph writes a Z, and scripts have been seen to add an offset.
    static readonly LocalDateTimePattern UtcPattern =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFF");

    static readonly OffsetDateTimePattern OffsetPattern =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>");

    /// <summary>Whether the record says that nothing was sent.</summary>
    public static bool IsFailed(RecordFields fields) =>
        fields[FieldName.ResultStatus]?.Trim() is { } status
        && (status.Equals("Failed", StringComparison.OrdinalIgnoreCase)
            || status.Equals("False", StringComparison.OrdinalIgnoreCase));

    /// <summary>The fact of a send record; null, and why, where something it cannot do without is missing.</summary>
    public static SendFact? ToFact(
        RecordFields fields, SendOperation operation, Addresses addresses, out string complaint)
    {
        var actor = fields[FieldName.UserId, FieldName.UserPrincipalName];
        var mailboxField = operation == SendOperation.SendAs
            ? FieldName.SendAsUserSmtp
            : FieldName.SendOnBehalfOfUserSmtp;
        var mailbox = fields[mailboxField];
        var time = fields[FieldName.CreationTime, FieldName.CreatedDateTime, FieldName.TimeGenerated];
        var at = TimeOf(time);

        complaint = mailbox is null ? $"{operation} record without {mailboxField}"
            : actor is null ? $"{operation} record without UserId"
            : time is null ? $"{operation} record without CreationTime"
            : at is null ? $"CreationTime is not yyyy-MM-ddTHH:mm:ss: {time[..Math.Min(time.Length, 40)]}"
            : mailbox.Length > AddressLimit || actor.Length > AddressLimit ? $"an address over {AddressLimit} letters"
            : "";
        if (complaint != "") return null;

        var messageId = fields[FieldName.InternetMessageId] ?? "";
        var subject = fields[FieldName.Subject] ?? "";
        return new SendFact
        {
            RecordId = IdOf(fields) ?? IdFromContent(operation, at!.Value, actor!, mailbox!, messageId, subject),
            Operation = operation,
            At = at!.Value,
            Actor = addresses.Intern(actor),
            Mailbox = addresses.Intern(mailbox),
            Key = MessageKey.Of(messageId),
            FoldedKey = MessageKey.Of(messageId.ToLowerInvariant()),
            Subject = subject[..Math.Min(subject.Length, MessageFact.SubjectLimit)],
            ActorType = ActorTypeOf(fields[FieldName.UserType]),
        };
    }

    // What is no GUID, as in anonymised exports, or the empty one, identifies nothing.
    static Guid? IdOf(RecordFields fields)
    {
        var text = fields[FieldName.Id, FieldName.RecordId, FieldName.Identity, FieldName.OfficeId];
        return Guid.TryParse(text, out var id) && id != Guid.Empty ? id : null;
    }

    // Repeats of a record without id are the same in every field that matters, whatever the format.
    static Guid IdFromContent(
        SendOperation operation, Instant at, string actor, string mailbox, string messageId, string subject)
    {
        var content = string.Join('\n', operation, at, actor.Trim().ToLowerInvariant(),
            mailbox.Trim().ToLowerInvariant(), MessageKey.Of(messageId), subject);
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));
    }

    static Instant? TimeOf(string? text)
    {
        text = text?.Trim() ?? "";
        var seconds = UtcPattern.Parse(text) is { Success: true } utc ? utc.Value.InUtc().ToInstant()
            : OffsetPattern.Parse(text) is { Success: true } offset ? offset.Value.ToInstant()
            : default(Instant?);
        return seconds is { } at ? Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) : null;
    }

    static ActorType ActorTypeOf(string? text)
    {
        if (text is null) return ActorType.Regular;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
            return number is >= 0 and <= (int)ActorType.ServicePrincipal ? (ActorType)number : ActorType.Other;
        if (text.Trim().Equals("DcAdmin", StringComparison.OrdinalIgnoreCase)) return ActorType.DatacentreAdmin;
        return Enum.TryParse<ActorType>(text, ignoreCase: true, out var type) && Enum.IsDefined(type)
            ? type
            : ActorType.Other;
    }
}

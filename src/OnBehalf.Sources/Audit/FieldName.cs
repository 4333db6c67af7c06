using System.Text;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// The fields of an audit record that are read at all, best source first where several say the same. Names are those
/// of the Management Activity API schema ("Common schema", "Exchange Mailbox schema"), Graph's auditLogRecord, the
/// exports' columns and the OfficeActivity table.
/// </summary>
enum FieldName : byte
{
    None,
    AuditData,
    Operation,
    Id, RecordId, Identity, OfficeId,
    CreationTime, CreatedDateTime, TimeGenerated,
    UserId, UserPrincipalName,
    UserType,
    ResultStatus,
    SendAsUserSmtp,
    SendOnBehalfOfUserSmtp,
    Item,
    InternetMessageId,
    Subject,
}

/// <summary>Finds a field by its name as it is written.</summary>
static class FieldNames
{
    /// <summary>How many fields there are, <see cref="FieldName.None"/> included.</summary>
    public const int Count = (int)FieldName.Subject + 1;

    // The schema, the cmdlets and the scripts of the field differ in case: SendAsUserSmtp, SendAsUserSMTP.
    static readonly (byte[] Text, FieldName Name)[] Table =
    [
        .. Enum.GetValues<FieldName>().Where(name => name != FieldName.None)
            .Select(name => (Encoding.ASCII.GetBytes(name.ToString()), name)),
        ("Operations"u8.ToArray(), FieldName.Operation),
    ];

    /// <summary>The field of a name, without regard to case.</summary>
    public static FieldName Of(ReadOnlySpan<byte> name)
    {
        foreach (var (text, field) in Table)
            if (text.Length == name.Length && Ascii.EqualsIgnoreCase(text, name)) return field;
        return FieldName.None;
    }
}

using System.Globalization;
using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Audit;

/// <summary>Writes audit records as the Management Activity API schema has them, with the liberties real records take.</summary>
sealed class AuditRecords(World world, AuditTrail trail)
{
    /// <summary>The account Windows itself runs under: a send by it is nobody's.</summary>
    public const string SystemAccount = "S-1-5-18";

    const string OutlookWeb = "00000002-0000-0ff1-ce00-000000000000";

    /// <summary>Half of the machines send as the system, half as a registered application.</summary>
    public static bool IsSystemSend(Letter letter) => letter.IdSeed % 2 == 0;

    /// <summary>The same record delivered again has the same id.</summary>
    public static Guid IdOf(AuditEntry entry, Letter letter) => Chance.GuidFrom(Chance.Mix(letter.IdSeed,
        entry.Subject switch { AuditSubject.SystemSend => 102, AuditSubject.Handling => 103, _ => 101 }));

    public string UserOf(AuditEntry entry, Letter letter)
    {
        if (entry.Subject == AuditSubject.SystemSend) return SystemAccount;
        if (letter.By is { } agent) return agent.AddressAt(letter.At);
        if (entry.Subject == AuditSubject.Handling) return letter.Talk.Mailbox.Team[0].AddressAt(letter.At);
        return IsSystemSend(letter) ? SystemAccount : $"ServicePrincipal_{Chance.GuidFrom(world.Company.Seed)}";
    }

    public static int TypeOf(AuditOperation operation) => operation switch
    {
        AuditOperation.MailItemsAccessed => 50,
        AuditOperation.MoveToDeletedItems => 3,
        _ => 2,
    };

    /// <summary>One record, braces included.</summary>
    public void Write(Utf8JsonWriter json, AuditEntry entry)
    {
        var (mailbox, letter) = trail.Open(entry);
        var isStringly = world.Strikes(Quirk.StringlyAudit, letter.IdSeed);
        json.WriteStartObject();
        WriteCommon(json, entry, letter, isStringly);
        WriteSession(json, mailbox, letter, isStringly);
        switch (entry.Operation)
        {
            case AuditOperation.MailItemsAccessed: WriteAccess(json, letter); break;
            case AuditOperation.MoveToDeletedItems: WriteMove(json, letter); break;
            case AuditOperation.Update: WriteItem(json, letter, hasMessageId: true); break;
            default: WriteSend(json, mailbox, letter); break;
        }
        json.WriteEndObject();
    }

    void WriteCommon(Utf8JsonWriter json, AuditEntry entry, Letter letter, bool isStringly)
    {
        var user = UserOf(entry, letter);
        json.WriteString("CreationTime"u8, Time(entry.HappenedAt));
        json.WriteString("Id"u8, IdOf(entry, letter));
        json.WriteString("Operation"u8, entry.Operation.ToString());
        json.WriteString("OrganizationId"u8, world.Company.TenantId);
        if (isStringly) json.WriteString("RecordType"u8, TypeOf(entry.Operation).ToString(CultureInfo.InvariantCulture));
        else json.WriteNumber("RecordType"u8, TypeOf(entry.Operation));
        json.WriteString("ResultStatus"u8, "Succeeded"u8);
        json.WriteString("UserKey"u8, letter.By is { } agent ? Puid(agent) : user);
        json.WriteNumber("UserType"u8, user == SystemAccount ? 4 : user.StartsWith("Service", StringComparison.Ordinal) ? 5 : 0);
        json.WriteNumber("Version"u8, 1);
        json.WriteString("Workload"u8, "Exchange"u8);
        json.WriteString("ClientIP"u8, "203.0.113.24"u8);
        json.WriteString("UserId"u8, user);
    }

    void WriteSession(Utf8JsonWriter json, SharedMailbox mailbox, Letter letter, bool isStringly)
    {
        // An opened shared mailbox is its own owner here; a reply from an agent's own profile is owned by the agent's mailbox.
        var ownedByAgent = letter is { By: not null, Desk: Desk.OwnProfile };
        json.WriteString("AppId"u8, OutlookWeb);
        json.WriteString("ClientIPAddress"u8, "203.0.113.24"u8);
        json.WriteString("ClientInfoString"u8, ClientOf(letter));
        if (isStringly) json.WriteString("ExternalAccess"u8, "False"u8);
        else json.WriteBoolean("ExternalAccess"u8, false);
        json.WriteNumber("InternalLogonType"u8, 0);
        json.WriteNumber("LogonType"u8, ownedByAgent ? 0 : 2);
        json.WriteString("LogonUserSid"u8, Sid(letter.By?.Seed ?? mailbox.Seed));
        json.WriteString("MailboxGuid"u8, ownedByAgent ? letter.By!.MailboxGuid : mailbox.StoreId);
        if (!ownedByAgent) json.WriteString("MailboxOwnerMasterAccountSid"u8, "S-1-5-10"u8);
        json.WriteString("MailboxOwnerSid"u8, Sid(ownedByAgent ? letter.By!.Seed : mailbox.Seed));
        json.WriteString("MailboxOwnerUPN"u8, ownedByAgent ? letter.By!.AddressAt(letter.At) : mailbox.Address);
        json.WriteString("OrganizationName"u8, Company.InitialDomain);
        json.WriteString("OriginatingServer"u8, "AM0PR04MB4196 (15.20.8466.016)" + (isStringly ? "\n" : "\r\n"));
        json.WriteString("SessionId"u8, Chance.GuidFrom(Chance.Mix(letter.IdSeed, 104)));
        if (letter.By is { } agent) json.WriteString("TokenObjectId"u8, agent.ObjectId);
    }

    static string ClientOf(Letter letter) => letter.Desk switch
    {
        Desk.Phone => "Client=OutlookService;Outlook-iOS/2.0;",
        Desk.OpenedMailbox when letter.By is null => "Client=REST;;",
        _ => letter.IdSeed % 3 == 0 ? "Client=MSExchangeRPC" : "Client=OWA;Action=ViaProxy",
    };

    void WriteSend(Utf8JsonWriter json, SharedMailbox mailbox, Letter letter)
    {
        WriteItem(json, letter, AuditFate.Of(world.Company, mailbox, letter).HasMessageId);
        var (guid, smtp) = letter.Right == SendRight.OnBehalf
            ? ("SendOnBehalfOfUserMailboxGuid", "SendOnBehalfOfUserSmtp")
            : ("SendAsUserMailboxGuid", "SendAsUserSmtp");
        json.WriteString(guid, mailbox.StoreId);
        json.WriteString(smtp, mailbox.Address);
    }

    void WriteItem(Utf8JsonWriter json, Letter letter, bool hasMessageId)
    {
        var isNameless = world.Strikes(Quirk.NamelessAudit, letter.IdSeed);
        json.WriteStartObject("Item"u8);
        json.WriteString("Id"u8, isNameless ? "Unknown" : EntryId(letter));
        if (hasMessageId) json.WriteString("InternetMessageId"u8, letter.MessageId);
        if (!isNameless) WriteFolder(json, "ParentFolder", letter, letter.IsOutbound ? "Drafts" : "Inbox");
        json.WriteNumber("SizeInBytes"u8, 2_000 + (int)(letter.IdSeed % 40_000));
        json.WriteString("Subject"u8, new Envelope(world.Company, letter).Subject);
        json.WriteEndObject();
    }

    static void WriteAccess(Utf8JsonWriter json, Letter letter)
    {
        json.WriteStartArray("OperationProperties"u8);
        json.WriteStartObject();
        json.WriteString("Name"u8, "MailAccessType"u8);
        json.WriteString("Value"u8, "Bind"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteNumber("OperationCount"u8, 1);
        json.WriteStartArray("Folders"u8);
        json.WriteStartObject();
        json.WriteString("Path"u8, "\\Inbox"u8);
        json.WriteStartArray("FolderItems"u8);
        json.WriteStartObject();
        json.WriteString("InternetMessageId"u8, letter.MessageId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    void WriteMove(Utf8JsonWriter json, Letter letter)
    {
        json.WriteStartArray("AffectedItems"u8);
        json.WriteStartObject();
        json.WriteString("Id"u8, EntryId(letter));
        json.WriteString("InternetMessageId"u8, letter.MessageId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("CrossMailboxOperation"u8, false);
        WriteFolder(json, "DestFolder", letter, "Deleted Items");
        WriteFolder(json, "Folder", letter, "Inbox");
    }

    void WriteFolder(Utf8JsonWriter json, string name, Letter letter, string folder)
    {
        var isLocal = world.Strikes(Quirk.LocalisedAudit, letter.IdSeed);
        var path = (isLocal, folder) switch
        {
            (true, "Drafts") => "\\Brouillons",
            (true, "Inbox") => "\\Boîte de réception",
            (true, _) => "Not Available",
            _ => "\\" + folder,
        };
        json.WriteStartObject(name);
        json.WriteString("Id"u8, "LgAAAA" + EntryId(letter)[6..46] + "AAAB");
        json.WriteString("Path"u8, path);
        json.WriteEndObject();
    }

    static string EntryId(Letter letter)
    {
        Span<byte> bytes = stackalloc byte[48];
        bytes.Clear();
        bytes[0] = 0x46;
        for (var place = 1; place < 5; place++) BitConverter.TryWriteBytes(bytes[(place * 8)..], Chance.Mix(letter.IdSeed, (ulong)place));
        return Convert.ToBase64String(bytes);
    }

    string Time(int second) => world.Company.At(second).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    static string Puid(Agent agent) => $"1003{agent.Seed % 0xFFFF_FFFF_FFFF:X12}";

    static string Sid(ulong seed) => $"S-1-5-21-1376570662-3565232716-1187618197-{seed % 90_000_000 + 1_000_000}";
}

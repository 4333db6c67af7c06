using System.Text.Json;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Graph;

/// <summary>GET /users/{id}/mailboxSettings and its parts.</summary>
sealed class SettingsEndpoint(World world)
{
    public GraphAnswer Get(GraphRequest request, Mailbox mailbox) => GraphAnswer.Of(json =>
    {
        Context(json, request, mailbox, "");
        json.WriteString("archiveFolder"u8, MessageKeys.OfFolder(mailbox, FolderCode.Archive));
        json.WriteString("timeZone"u8, Company.WindowsZoneName);
        json.WriteString("delegateMeetingMessageDeliveryOptions"u8, "sendToDelegateOnly"u8);
        json.WriteString("dateFormat"u8, "dd.MM.yyyy"u8);
        json.WriteString("timeFormat"u8, "H:mm"u8);
        json.WriteString("userPurpose"u8, PurposeOf(mailbox));
        WriteAutomaticReplies(json);
        json.WriteStartObject("language"u8);
        json.WriteString("locale"u8, "cs-CZ"u8);
        json.WriteString("displayName"u8, "Czech (Czechia)"u8);
        json.WriteEndObject();
        json.WriteStartObject("workingHours"u8);
        WriteHours(json);
        json.WriteEndObject();
    });

    public GraphAnswer GetPart(GraphRequest request, Mailbox mailbox, string part) => GraphAnswer.Of(json =>
    {
        Context(json, request, mailbox, "/" + part);
        switch (part.ToUpperInvariant())
        {
            case "USERPURPOSE": json.WriteString("value"u8, PurposeOf(mailbox)); break;
            case "TIMEZONE": json.WriteString("value"u8, Company.WindowsZoneName); break;
            case "WORKINGHOURS": WriteHours(json); break;
            default: throw GraphError.UnknownSegment(part);
        }
    });

    static string PurposeOf(Mailbox mailbox) => mailbox is SharedMailbox { Setup.Shape: RecipientShape.Shared } ? "shared" : "user";

    static void Context(Utf8JsonWriter json, GraphRequest request, Mailbox mailbox, string part) =>
        json.WriteString("@odata.context"u8, $"{request.Root}/$metadata#users('{mailbox.ObjectId}')/mailboxSettings{part}");

    static void WriteHours(Utf8JsonWriter json)
    {
        json.WriteStartArray("daysOfWeek"u8);
        foreach (var day in (string[])["monday", "tuesday", "wednesday", "thursday", "friday"]) json.WriteStringValue(day);
        json.WriteEndArray();
        json.WriteString("startTime"u8, "08:00:00.0000000"u8);
        json.WriteString("endTime"u8, "17:00:00.0000000"u8);
        json.WriteStartObject("timeZone"u8);
        json.WriteString("name"u8, Company.WindowsZoneName);
        json.WriteEndObject();
    }

    void WriteAutomaticReplies(Utf8JsonWriter json)
    {
        json.WriteStartObject("automaticRepliesSetting"u8);
        json.WriteString("status"u8, "disabled"u8);
        json.WriteString("externalAudience"u8, "none"u8);
        json.WriteString("internalReplyMessage"u8, ""u8);
        json.WriteString("externalReplyMessage"u8, ""u8);
        WriteTime(json, "scheduledStartDateTime", 0);
        WriteTime(json, "scheduledEndDateTime", 86_400);
        json.WriteEndObject();
    }

    void WriteTime(Utf8JsonWriter json, string name, int second)
    {
        json.WriteStartObject(name);
        json.WriteString("dateTime"u8, world.Company.At(second).ToString("yyyy-MM-dd'T'HH:mm:ss'.0000000'", null));
        json.WriteString("timeZone"u8, "UTC"u8);
        json.WriteEndObject();
    }
}

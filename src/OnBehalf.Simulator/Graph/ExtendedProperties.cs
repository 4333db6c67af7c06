using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Graph;

/// <summary>The MAPI properties a reader with Mail.Read may ask for by name. Values are always strings.</summary>
static partial class ExtendedProperties
{
    /// <summary>The ids named in an $expand of singleValueExtendedProperties.</summary>
    public static IReadOnlyList<string> Parse(string? expand) =>
        expand is null ? [] : [.. Named().Matches(expand).Select(match => match.Groups[1].Value)];

    public static void Write(
        Utf8JsonWriter json, Company company, Letter letter, in MessageState state, IReadOnlyList<string> ids)
    {
        var isOpen = false;
        foreach (var id in ids)
        {
            if (Find(company, letter, state, id) is not { } value) continue;
            if (!isOpen) json.WriteStartArray("singleValueExtendedProperties"u8);
            isOpen = true;
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }
        if (isOpen) json.WriteEndArray();
    }

    static string? Find(Company company, Letter letter, in MessageState state, string id) =>
        id.ToUpperInvariant() switch
        {
            "STRING 0X1042" => letter.Parent?.IdSeenOutside,
            "STRING 0X1039" => letter.Parent is null ? null
                : Headers.Sent(company, letter).First(header => header.Name == "References").Value,
            "STRING 0X1035" => letter.MessageId,
            "STRING 0X001A" => Headers.MessageClass(letter),
            "BINARY 0X0071" => Convert.ToBase64String(letter.Index),
            "BOOLEAN 0X3016" => "true",
            "INTEGER 0X0E07" => (state.IsRead ? 1 : 0).ToString(CultureInfo.InvariantCulture),
            // Only what was written inside the opened mailbox names its author here; a copy names the copying service.
            "STRING 0X3FF8" or "STRING 0X3FFA" => letter.By is not { } agent ? null
                : letter.Desk == Desk.OwnProfile ? "Microsoft System Attendant" : agent.NameAt(letter.At),
            "STRING 0X5D01" => letter is { By: { } by, Right: SendRight.OnBehalf or SendRight.OwnName }
                ? by.AddressAt(letter.At) : new Envelope(company, letter).Sender?.Address,
            "STRING 0X5D02" => new Envelope(company, letter).From?.Address,
            _ => null,
        };

    [GeneratedRegex("id\\s+eq\\s+'([^']+)'", RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}

using System.Globalization;
using System.Text.Json;

namespace OnBehalf.Sources.Exchange;

/// <summary>
/// One object that a cmdlet answered with, as JSON. Depending on cmdlet, version and ConvertTo-Json the same property
/// has another case, a number for an enumeration, an object for a switch, or one text for a list; here it reads alike.
/// </summary>
readonly struct ExchangeRow(JsonElement json)
{
    /// <summary>What an identity that came as an object calls itself, the most telling first.</summary>
    static readonly string[] Telling =
    [
        "PrimarySmtpAddress", "UserPrincipalName", "ProxyAddressString", "SmtpAddress", "Address", "RawIdentity",
        "DistinguishedName", "ExternalDirectoryObjectId", "Guid", "ObjectId", "Name", "DisplayName", "Identity", "Id", "Value",
    ];

    /// <summary>The objects and texts of lists inside it.</summary>
    public JsonElement Json => json;

    /// <summary>Whether it has a property, whatever its case and value.</summary>
    public bool Has(string name) => Find(json, name).ValueKind != JsonValueKind.Undefined;

    /// <summary>The text of the first of these properties that has one.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (TextOf(Find(json, name)) is { } text) return text;
        return null;
    }

    /// <summary>The texts of a list; of one text with commas, in braces or not; of a single value.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var value = Unwrap(Find(json, name));
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray().Select(TextOf).OfType<string>().SelectMany(Split)];
        return TextOf(value) is { } text ? [.. Split(text)] : [];
    }

    /// <summary>The texts of a list whose texts may hold commas, as distinguished names do.</summary>
    public IReadOnlyList<string> Names(string name)
    {
        var value = Unwrap(Find(json, name));
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(TextOf).OfType<string>()]
            : TextOf(value) is not { } text ? []
            : text.StartsWith('{') ? [.. Split(text)]
            : [text];
    }

    /// <summary>A claim: a boolean, its text, a number, or a switch parameter.</summary>
    public bool? Flag(string name)
    {
        var value = Unwrap(Find(json, name));
        if (value.ValueKind == JsonValueKind.Object) value = Find(value, "IsPresent");
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => value.TryGetInt64(out var number) ? number != 0 : null,
            JsonValueKind.String => value.GetString()!.Trim().ToUpperInvariant() switch
            {
                "TRUE" or "$TRUE" or "1" => true,
                "FALSE" or "$FALSE" or "0" => false,
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>The text of a value, null where it has none.</summary>
    public static string? TextOf(JsonElement value)
    {
        value = Unwrap(value);
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "True",
            JsonValueKind.False => "False",
            JsonValueKind.Object => TellingText(value),
            JsonValueKind.Array when value.GetArrayLength() == 1 => TextOf(value[0]),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>
    /// Whether all that is left of a list is the name of its type: Export-Csv and a ConvertTo-Json without depth do that.
    /// </summary>
    public bool IsLost(string name) => Texts(name) is [var only] && only.StartsWith("System.", StringComparison.Ordinal);

    static IEnumerable<string> Split(string text) =>
        text.Trim('{', '}').Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static string? TellingText(JsonElement value)
    {
        foreach (var name in Telling)
            if (Find(value, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } found)
                return found.ToString();
        return null;
    }

    // Windows PowerShell writes some arrays as {"value":[…],"Count":2}, and enumerations with a Value beside their name.
    static JsonElement Unwrap(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && Find(value, "Count").ValueKind == JsonValueKind.Number
            && Find(value, "value") is { ValueKind: JsonValueKind.Array } inner ? inner : value;

    static JsonElement Find(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object) return default;
        if (value.TryGetProperty(name, out var exact)) return exact;
        foreach (var property in value.EnumerateObject())
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return property.Value;
        return default;
    }

    /// <summary>Whether a right is among the row's AccessRights, by name or by the number of the enumeration.</summary>
    /// <param name="right">FullAccess or SendAs; both have the value 1 in their enumerations.</param>
    public bool Grants(string right)
    {
        foreach (var text in Texts("AccessRights"))
            if (text.Equals(right, StringComparison.OrdinalIgnoreCase)
                || (long.TryParse(text, CultureInfo.InvariantCulture, out var number) && (number & 1) == 1)) return true;
        return false;
    }
}

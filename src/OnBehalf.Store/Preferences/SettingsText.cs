using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OnBehalf.Engine;
using OnBehalf.Engine.Attributions;
using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Store.Preferences;

/// <summary>Settings as a JSON file, and back. Every fault of a file is said at once, with its place.</summary>
public static class SettingsText
{
    /// <summary>Characters of a file: room for some 20,000 mailboxes and as many agents.</summary>
    public const int LengthLimit = 16 * 1024 * 1024;

    /// <summary>How many faults are said by name.</summary>
    const int FaultLimit = 50;

    /// <summary>Prints what <see cref="Parse"/> reads.</summary>
    public static string Print(Settings settings) =>
        JsonSerializer.Serialize(settings, SettingsJson.Default.Settings) + "\n";

    /// <summary>Reads settings.</summary>
    /// <exception cref="Mistake">invalid, with every fault and its JSON path.</exception>
    public static Settings Parse(string json)
    {
        if (json.Length > LengthLimit)
            throw new Mistake("invalid", $"The settings are longer than {LengthLimit} characters.");
        try
        {
            using var document = JsonDocument.Parse(json);
            var faults = new List<string>();
            CheckShape(document.RootElement, SettingsJson.Default.Settings, "$", faults);
            Throw(faults);
            var settings = document.Deserialize(SettingsJson.Default.Settings)
                ?? throw new Mistake("invalid", "The settings are null.");
            Check(settings);
            return settings;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what JsonDocument says of half a surrogate pair (\ud800) in a name or text.
            throw new Mistake("invalid", $"The settings are not JSON: {fault.Message}");
        }
    }

    /// <summary>Checks what the shape of the document cannot say.</summary>
    /// <exception cref="Mistake">invalid, with every fault and its JSON path.</exception>
    public static void Check(Settings settings) => Throw(SettingsCheck.Faults(settings));

    /// <summary>Hours as people write them, as the engine takes them.</summary>
    /// <exception cref="Mistake">invalid.</exception>
    public static Engine.Rules.Schedule ToSchedule(ScheduleSettings schedule) => SettingsCheck.ToSchedule(schedule);

    static void Throw(IReadOnlyList<string> faults)
    {
        if (faults.Count == 0) return;
        var rest = faults.Count > FaultLimit ? $"\n  and {faults.Count - FaultLimit} more" : "";
        var head = faults.Count == 1 ? "The settings have a fault:" : $"The settings have {faults.Count} faults:";
        throw new Mistake("invalid",
            head + string.Concat(faults.Take(FaultLimit).Select(fault => $"\n  {fault}")) + rest);
    }

    // The depth of the recursion is that of our own records: what a file nests deeper is refused as unknown.
    static void CheckShape(JsonElement element, JsonTypeInfo type, string path, List<string> faults)
    {
        if (type.Kind == JsonTypeInfoKind.Object) CheckObject(element, type, path, faults);
        else if (type.Kind == JsonTypeInfoKind.Enumerable) CheckList(element, type, path, faults);
        else
        {
            try
            {
                element.Deserialize(type);
            }
            catch (JsonException)
            {
                faults.Add($"{path}: must be {Wanted(type.Type)}, and is {Shown(element)}.");
            }
        }
    }

    static void CheckObject(JsonElement element, JsonTypeInfo type, string path, List<string> faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path}: must be an object, and is {Shown(element)}.");
            return;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            var known = type.Properties.FirstOrDefault(known => known.Name == property.Name);
            if (!seen.Add(property.Name)) faults.Add($"{path}.{property.Name}: is there twice.");
            else if (known is null)
                faults.Add($"{path}.{property.Name}: unknown. Known are "
                    + string.Join(", ", type.Properties.Select(known => known.Name)) + ".");
            else if (property.Value.ValueKind != JsonValueKind.Null || !known.IsSetNullable)
                CheckShape(
                    property.Value, type.Options.GetTypeInfo(known.PropertyType), $"{path}.{property.Name}", faults);
        }
        foreach (var missing in type.Properties.Where(known => known.IsRequired && !seen.Contains(known.Name)))
            faults.Add($"{path}.{missing.Name}: is missing.");
    }

    static void CheckList(JsonElement element, JsonTypeInfo type, string path, List<string> faults)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            faults.Add($"{path}: must be a list, and is {Shown(element)}.");
            return;
        }
        var elementType = type.Options.GetTypeInfo(type.ElementType!); // Every enumerable has one.
        var index = 0;
        foreach (var member in element.EnumerateArray())
        {
            if (member.ValueKind == JsonValueKind.Null) faults.Add($"{path}[{index}]: is null.");
            else CheckShape(member, elementType, $"{path}[{index}]", faults);
            index++;
        }
    }

    static string Wanted(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(Silence)) return "a number of days from 1, or \"never\"";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int)) return "a whole number";
        if (type.IsEnum)
            return "one of " + string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));
        return "a text";
    }

    static string Shown(JsonElement element) =>
        element.GetRawText() is var text && text.Length > 60 ? text[..60] + "…" : text;
}

/// <summary>How settings are written: indented, names in camel case, nothing unknown, nothing twice.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false,
    RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(NameConverter<HoursOf>), typeof(NameConverter<ClockStart>), typeof(NameConverter<Importance>),
        typeof(NameConverter<UnattributedReason>)])]
[JsonSerializable(typeof(Settings))]
sealed partial class SettingsJson : JsonSerializerContext;

/// <summary>Names of enums in camel case, and no numbers.</summary>
sealed class NameConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>A number of days, or "never".</summary>
sealed class SilenceConverter : JsonConverter<Silence>
{
    public override Silence Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("never"u8)) return new(null);
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var days) && days > 0) return new(days);
        throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, Silence value, JsonSerializerOptions options)
    {
        if (value.Days is { } days) writer.WriteNumberValue(days);
        else writer.WriteStringValue("never"u8);
    }
}

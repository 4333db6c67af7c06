using System.Text;
using System.Text.Json;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Audit;

/// <summary>What a first look at a record shows.</summary>
/// <param name="HasOperation">Whether it says what was done.</param>
/// <param name="Send">Which right was used, where it is a send.</param>
/// <param name="Id">Its id, where that is a GUID.</param>
readonly record struct RecordGlance(bool HasOperation, SendOperation? Send, Guid Id);

/// <summary>Reads records as JSON, no further than is needed.</summary>
static class RecordReader
{
    static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, MaxDepth = JsonScanner.DepthLimit };

    /// <summary>
    /// Looks for the operation and the id. Of a record that is no send nothing else is read: of a hundred records of a
    /// tenant one or none is a send.
    /// </summary>
    /// <exception cref="JsonException">What was looked at is not JSON.</exception>
    public static RecordGlance Glance(ReadOnlySpan<byte> json)
    {
        var reader = Open(json);
        var glance = default(RecordGlance);
        if (reader.TokenType == JsonTokenType.StartObject) Glance(ref reader, ref glance, isInner: false);
        return glance;
    }

    /// <summary>The right that an operation stands for, if it is a send.</summary>
    public static SendOperation? SendOf(ReadOnlySpan<byte> operation) =>
        Ascii.EqualsIgnoreCase(operation, "SendAs"u8) ? SendOperation.SendAs
        : Ascii.EqualsIgnoreCase(operation, "SendOnBehalf"u8) ? SendOperation.SendOnBehalf
        : null;

    /// <summary>A reader at the first token.</summary>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        return reader;
    }

    /// <summary>The field whose name the reader stands on.</summary>
    public static FieldName NameOf(ref Utf8JsonReader reader) => FieldNames.Of(
        reader.ValueIsEscaped ? JsonText.Unescape(reader.ValueSpan) : reader.ValueSpan);

    /// <summary>The text of the value the reader stands on, of any type; null for null, objects and arrays.</summary>
    public static string? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        return reader.TokenType == JsonTokenType.Null ? null : JsonText.Of(reader.ValueSpan);
    }

    // True: enough was seen.
    static bool Glance(ref Utf8JsonReader reader, ref RecordGlance glance, bool isInner)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = NameOf(ref reader);
            reader.Read();
            switch (name)
            {
                case FieldName.Operation when !glance.HasOperation && reader.TokenType == JsonTokenType.String:
                    glance = glance with { HasOperation = true, Send = SendOf(TextBytes(ref reader)) };
                    break;
                case FieldName.Id or FieldName.RecordId or FieldName.Identity or FieldName.OfficeId
                    when glance.Id == Guid.Empty && reader.TokenType == JsonTokenType.String:
                    glance = glance with { Id = IdOf(TextBytes(ref reader)) };
                    break;
                case FieldName.AuditData when !isInner && reader.TokenType == JsonTokenType.StartObject:
                    if (Glance(ref reader, ref glance, isInner: true)) return true;
                    break;
                case FieldName.AuditData when !isInner && reader.TokenType == JsonTokenType.String:
                    if (GlanceText(TextBytes(ref reader), ref glance)) return true;
                    break;
                default:
                    reader.Skip();
                    break;
            }
            if (glance is { HasOperation: true, Send: null } && glance.Id != Guid.Empty) return true;
        }
        return false;
    }

    static bool GlanceText(ReadOnlySpan<byte> json, ref RecordGlance glance)
    {
        if (!json.TrimStart(" \t\r\n"u8).StartsWith("{"u8)) return false;
        var reader = Open(json);
        return Glance(ref reader, ref glance, isInner: true);
    }

    static Guid IdOf(ReadOnlySpan<byte> text) => Guid.TryParse(text, out var id) ? id : Guid.Empty;

    static ReadOnlySpan<byte> TextBytes(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? JsonText.Unescape(reader.ValueSpan) : reader.ValueSpan;
}

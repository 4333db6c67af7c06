using System.Text;
using System.Text.Json;

namespace OnBehalf.Sources.Audit;

/// <summary>Where in a record a field stands; what is further inside counts more.</summary>
enum RecordPart : byte
{
    /// <summary>The record itself, or a row's columns.</summary>
    Outer,
    /// <summary>Its Item.</summary>
    OuterItem,
    /// <summary>Its AuditData.</summary>
    Inner,
    /// <summary>The Item of its AuditData.</summary>
    InnerItem,
}

/// <summary>
/// The fields of one record as text. A field of <c>AuditData</c> counts more than its namesake outside; of a name
/// written twice the first counts.
/// </summary>
sealed class RecordFields
{
    readonly string?[] _texts = new string?[FieldNames.Count];
    readonly RecordPart[] _parts = new RecordPart[FieldNames.Count];

    /// <summary>The text of the first of these fields that has one; null when none has.</summary>
    public string? this[params ReadOnlySpan<FieldName> names]
    {
        get
        {
            foreach (var name in names)
                if (!string.IsNullOrWhiteSpace(_texts[(int)name])) return _texts[(int)name];
            return null;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_texts);

    /// <summary>Reads a record to its end.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void Read(ReadOnlySpan<byte> json, RecordPart part = RecordPart.Outer)
    {
        var reader = RecordReader.Open(json);
        if (reader.TokenType == JsonTokenType.StartObject) ReadObject(ref reader, part);
        while (reader.Read()) { }
    }

    /// <summary>Keeps a value, unless one that counts more is known already.</summary>
    /// <exception cref="JsonException">The value holds JSON that is none.</exception>
    public void Put(FieldName name, string? text, RecordPart part)
    {
        if (text is null) return;
        if (Inside(name, part) is { } inside)
        {
            // Log Analytics writes nested values as text that holds JSON, as CSV and PowerShell do AuditData.
            if (text.AsSpan().TrimStart().StartsWith('{')) Read(Encoding.UTF8.GetBytes(text), inside);
            return;
        }
        if (_texts[(int)name] is not null && _parts[(int)name] >= part) return;
        _texts[(int)name] = text;
        _parts[(int)name] = part;
    }

    void ReadObject(ref Utf8JsonReader reader, RecordPart part)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = RecordReader.NameOf(ref reader);
            reader.Read();
            if (IsStranger(name, part)) reader.Skip();
            else if (reader.TokenType != JsonTokenType.StartObject) Put(name, RecordReader.TextOf(ref reader), part);
            else if (Inside(name, part) is { } inside) ReadObject(ref reader, inside);
            else reader.Skip();
        }
    }

    // An item has an Id of its own, which is not the record's.
    static bool IsStranger(FieldName name, RecordPart part) =>
        name == FieldName.None
        || (part is RecordPart.OuterItem or RecordPart.InnerItem
            && name is not (FieldName.InternetMessageId or FieldName.Subject));

    // Nothing else is looked into, so that nesting has an end.
    static RecordPart? Inside(FieldName name, RecordPart part) => (name, part) switch
    {
        (FieldName.AuditData, RecordPart.Outer) => RecordPart.Inner,
        (FieldName.Item, RecordPart.Outer) => RecordPart.OuterItem,
        (FieldName.Item, RecordPart.Inner) => RecordPart.InnerItem,
        _ => null,
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Store;

/// <summary>What lies inside columns: small lists, and pictures of a tenant.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true, Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(ExchangePicture))]
[JsonSerializable(typeof(DirectoryPicture))]
sealed partial class StoreJson : JsonSerializerContext;

/// <summary>Instants as seconds since 1970 UTC, as in every column.</summary>
sealed class SecondsConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Instant.FromUnixTimeSeconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeSeconds());
}

using System.Text.Json.Serialization;

namespace OnBehalf.Store;

/// <summary>Small lists inside columns.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
sealed partial class StoreJson : JsonSerializerContext;

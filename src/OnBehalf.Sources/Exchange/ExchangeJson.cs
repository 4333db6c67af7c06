using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OnBehalf.Sources.Exchange;

/// <summary>How rows are written: without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
sealed partial class ExchangeJson : JsonSerializerContext;

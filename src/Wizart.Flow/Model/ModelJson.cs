using System.Text.Json.Serialization;

namespace Wizart.Flow.Model;

/// <summary>How models are written as JSON: camel case, enums by name, nulls left out.</summary>
/// <remarks>Only nulls: a zero left out would be read as the property's own default, or missed where it is required.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DagModel))]
[JsonSerializable(typeof(ScriptDescription))]
[JsonSerializable(typeof(Diagnostic[]))]
[JsonSerializable(typeof(NotifierModel))]
[JsonSerializable(typeof(TrendModel))]
public sealed partial class ModelJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Storage.Sql;

/// <summary>How the waiting of an instance is stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstanceWait))]
internal sealed partial class WaitJson : JsonSerializerContext;

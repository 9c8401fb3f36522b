using System.Text.Json.Serialization;
using Wizart.Flow.Connections;
using Wizart.Flow.Model;

namespace Wizart.Flow.Execution;

/// <summary>How orders, events and outcomes are written as JSON between processes and into the store.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttemptOrder))]
[JsonSerializable(typeof(AttemptEvent))]
[JsonSerializable(typeof(AttemptOutcome))]
[JsonSerializable(typeof(TaskError))]
[JsonSerializable(typeof(TaskValue))]
[JsonSerializable(typeof(ConnectionSettings))]
[JsonSerializable(typeof(SourceLocation))]
[JsonSerializable(typeof(Dictionary<string, JsonPayload>))]
public sealed partial class ExecutionJson : JsonSerializerContext;

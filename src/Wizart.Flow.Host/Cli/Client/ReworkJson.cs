using System.Text.Json.Serialization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>What is not given is not sent: one verb knows words that the other does not.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReworkBody))]
internal sealed partial class ReworkJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>A script to be described.</summary>
internal sealed record DescribeOrder(ImageReference Image, string File);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DescribeOrder))]
internal sealed partial class WorkerJson : JsonSerializerContext;

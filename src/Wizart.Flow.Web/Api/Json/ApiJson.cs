using System.Text.Json.Serialization;

namespace Wizart.Flow.Web;

/// <summary>How the API writes and reads JSON: camel case, enums as lower-case words, times as ISO 8601 with offset, nulls written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(SnakeCaseEnums)])]
[JsonSerializable(typeof(HealthResource))]
[JsonSerializable(typeof(DagItem[]))]
[JsonSerializable(typeof(DagResource))]
[JsonSerializable(typeof(VersionResource))]
[JsonSerializable(typeof(DueResource[]))]
[JsonSerializable(typeof(TriggerRequest))]
[JsonSerializable(typeof(RunResource[]))]
[JsonSerializable(typeof(ReworkResource))]
[JsonSerializable(typeof(ReworkBody))]
[JsonSerializable(typeof(NoteBody))]
[JsonSerializable(typeof(NoteResource[]))]
[JsonSerializable(typeof(BackfillResource[]))]
[JsonSerializable(typeof(CreateBackfillRequest))]
[JsonSerializable(typeof(SimulatedRunResource[]))]
[JsonSerializable(typeof(TaskResource[]))]
[JsonSerializable(typeof(WhyResource[]))]
[JsonSerializable(typeof(AttemptResource[]))]
[JsonSerializable(typeof(ApprovalResource[]))]
[JsonSerializable(typeof(DecideRequest))]
[JsonSerializable(typeof(LogLineResource))]
[JsonSerializable(typeof(LogEndResource))]
[JsonSerializable(typeof(DeliveryResource[]))]
[JsonSerializable(typeof(AssetResource[]))]
[JsonSerializable(typeof(AssetEventResource[]))]
[JsonSerializable(typeof(WaitingResource[]))]
[JsonSerializable(typeof(UpdateAssetRequest))]
[JsonSerializable(typeof(MetricResource[]))]
[JsonSerializable(typeof(MetricSeriesResource))]
[JsonSerializable(typeof(ArtifactResource[]))]
[JsonSerializable(typeof(ImportErrorResource[]))]
[JsonSerializable(typeof(DiagnosticResource[]))]
[JsonSerializable(typeof(VariableResource))]
[JsonSerializable(typeof(PoolResource[]))]
[JsonSerializable(typeof(AuditResource[]))]
[JsonSerializable(typeof(ProblemResource))]
public sealed partial class ApiJson : JsonSerializerContext;

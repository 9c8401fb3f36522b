using System.Text.Json;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Sql;

/// <summary>The columns that hold JSON text.</summary>
internal static class StoredJson
{
    private static readonly IReadOnlyDictionary<string, string> NoTags = new Dictionary<string, string>();
    private static readonly IReadOnlyDictionary<string, JsonPayload> NoValues = new Dictionary<string, JsonPayload>();

    public static string Of(DagModel model) => JsonSerializer.Serialize(model, ModelJson.Default.DagModel);

    public static string Of(IReadOnlyList<Diagnostic> diagnostics) =>
        JsonSerializer.Serialize([.. diagnostics], ModelJson.Default.DiagnosticArray);

    public static string Of(NotifierModel notifier) => JsonSerializer.Serialize(notifier, ModelJson.Default.NotifierModel);

    public static NotifierModel Notifier(string json) =>
        JsonSerializer.Deserialize(json, ModelJson.Default.NotifierModel) ?? throw Empty("notifier");

    public static string? Of(TaskError? error) => error is null ? null : JsonSerializer.Serialize(error, ExecutionJson.Default.TaskError);

    public static string? Of(IReadOnlyDictionary<string, JsonPayload>? values) => values is null or { Count: 0 }
        ? null
        : JsonSerializer.Serialize(values, ExecutionJson.Default.IReadOnlyDictionaryStringJsonPayload);

    public static string? Of(InstanceMemo? memo) => memo is null ? null : JsonSerializer.Serialize(memo, MemoJson.Default.InstanceMemo);

    public static InstanceMemo? Memo(string? json) => json is null ? null : JsonSerializer.Deserialize(json, MemoJson.Default.InstanceMemo);

    /// <summary>In the order of their names: the same tags are the same text.</summary>
    public static string? Tags(IReadOnlyDictionary<string, string> tags) => tags.Count == 0
        ? null
        : JsonSerializer.Serialize(
            new SortedDictionary<string, string>(tags.ToDictionary(), StringComparer.Ordinal), TagsJson.Default.SortedDictionaryStringString);

    public static IReadOnlyDictionary<string, string> TagsOf(string? json) => json is null
        ? NoTags
        : JsonSerializer.Deserialize(json, TagsJson.Default.SortedDictionaryStringString) ?? throw Empty("set of tags");

    public static DagModel Model(string json) => JsonSerializer.Deserialize(json, ModelJson.Default.DagModel) ?? throw Empty("model");

    public static IReadOnlyList<Diagnostic> Diagnostics(string json) =>
        JsonSerializer.Deserialize(json, ModelJson.Default.DiagnosticArray) ?? throw Empty("list of diagnostics");

    public static TaskError? Error(string? json) => json is null ? null : JsonSerializer.Deserialize(json, ExecutionJson.Default.TaskError);

    public static IReadOnlyDictionary<string, JsonPayload> Values(string? json) => ValuesOrNull(json) ?? NoValues;

    public static IReadOnlyDictionary<string, JsonPayload>? ValuesOrNull(string? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, ExecutionJson.Default.DictionaryStringJsonPayload);

    public static string? Of(InstanceWait? wait) => wait is null ? null : JsonSerializer.Serialize(wait, WaitJson.Default.InstanceWait);

    public static InstanceWait? Wait(string? json) => json is null ? null : JsonSerializer.Deserialize(json, WaitJson.Default.InstanceWait);

    private static InvalidDataException Empty(string what) => new($"A stored {what} is the JSON word null; the row was written by hand.");
}

using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Runs;

/// <summary>How many elements a list has that is known before the run begins: one of the script, or a param.</summary>
internal static class ElementCounts
{
    /// <summary>The count; null when only a task of the run makes the list.</summary>
    public static int? Of(TaskModel task, DagRun run)
    {
        if (task.ElementCount is { } count) return count;
        if (task.ForEach is not { Kind: InputKind.Param } param) return null;
        if (run.Params.TryGetValue(param.Name, out var given)) return Count(given);
        return param.Default is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;
    }

    private static int Count(JsonPayload json)
    {
        using var document = JsonDocument.Parse(json.Utf8);
        return document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.GetArrayLength() : 0;
    }
}

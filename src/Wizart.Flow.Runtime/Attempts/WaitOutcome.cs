using System.Text.Json;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Runtime.Attempts;

/// <summary>What the body of a task that waits gave: whether it waits on, and for what.</summary>
internal static class WaitOutcome
{
    /// <exception cref="OutputException">What was given is no object of params.</exception>
    public static AttemptOutcome Of(TaskDraft task, object? value) => task.Wait!.Kind switch
    {
        WaitKind.Condition => (bool)value! ? new AttemptOutcome.Succeeded(null) : new AttemptOutcome.Deferred(),
        WaitKind.Triggered when task.Wait.HasBody => new AttemptOutcome.Deferred { Params = ParamsOf(task, value) },
        WaitKind.Approval when task.Wait.HasBody => new AttemptOutcome.Deferred { Form = ((Form)value!).ToModel() },
        _ => new AttemptOutcome.Deferred(),
    };

    private static Dictionary<string, JsonPayload>? ParamsOf(TaskDraft task, object? value)
    {
        if (value is null) return null;
        var json = JsonSerializer.SerializeToElement(value, value.GetType(), ValueJson.Options);
        if (json.ValueKind != JsonValueKind.Object)
            throw new OutputException($"The params that task '{task.Id}' worked out are {json.ValueKind.ToString().ToLowerInvariant()}, not an object. Return new {{ name = value }}.");
        return json.EnumerateObject().ToDictionary(p => p.Name, p => JsonPayload.Parse(p.Value.GetRawText()));
    }
}

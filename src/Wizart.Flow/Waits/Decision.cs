using System.Text.Json;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>What a person decided: the output of a task that asked with <c>Approve</c>. One who refuses skips the task.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Comment">What they said to it; null for nothing.</param>
/// <param name="Values">What they set, by name; what they left alone has the default of the form.</param>
public sealed record Decision(string By, DateTimeOffset At, string? Comment, IReadOnlyDictionary<string, JsonElement> Values)
{
    /// <summary>A value of the form.</summary>
    /// <param name="name">The param's name.</param>
    /// <exception cref="KeyNotFoundException">The form has no such value.</exception>
    public T? Get<T>(string name) => Values.TryGetValue(name, out var value)
        ? value.Deserialize<T>(ValueJson.Options)
        : throw new KeyNotFoundException($"The form has no value '{name}'. It has: {(Values.Count == 0 ? "none" : string.Join(", ", Values.Keys))}.");
}

/// <summary>The run that a task started: the output of <c>Trigger</c>.</summary>
/// <param name="DagId">Its DAG.</param>
/// <param name="RunId">Its number; zero in a local run, which starts no others.</param>
public sealed record TriggeredRun(string DagId, long RunId);

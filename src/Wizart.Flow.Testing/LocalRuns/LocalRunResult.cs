using System.Text.Json;
using Wizart.Flow.Engine;
using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Values;

namespace Wizart.Flow.Testing;

/// <summary>What became of a run.</summary>
public sealed record LocalRunResult
{
    /// <summary>The run as it ended.</summary>
    public required DagRun Run { get; init; }

    /// <summary>All tasks of the DAG, in the order of declaration, those that were never begun included.</summary>
    public required IReadOnlyList<LocalTaskResult> Tasks { get; init; }

    /// <summary>The assets that it updated, by uri, with their values; null for one that has none.</summary>
    public IReadOnlyDictionary<string, JsonPayload?> Assets { get; init; } = new Dictionary<string, JsonPayload?>();

    /// <summary>What its bodies measured, by the name of the metric, in the order in which it was told.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> Metrics { get; init; } = new Dictionary<string, IReadOnlyList<SeriesPoint>>();

    /// <summary>How it ended.</summary>
    public RunState State => Run.State;

    /// <summary>One task.</summary>
    /// <exception cref="ArgumentException">The DAG has no such task.</exception>
    public LocalTaskResult Task(string taskId) => Tasks.FirstOrDefault(t => t.Id == taskId)
        ?? throw new ArgumentException($"DAG '{Run.DagId}' has no task '{taskId}'.{Nearest.Hint(taskId, Tasks.Select(t => t.Id))}", nameof(taskId));

    /// <summary>The elements of a mapped task, in their order; empty when its list was never spread.</summary>
    public IReadOnlyList<LocalTaskResult> Elements(string taskId) => [.. Tasks.Where(t => t.Id == taskId && t.MapIndex >= 0)];

    /// <summary>
    /// A task's output. The type need not be the script's own, which no test can name: any type that reads the same JSON will
    /// do, such as a record with the same properties, or <see cref="JsonElement"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The task gave no output; the message says why.</exception>
    /// <exception cref="JsonException">The output can't be read as <typeparamref name="T"/>.</exception>
    public T Output<T>(string taskId)
    {
        var task = Task(taskId);
        if (task.Output is { } json) return JsonSerializer.Deserialize<T>(json.Utf8.Span, ValueJson.Options)!;
        var why = task.Error?.Message ?? task.Reason;
        throw new InvalidOperationException($"Task '{taskId}' gave no output: it is {task.State}{(why is null ? "" : $" ({why})")}.");
    }

    /// <summary>What an asset was updated with, read as any type of the same JSON, as <see cref="Output{T}"/> does.</summary>
    /// <exception cref="InvalidOperationException">The run did not update it, or gave it no value.</exception>
    public T Asset<T>(string uri) => Assets.TryGetValue(uri, out var json)
        ? json is { } value
            ? JsonSerializer.Deserialize<T>(value.Utf8.Span, ValueJson.Options)!
            : throw new InvalidOperationException($"The run updated asset '{uri}', but gave it no value.")
        : throw new InvalidOperationException($"The run did not update asset '{uri}'.{Nearest.Hint(uri, Assets.Keys)}");

    /// <summary>The same states, for messages of tests that fail.</summary>
    public override string ToString() =>
        $"{Run.DagId}: {State}; {string.Join(", ", Tasks.Select(t => $"{t.Id}: {t.State}{(t.Error is null ? "" : $" ({t.Error.Message})")}"))}";
}

/// <summary>What became of one task of a run.</summary>
public sealed record LocalTaskResult
{
    /// <summary>The task.</summary>
    public required string Id { get; init; }

    /// <summary>The element of a mapped task; -1 for a plain one.</summary>
    public required int MapIndex { get; init; }

    /// <summary>What an element is called (<c>Named</c>); null for a plain task.</summary>
    public string? Label { get; init; }

    /// <summary>How it ended.</summary>
    public required TaskState State { get; init; }

    /// <summary>Why, where that is not plain: the condition that skipped it, who cancelled it.</summary>
    public string? Reason { get; init; }

    /// <summary>How many attempts there were.</summary>
    public required int Attempts { get; init; }

    /// <summary>When its last attempt began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it became final.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its output as JSON; null when it gave none.</summary>
    public JsonPayload? Output { get; init; }

    /// <summary>Why its last attempt failed.</summary>
    public TaskError? Error { get; init; }

    /// <summary>The log of its last attempt, standard output and error included.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}

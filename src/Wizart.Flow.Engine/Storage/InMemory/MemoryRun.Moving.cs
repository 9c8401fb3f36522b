using System.Collections.Immutable;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>The run on another version.</summary>
internal sealed partial record MemoryRun
{
    public MemoryRun Moved(RunMove move)
    {
        int At(int index) => index < 0 ? index : move.Indexes[index];
        AttemptKey Key(AttemptKey key) => key with { TaskIndex = At(key.TaskIndex) };
        return this with
        {
            Run = Run with { VersionId = move.VersionId, Revision = Run.Revision + 1 },
            Instances = Instances.Values.Select(instance => instance.At(At(instance.TaskIndex)))
                .Select(instance => instance.TaskIndex < move.Tasks ? instance : Gone(instance))
                .ToImmutableSortedDictionary(i => (i.TaskIndex, i.MapIndex), i => i),
            TaskIds = TaskIds.ToImmutableDictionary(id => At(id.Key), id => id.Value),
            Attempts = Attempts.Values
                .Select(attempt => attempt with { TaskIndex = At(attempt.TaskIndex), VersionId = attempt.VersionId ?? Run.VersionId })
                .ToImmutableSortedDictionary(a => (a.TaskIndex, a.MapIndex, a.Number), a => a),
            Outputs = Outputs.ToImmutableDictionary(output => (At(output.Key.Task), output.Key.Map), output => output.Value),
            Logs = Logs.Values.Select(chunk => chunk with { Key = Key(chunk.Key) })
                .ToImmutableSortedDictionary(c => (c.Key.TaskIndex, c.Key.MapIndex, c.Key.Attempt, c.FirstLine), c => c),
            Progress = Progress.Values.Select(update => update with { Key = Key(update.Key) })
                .ToImmutableDictionary(u => (u.Key.TaskIndex, u.Key.MapIndex), u => u),
            Metrics = [.. Metrics.Select(metric => metric with { Point = metric.Point with { Key = Key(metric.Point.Key) } })],
            Artifacts = [.. Artifacts.Select(kept => kept with { Key = Key(kept.Key) })],
            Deliveries = Deliveries.ToImmutableSortedDictionary(d => d.Key, d => d.Value with { TaskIndex = At(d.Value.TaskIndex) }),
        };
    }

    private static TaskInstance Gone(TaskInstance instance)
    {
        (instance.State, instance.Reason) = (TaskState.Removed, RunMove.Gone);
        return instance;
    }

    private static IEnumerable<(int, int)> Removed(RunChanges changes) =>
        changes.Rework?.RemovedOutputs.Select(key => (key.TaskIndex, key.MapIndex)) ?? [];
}

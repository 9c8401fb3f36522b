using System.Collections.Immutable;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Storage.InMemory;

/// <summary>A run and all that belongs to it, at one time.</summary>
internal sealed partial record MemoryRun(DagRun Run)
{
    public ImmutableSortedDictionary<(int Task, int Map), TaskInstance> Instances { get; init; } =
        ImmutableSortedDictionary<(int, int), TaskInstance>.Empty;

    public ImmutableSortedDictionary<(int Task, int Map, int Number), TaskAttempt> Attempts { get; init; } =
        ImmutableSortedDictionary<(int, int, int), TaskAttempt>.Empty;

    public ImmutableDictionary<(int Task, int Map), TaskValue> Outputs { get; init; } =
        ImmutableDictionary<(int, int), TaskValue>.Empty;

    public ImmutableSortedDictionary<(int Task, int Map, int Attempt, int FirstLine), LogChunk> Logs { get; init; } =
        ImmutableSortedDictionary<(int, int, int, int), LogChunk>.Empty;

    public ImmutableDictionary<(int Task, int Map), ProgressUpdate> Progress { get; init; } =
        ImmutableDictionary<(int, int), ProgressUpdate>.Empty;

    public ImmutableList<MemoryMetric> Metrics { get; init; } = [];

    public ImmutableList<KeptArtifact> Artifacts { get; init; } = [];

    public ImmutableSortedDictionary<long, Delivery> Deliveries { get; init; } = ImmutableSortedDictionary<long, Delivery>.Empty;

    /// <summary>The ids of the tasks, for those that a later version no longer has.</summary>
    public ImmutableDictionary<int, string> TaskIds { get; init; } = ImmutableDictionary<int, string>.Empty;

    public ImmutableSortedDictionary<(string Task, int Map), RunNote> Notes { get; init; } = ImmutableSortedDictionary<(string, int), RunNote>.Empty;

    /// <summary>The updates of assets that started it.</summary>
    public ImmutableSortedSet<long> AssetEvents { get; init; } = [];

    /// <summary>The content hashes its artifacts and large outputs are kept under.</summary>
    public IEnumerable<string> Hashes =>
        Artifacts.Select(kept => kept.Artifact.Hash)
            .Concat(Outputs.Values.Select(value => value.Stored?.Hash).OfType<string>());

    /// <summary>Whether it ended before a time.</summary>
    public bool EndedBefore(DateTimeOffset time) => Run.State.IsFinal() && Run.EndedAt < time;

    /// <summary>The same run with changes of a planning step.</summary>
    public MemoryRun With(RunChanges changes)
    {
        var instances = Instances.ToBuilder();
        foreach (var instance in changes.Instances) instances[(instance.TaskIndex, instance.MapIndex)] = Copy(instance);
        return this with
        {
            Run = changes.Run,
            Instances = instances.ToImmutable(),
            TaskIds = TaskIds.SetItems(changes.Instances.Select(i => KeyValuePair.Create(i.TaskIndex, changes.Graph.Tasks[i.TaskIndex].Id))),
            Attempts = Attempts.SetItems(changes.EndedAttempts.Select(
                attempt => KeyValuePair.Create((attempt.TaskIndex, attempt.MapIndex, attempt.Number), attempt))),
            Outputs = Outputs.RemoveRange(Removed(changes)).SetItems(changes.Outputs.Select(
                output => KeyValuePair.Create((output.TaskIndex, output.MapIndex), Copy(output.Value)))),
        };
    }

    /// <summary>Instances change in the hands of their planner; what is stored does not.</summary>
    public static TaskInstance Copy(TaskInstance instance) => instance.At(instance.TaskIndex);

    private static TaskValue Copy(TaskValue value) =>
        value.Json is { } json ? value with { Json = new JsonPayload(json.Utf8.ToArray()) } : value;
}

using Wizart.Flow.Engine.Assets;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Updates of assets by the runs of a commit: stored with them, or not at all.</summary>
internal sealed partial class CommitBatch
{
    private readonly List<DagRun> _created = [];
    private List<TaskUpdate>? _taskUpdates;

    /// <summary>Updates of assets that are in this commit.</summary>
    public List<AssetEvent> Updated { get; } = [];

    /// <summary>DAGs whose clock waited for assets, which have now been updated.</summary>
    public HashSet<string> Woken { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs that updates of assets created in this commit.</summary>
    public IReadOnlyList<DagRun> Created => _created;

    /// <summary>A run was stored because assets were updated.</summary>
    public void AddCreated(DagRun run)
    {
        _created.Add(run);
        Fill(run.DagId);
    }

    private void CollectUpdates(LiveRun run, RunChanges changes)
    {
        if (!changes.Graph.HasAssets) return;
        foreach (var instance in changes.Instances)
        {
            var task = changes.Graph.Tasks[instance.TaskIndex];
            if (task.Into.Count == 0 || instance.MapIndex >= 0 || instance.State != TaskState.Success) continue;
            // A task that a person marked as done made nothing new; one with elements did, if any of them gave something.
            if (task.ForEach is null && !changes.EndedAttempts.Any(a => a.TaskIndex == task.Index && a.Result == AttemptResult.Success)) continue;
            (_taskUpdates ??= []).Add(new TaskUpdate(run, instance.TaskIndex, [.. changes.Outputs.Where(o => o.TaskIndex == task.Index)]));
        }
    }

    /// <summary>The changes of the runs are written, those of some were refused: what the others updated is stored.</summary>
    private async ValueTask UpdateAssetsAsync()
    {
        if (_taskUpdates is not { } updates) return;
        _taskUpdates = null;
        var events = new List<AssetEvent>();
        foreach (var update in updates)
        {
            if (!_touched.ContainsKey(update.Run.Run.Id)) continue; // refused: it is planned anew, and updates then
            var value = await ValueOfAsync(update).ConfigureAwait(false);
            var (run, task) = (update.Run.Run, update.Run.Graph.Tasks[update.TaskIndex]);
            events.AddRange(task.Into.Select(uri => new AssetEvent
            {
                Uri = uri,
                Time = now,
                Value = value,
                RunId = run.Id,
                DagId = run.DagId,
                TaskId = task.Id,
                By = $"{run.DagId}/{task.Id}",
                Interval = run.Interval,
            }));
        }

        if (events.Count > 0) await AssetTriggers.UpdateAsync(this, events).ConfigureAwait(false);
    }

    private async ValueTask<TaskValue?> ValueOfAsync(TaskUpdate update)
    {
        if (update.Run.Graph.Tasks[update.TaskIndex].ForEach is null) return update.Outputs.SingleOrDefault()?.Value;

        // Of the elements that ended earlier the store knows what they gave; those of this commit it can't show yet.
        var outputs = new SortedDictionary<int, TaskValue>();
        var earlier = await state.Runs.Store.LoadMappedOutputsAsync(update.Run.Run.Id, update.TaskIndex, null, CancellationToken.None).ConfigureAwait(false);
        foreach (var known in earlier) outputs[known.MapIndex] = known.Value;
        foreach (var fresh in update.Outputs) outputs[fresh.MapIndex] = fresh.Value;
        if (update.Run.Graph.Tasks[update.TaskIndex].Output is null) return null;
        return state.Values.List([
            .. outputs.Where(o => update.Run.Find(update.TaskIndex, o.Key)?.State == TaskState.Success).Select(o => o.Value)]);
    }

    /// <summary>A task that ended in success and updates assets, with what it gave in this commit.</summary>
    private sealed record TaskUpdate(LiveRun Run, int TaskIndex, TaskOutput[] Outputs);
}

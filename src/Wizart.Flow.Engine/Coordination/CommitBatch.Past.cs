using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>What runs of one DAG mean to each other: the past that tasks wait for, overlaps, failures in a row.</summary>
internal sealed partial class CommitBatch
{
    private readonly Queue<PastWait> _pasts = [];
    private readonly List<PastWait> _tookPasts = [];
    private readonly HashSet<long> _pastLooks = [];
    private readonly Dictionary<string, (int Failures, long RunId)> _failing = [];
    private readonly List<(string DagId, string Reason)> _paused = [];
    private readonly List<DagRun> _skipped = [];

    /// <summary>Runs that others wait for and that this node does not work on.</summary>
    public IReadOnlyCollection<long> PastLooks => _pastLooks;

    /// <summary>DAGs that were paused, and why.</summary>
    public IReadOnlyList<(string DagId, string Reason)> Paused => _paused;

    /// <summary>Runs that did not take place.</summary>
    public IReadOnlyList<DagRun> Skipped => _skipped;

    private bool HasPastsToCheck => _pasts.Count > 0;

    /// <summary>All that waits for a run is looked at again.</summary>
    public void CheckPast(long runId) => Check(state.Past.Take(runId));

    private void Check(IReadOnlyList<PastWait> waits)
    {
        _tookPasts.AddRange(waits);
        foreach (var wait in waits) _pasts.Enqueue(wait);
    }

    /// <summary>Looks at what ended: whoever waits for it is decided anew, and failures in a row are counted.</summary>
    private void NoteEnds(RunChanges changes)
    {
        var run = changes.Run;
        if (state.Past.IsAwaited(run.Id))
        {
            foreach (var instance in changes.Instances)
                if (instance.MapIndex < 0 && instance.State.IsFinal()) Check(state.Past.Take(run.Id, changes.Graph.Tasks[instance.TaskIndex].Id));
            if (run.State.IsFinal()) CheckPast(run.Id);
        }

        var isFailure = run is { State: RunState.Failed, Kind: RunKind.Scheduled } && changes.StateBefore != RunState.Failed;
        if (isFailure && state.ModelOf(run.DagId)?.PauseAfter is { } failures) _failing[run.DagId] = (failures, run.Id);
    }

    private async ValueTask CheckPastsAsync()
    {
        while (_pasts.TryDequeue(out var wait))
        {
            var (run, task) = (wait.Run, wait.TaskIndex);
            if (run.IsEvicted || run.Run.State != RunState.Running || run.HasPast(task) || run[task].State != TaskState.None) continue;
            var past = await transaction.PastOfAsync(run.Run.DagId, run.Run.LogicalDate, wait.TaskId).ConfigureAwait(false);
            if (PastRule.Holds(past))
            {
                Plan(run, RunPlanner.PastHolds(run, task, now));
                continue;
            }

            state.Past.Add(wait with { PastRun = past!.RunId });
            if (state.Runs.Find(past.RunId) is null) _pastLooks.Add(past.RunId);
        }
    }

    private async ValueTask PauseAsync()
    {
        foreach (var (dagId, (failures, runId)) in _failing)
        {
            var reason = failures == 1
                ? $"its scheduled run {runId} failed"
                : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{failures} scheduled runs in a row failed, the last one is run {runId}");
            if (!await transaction.PauseAfterFailuresAsync(dagId, failures, reason).ConfigureAwait(false)) continue;
            await transaction.AuditAsync(new AuditEntry(now, new Access.Caller("scheduler", Access.Caller.Inside), "pause", dagId, System.Text.Json.JsonSerializer.Serialize(reason))).ConfigureAwait(false);
            _paused.Add((dagId, reason));
        }

        _failing.Clear();
    }

    /// <summary>Scheduled runs that are due and found no room: what their DAG says of them.</summary>
    private async ValueTask OverlapAsync(string dagId)
    {
        var model = state.ModelOf(dagId);
        if (model?.Overlap is Overlap.Skip)
        {
            var limit = model.MaxActiveRuns == 1 ? "another run" : $"{model.MaxActiveRuns} other runs";
            var reason = $"skipped: it was due while {limit} of its DAG {(model.MaxActiveRuns == 1 ? "was" : "were")} running";
            _skipped.AddRange(await transaction.SkipDueRunsAsync(dagId, now, reason).ConfigureAwait(false));
        }
        else if (model?.Overlap is Overlap.CancelRunning)
        {
            var overlapping = await transaction.OverlappingRunsAsync(dagId, now).ConfigureAwait(false);
            foreach (var runId in overlapping.Running.Take(Math.Max(0, overlapping.Due - overlapping.Ending)))
            {
                if (await RunAsync(runId, new FillDag(dagId)).ConfigureAwait(false) is not { } run) continue;
                Plan(run, RunPlanner.Cancel(run, RunState.Cancelled, "cancelled for the next scheduled run, which is due", now));
            }
        }
    }
}

using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Queued instances that wait for a slot of this node: live runs before those of backfills, then higher priority first, then the older run, then who waits longer.</summary>
internal sealed class ReadyQueue
{
    private readonly PriorityQueue<(LiveRun Run, TaskInstance Instance), (int, int, int, long, long)> _waiting = new();
    private long _sequence;

    public int Count => _waiting.Count;

    public void Add(LiveRun run, TaskInstance instance)
    {
        var model = run.Graph.Model;
        var rank = (run.Run.Kind == RunKind.Backfill ? 1 : 0, -model.Priority, -model.Tasks[instance.TaskIndex].Priority, run.Run.Id, _sequence++);
        _waiting.Enqueue((run, instance), rank);
    }

    public bool TryTake(out LiveRun run, out TaskInstance instance)
    {
        while (_waiting.TryDequeue(out var next, out _))
        {
            (run, instance) = next;
            if (!run.IsEvicted && instance.State == TaskState.Queued) return true;
        }

        (run, instance) = (null!, null!);
        return false;
    }
}

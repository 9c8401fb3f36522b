using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Coordination;

/// <summary>Tasks that wait for the same task of the run before, by that run and task, so that its end finds them without a search.</summary>
internal sealed class PastWaits
{
    private readonly Dictionary<long, Dictionary<string, List<PastWait>>> _waits = [];

    public void Add(PastWait wait)
    {
        if (!_waits.TryGetValue(wait.PastRun, out var tasks)) _waits[wait.PastRun] = tasks = new(StringComparer.Ordinal);
        if (!tasks.TryGetValue(wait.TaskId, out var waits)) tasks[wait.TaskId] = waits = [];
        waits.Add(wait);
    }

    /// <summary>Whether anything waits for a run.</summary>
    public bool IsAwaited(long runId) => _waits.Count > 0 && _waits.ContainsKey(runId);

    /// <summary>Those that wait for a task of a run, who are then no longer here.</summary>
    public IReadOnlyList<PastWait> Take(long runId, string taskId)
    {
        if (!_waits.TryGetValue(runId, out var tasks) || !tasks.Remove(taskId, out var waits)) return [];
        if (tasks.Count == 0) _waits.Remove(runId);
        return waits;
    }

    /// <summary>All that wait for a run.</summary>
    public IReadOnlyList<PastWait> Take(long runId) => _waits.Remove(runId, out var tasks) ? [.. tasks.Values.SelectMany(waits => waits)] : [];
}

/// <summary>A task of a run that waits for its past.</summary>
/// <param name="Run">The run that waits.</param>
/// <param name="TaskIndex">Its task.</param>
/// <param name="PastRun">The run before; zero while that is to be found out.</param>
internal sealed record PastWait(LiveRun Run, int TaskIndex, long PastRun = 0)
{
    public string TaskId => Run.Graph.Tasks[TaskIndex].Id;
}

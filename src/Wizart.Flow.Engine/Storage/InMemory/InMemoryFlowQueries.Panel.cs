using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage.InMemory;

internal sealed partial class InMemoryFlowQueries
{
    public Task<ILookup<string, DagRun>> NewestRunsAsync(IReadOnlyCollection<string> dagIds, int perDag, CancellationToken cancellation)
    {
        var wanted = dagIds.ToHashSet(StringComparer.Ordinal);
        return Task.FromResult(now().Runs.Values.Reverse().Select(run => run.Run).Where(run => wanted.Contains(run.DagId))
            .GroupBy(run => run.DagId).SelectMany(of => of.Take(perDag)).ToLookup(run => run.DagId));
    }

    public Task<IReadOnlyList<DagRun>> RunsWithinAsync(DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancellation) =>
        List(now().Runs.Values.Select(run => run.Run)
            .Where(run => run.StartedAt < to && (run.EndedAt is null || run.EndedAt >= from))
            .OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(count));

    public Task<long?> NextRunAsync(string dagId, long runId, CancellationToken cancellation) =>
        Task.FromResult(now().Runs.Values.Select(run => run.Run).FirstOrDefault(run => run.DagId == dagId && run.Id > runId)?.Id);

    public Task<IReadOnlyList<TaskCell>> CellsAsync(IReadOnlyCollection<long> runIds, CancellationToken cancellation) =>
        List(runIds.Order().Select(Find).OfType<MemoryRun>().SelectMany(run => run.Instances.Values
            .Where(instance => instance.MapIndex < 0)
            .Select(i => new TaskCell(run.Run.Id, i.TaskIndex, i.State, i.Attempt, i.QueuedAt, i.StartedAt, i.EndedAt, i.Elements))));

    public Task<IReadOnlyList<FailedInstance>> FailuresAsync(IReadOnlyCollection<long> runIds, int count, CancellationToken cancellation) =>
        List(runIds.Select(Find).OfType<MemoryRun>().SelectMany(run => run.Instances.Values
                .Where(instance => instance.State == TaskState.Failed)
                .Select(instance => new FailedInstance(run.Run.Id, View(run, instance))))
            .OrderByDescending(failed => failed.View.Instance.EndedAt).ThenByDescending(failed => failed.RunId).Take(count));

    public Task<IReadOnlyList<TaskAttempt>> RunAttemptsAsync(long runId, int count, CancellationToken cancellation) =>
        List((Find(runId)?.Attempts.Values ?? []).OrderBy(attempt => attempt.EndedAt).Take(count));

    public Task<IReadOnlyList<NamedPoint>> RunPointsAsync(long runId, (int TaskIndex, int MapIndex)? instance, int count, CancellationToken cancellation)
    {
        if (Find(runId) is not { } run) return List(Array.Empty<NamedPoint>());
        return List(InMemoryFlowStore.PointsOf(run)
            .Where(p => instance is null || instance == (p.Point.TaskIndex, p.Point.MapIndex))
            .GroupBy(p => (p.Name, p.Point.TaskIndex, p.Point.MapIndex))
            .SelectMany(of => of.Where(p => p.Point.Attempt == of.Max(q => q.Point.Attempt)))
            .OrderBy(p => p.Point.Id).Take(count).Select(p => new NamedPoint(p.Name, p.Point)));
    }

    public Task<IReadOnlyList<DatedRun>> DatedRunsAsync(string dagId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        List(now().Runs.Values.Select(run => run.Run).Where(run => run.DagId == dagId && run.LogicalDate >= from && run.LogicalDate < to)
            .OrderBy(run => run.LogicalDate).ThenBy(run => run.Id)
            .Select(run => new DatedRun(run.Id, run.LogicalDate, run.State, run.Kind)));
}

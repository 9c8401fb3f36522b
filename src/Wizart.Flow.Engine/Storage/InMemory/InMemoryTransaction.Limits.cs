using Wizart.Flow.Engine.Limits;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Storage.InMemory;

internal sealed partial class InMemoryTransaction
{
    public ValueTask<IReadOnlyList<LimitUse>> LockLimitsAsync(IReadOnlyCollection<LimitKey> limits, string node) =>
        new([.. limits.Select(limit =>
        {
            var held = InMemoryLimits.Holders(State, limit).ToArray();
            int? size = limit.Kind == LimitKind.Pool && State.Pools.TryGetValue(limit.Name, out var pool) ? pool.Slots : null;
            return new LimitUse(limit, size, held.Sum(h => h.Holder.Slots), held.Where(h => h.Node != node).Sum(h => h.Holder.Slots));
        })]);

    public ValueTask DeclarePoolAsync(string name, int slots)
    {
        var pool = State.Pools.TryGetValue(name, out var known) ? known with { Declared = slots } : new StoredPool(name, slots, null);
        State = State with { Pools = State.Pools.SetItem(name, pool) };
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredPool?> SetPoolAsync(string name, int? slots)
    {
        if (!State.Pools.TryGetValue(name, out var known)) return new((StoredPool?)null);
        var pool = known with { Set = slots };
        State = State with { Pools = State.Pools.SetItem(name, pool) };
        return new(pool);
    }

    public ValueTask<PastTask?> PastOfAsync(string dagId, DateTimeOffset logicalDate, string taskId) =>
        new(InMemoryLimits.PastOf(State, dagId, logicalDate, taskId));

    public ValueTask<IReadOnlyList<DagRun>> SkipDueRunsAsync(string dagId, DateTimeOffset now, string reason)
    {
        if (!State.Dags.TryGetValue(dagId, out var dag) || !dag.IsActive || dag.IsPaused) return new([]);
        DagRun[] skipped = [.. State.Runs.Values.Select(run => run.Run).Where(run => IsDue(run, dagId, now)).Select(run => run with
        {
            State = RunState.Cancelled,
            Reason = reason,
            EndedAt = now,
            Revision = run.Revision + 1,
        })];
        foreach (var run in skipped) State = State.WithRun(run.Id, stored => stored with { Run = run });
        return new(skipped);
    }

    public ValueTask<OverlappingRuns> OverlappingRunsAsync(string dagId, DateTimeOffset now)
    {
        var runs = State.Runs.Values.Select(run => run.Run).Where(run => run.DagId == dagId).ToArray();
        var running = runs.Where(run => run is { State: RunState.Running, BackfillId: 0 }).ToArray();
        return new(new OverlappingRuns(
            runs.Count(run => IsDue(run, dagId, now)),
            [.. running.Where(run => run is { Kind: RunKind.Scheduled, EndingAs: null }).Select(run => run.Id)],
            running.Count(run => run.EndingAs is not null)));
    }

    public ValueTask<bool> PauseAfterFailuresAsync(string dagId, int failures, string reason)
    {
        if (!State.Dags.TryGetValue(dagId, out var dag) || dag.IsPaused) return new(false);
        var last = State.Runs.Values.Reverse().Select(run => run.Run)
            .Where(run => run.DagId == dagId && run is { Kind: RunKind.Scheduled, State: RunState.Success or RunState.Failed })
            .Where(run => dag.FailuresSince is null || run.EndedAt > dag.FailuresSince)
            .Take(failures).ToArray();
        if (last.Length < failures || last.Any(run => run.State != RunState.Failed)) return new(false);
        State = State with { Dags = State.Dags.SetItem(dagId, dag with { IsPaused = true, PauseReason = reason }) };
        return new(true);
    }

    private static bool IsDue(DagRun run, string dagId, DateTimeOffset now) =>
        run.DagId == dagId && run is { State: RunState.Queued, Kind: RunKind.Scheduled } && run.RunAfter <= now;

    private void WriteHeld(RunChanges changes)
    {
        if (changes.Held.Count + changes.Freed.Count == 0) return;
        var held = State.Held.ToBuilder();
        foreach (var freed in changes.Freed) held.Remove((changes.Run.Id, freed.TaskIndex, freed.MapIndex));
        foreach (var taken in changes.Held) held[(changes.Run.Id, taken.TaskIndex, taken.MapIndex)] = taken;
        State = State with { Held = held.ToImmutable() };
    }
}

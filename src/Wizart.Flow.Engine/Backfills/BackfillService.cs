using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;

namespace Wizart.Flow.Engine.Backfills;

/// <summary>
/// Creates the runs of backfills, a few at a time: when one is begun or goes on, when a run of it ends, and at the start. How
/// far each is, is stored with the runs it created, so that a restart neither loses nor repeats one.
/// </summary>
public sealed class BackfillService(
    IFlowStore store, LiveRuns versions, RunCoordinator coordinator, DagCatalog catalog, IAlarms alarms, TimeProvider time,
    ILogger<BackfillService> log)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(5);

    private readonly BackfillPlanner _planner = new(store);
    private readonly ConcurrentDictionary<long, Turn> _turns = new();
    private volatile bool _isOpen;

    /// <summary>Begins: those that are running go on.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _isOpen = true;
        foreach (var backfill in await store.BackfillsAsync(new BackfillFilter(Unfinished: true, Count: int.MaxValue), cancellation))
            await TickAsync(backfill.Id);
    }

    /// <summary>Creates no further runs.</summary>
    public void Close()
    {
        _isOpen = false;
        foreach (var id in _turns.Keys) alarms.Cancel(new Alarm.BackfillDue(id).Key);
    }

    /// <summary>A run ended: its backfill gets its next.</summary>
    public Task RunEndedAsync(DagRun run) => run.BackfillId > 0 ? TickAsync(run.BackfillId) : Task.CompletedTask;

    /// <summary>Creates as many runs as the backfill may have now, and completes it after the last. Harmless when called too often.</summary>
    public async Task TickAsync(long id)
    {
        // Ten runs that end together are looked at twice, not ten times: once by the one at work, once after it.
        var turn = _turns.GetOrAdd(id, _ => new Turn());
        if (!turn.TryWait()) return;
        await turn.Gate.WaitAsync();
        try
        {
            turn.Begin();
            while (_isOpen && await StepAsync(id))
            {
            }
        }
        catch (Exception error)
        {
            log.LogError(error, "Backfill {Id} could not go on; tried again in {Wait}", id, AgainAfter);
            alarms.Set(new Alarm.BackfillDue(id), time.GetUtcNow() + AgainAfter);
        }
        finally
        {
            turn.Gate.Release();
        }
    }

    /// <summary>One portion.</summary>
    /// <returns>Whether there may be more to do at once.</returns>
    private async Task<bool> StepAsync(long id)
    {
        if (await store.LoadBackfillAsync(id, CancellationToken.None) is not { State: BackfillState.Running } backfill)
        {
            _turns.TryRemove(id, out _);
            return false;
        }

        if (catalog.Find(backfill.DagId) is not { } dag) return false;
        var runs = await store.BackfillRunsAsync(id, CancellationToken.None);
        var active = runs.GetValueOrDefault(RunState.Queued) + runs.GetValueOrDefault(RunState.Running);
        var room = backfill.MaxActive - active;
        if (room <= 0) return false;

        var (version, _) = await versions.VersionAsync(backfill.VersionId);
        var plan = BackfillRange.Of(version.Model, backfill) is { } range
            ? await _planner.NextAsync(
                backfill.DagId, range, backfill.Position, backfill.Backwards, backfill.Reprocess, room, CancellationToken.None)
            : new BackfillPlan([], 0, backfill.Position, IsEnd: true);
        if (plan is { Slots.Count: 0, Skipped: 0 } && (!plan.IsEnd || active > 0)) return false;

        var isDone = plan.IsEnd && plan.Slots.Count == 0 && active == 0;
        var next = backfill with
        {
            Position = plan.Position,
            Created = backfill.Created + plan.Slots.Count,
            Skipped = backfill.Skipped + plan.Skipped,
            State = isDone ? BackfillState.Completed : BackfillState.Running,
            EndedAt = isDone ? time.GetUtcNow() : null,
            Revision = backfill.Revision + 1,
        };
        DagRun[] planned = [.. plan.Slots.Select(slot => RunOf(backfill, dag, slot))];
        foreach (var run in await coordinator.ExecuteAsync(transaction => StoreAsync(transaction, next, planned))) coordinator.TellCreated(run);
        if (planned.Length > 0) await coordinator.StartQueuedAsync(backfill.DagId);
        if (isDone) log.LogInformation("Backfill {Id} of {Dag} is completed: {Created} runs, {Skipped} intervals left alone", id, dag.Id, next.Created, next.Skipped);
        return !isDone;
    }

    /// <summary>Stores how far the backfill is, with the runs of it; nothing when somebody else changed it meanwhile.</summary>
    private static async ValueTask<IReadOnlyList<DagRun>> StoreAsync(IFlowTransaction transaction, Backfill next, DagRun[] planned)
    {
        if (!await transaction.SaveBackfillAsync(next)) return [];
        var created = new List<DagRun>(planned.Length);
        foreach (var run in planned)
            if (await transaction.InsertRunAsync(run) is { } stored) created.Add(stored);

        // A run of the schedule was quicker.
        var refused = planned.Length - created.Count;
        if (refused > 0)
            await transaction.SaveBackfillAsync(next with { Created = next.Created - refused, Skipped = next.Skipped + refused, Revision = next.Revision + 1 });
        return created;
    }

    private DagRun RunOf(Backfill backfill, StoredDag dag, DueSlot slot)
    {
        var now = time.GetUtcNow();
        return new DagRun
        {
            DagId = dag.Id,
            VersionId = dag.Version.Id,
            Kind = Wizart.Flow.RunKind.Backfill,
            BackfillId = backfill.Id,
            LogicalDate = slot.LogicalDate,
            Interval = slot.Interval,
            RunAfter = now,
            Params = backfill.Params,
            OnlyTasks = backfill.Tasks,
            CreatedBy = backfill.CreatedBy,
            QueuedAt = now,
        };
    }

    /// <summary>Who works on a backfill, and whether one more waits to.</summary>
    private sealed class Turn
    {
        private int _waiting;

        public SemaphoreSlim Gate { get; } = new(1);

        public bool TryWait() => Interlocked.Exchange(ref _waiting, 1) == 0;

        public void Begin() => Volatile.Write(ref _waiting, 0);
    }
}

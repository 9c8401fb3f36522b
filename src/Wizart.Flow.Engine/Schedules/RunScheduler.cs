using System.Collections.Concurrent;
using Wizart.Flow.Engine.Alarms;
using Wizart.Flow.Engine.Coordination;
using Wizart.Flow.Engine.Dags;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Engine.Timetables;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Schedules;

/// <summary>
/// Creates the runs that time schedules make due: one alarm per DAG, for its next run. What is due is always worked out
/// anew from the newest stored run, so that an alarm that rings twice, late, or after a jump of the clock does no harm.
/// </summary>
public sealed class RunScheduler(IFlowStore store, RunCoordinator coordinator, DagCatalog catalog, IAlarms alarms, TimeProvider time)
{
    /// <summary>Missed runs are created in portions of this many, so that a long catchup holds nobody up.</summary>
    private const int RunsPerTick = 500;

    private static readonly TimeSpan ContinueAfter = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private bool _isOpen;

    /// <summary>Begins: takes the newest scheduled run of each DAG from the store and sets the alarms of all that are active.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        foreach (var (dagId, end) in await store.NewestScheduledAsync(cancellation)) EntryOf(dagId).Newest = end;
        _isOpen = true;
        foreach (var dag in catalog.All) await RefreshAsync(dag.Id);
    }

    /// <summary>Creates no further runs.</summary>
    public void Close()
    {
        _isOpen = false;
        foreach (var dagId in _entries.Keys) alarms.Cancel(new Alarm.ScheduleDue(dagId).Key);
    }

    /// <summary>A DAG was published, paused, unpaused or deactivated: its alarm is set anew, and what is due by now is created.</summary>
    public async Task RefreshAsync(string dagId)
    {
        if (!_isOpen) return;
        if (catalog.Find(dagId) is { IsActive: true, IsPaused: false, Version.Model.AssetSchedule.StartsRuns: true })
            await coordinator.DecideAssetsAsync(dagId);
        await TickAsync(dagId);
    }

    /// <summary>A DAG's alarm rang.</summary>
    public async Task TickAsync(string dagId)
    {
        var entry = EntryOf(dagId);
        await entry.Gate.WaitAsync();
        try
        {
            await TickLockedAsync(dagId, entry);
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>A run ended: a DAG that runs continuously gets its next.</summary>
    public Task RunEndedAsync(DagRun run) =>
        run.Kind == RunKind.Scheduled && catalog.Find(run.DagId)?.Version.Model.Schedule is ContinuousScheduleModel
            ? RefreshAsync(run.DagId)
            : Task.CompletedTask;

    private async Task TickLockedAsync(string dagId, Entry entry)
    {
        var alarm = new Alarm.ScheduleDue(dagId);
        if (!_isOpen || catalog.Find(dagId) is not { IsActive: true, IsPaused: false } dag
            || Timetable.For(dag.Version.Model, dag.ActiveSince) is not { } timetable)
        {
            alarms.Cancel(alarm.Key);
            return;
        }

        if (dag.Version.Model.Schedule is ContinuousScheduleModel)
        {
            await ContinueAsync(dag, timetable);
            return;
        }

        var now = time.GetUtcNow();
        var due = CatchupRule.Due(timetable, dag.Version.Model, entry.Newest, dag.ActiveSince, now, RunsPerTick);
        var isCreated = await CreateAsync(dag, due, now, isLast: due.Count < RunsPerTick);
        if (due.Count > 0 && isCreated) entry.Newest = due.Max(slot => slot.Interval.End);

        if (due.Count >= RunsPerTick && isCreated) alarms.Set(alarm, now);
        else if (timetable.NextAfter(now) is { } next) alarms.Set(alarm, next.RunAfter);
        else alarms.Cancel(alarm.Key);
    }

    /// <summary>False when the runs are to wait for assets, whose update lets the clock look anew.</summary>
    private async Task<bool> CreateAsync(StoredDag dag, IReadOnlyList<DueSlot> due, DateTimeOffset now, bool isLast)
    {
        if (due.Count == 0) return true;
        if (dag.Version.Model.AssetSchedule is { StartsRuns: false })
            return await coordinator.CreateDueRunsAsync(dag.Id, [.. due.Select(slot => RunFor(dag, slot, now))]);
        if (dag.Version.Model.NewestFirst && (due.Count > 1 || !isLast)) await CreateAllAsync(dag, due, now, isLast);
        else await Task.WhenAll(due.Select(slot => coordinator.CreateRunAsync(RunFor(dag, slot, now))));
        return true;
    }

    /// <summary>Stores all before any is started: the newest, which comes first, is created last.</summary>
    private async Task CreateAllAsync(StoredDag dag, IReadOnlyList<DueSlot> due, DateTimeOffset now, bool isLast)
    {
        var created = await coordinator.ExecuteAsync(async transaction =>
        {
            var stored = new List<DagRun>(due.Count);
            foreach (var slot in due)
                if (await transaction.InsertRunAsync(RunFor(dag, slot, now)) is { } run) stored.Add(run);
            return stored;
        });
        foreach (var run in created) coordinator.TellCreated(run);
        if (isLast) await coordinator.StartQueuedAsync(dag.Id);
    }

    private async Task ContinueAsync(StoredDag dag, Timetable timetable)
    {
        var unfinished = await store.UnfinishedRunsAsync(CancellationToken.None);
        if (unfinished.Any(r => r.DagId == dag.Id && r.Kind == RunKind.Scheduled)) return;
        var now = time.GetUtcNow();
        if (timetable.NextAfter(now) is not { } next) return;
        // Two runs can't have one logical date: a run that ended within the tick of the clock it began in is followed later.
        if (await coordinator.CreateRunAsync(RunFor(dag, next, now)) is null) alarms.Set(new Alarm.ScheduleDue(dag.Id), now + ContinueAfter);
    }

    private static DagRun RunFor(StoredDag dag, DueSlot slot, DateTimeOffset now) => new()
    {
        DagId = dag.Id,
        VersionId = dag.Version.Id,
        Kind = RunKind.Scheduled,
        LogicalDate = slot.LogicalDate,
        Interval = slot.Interval,
        RunAfter = slot.RunAfter,
        CreatedBy = "schedule",
        QueuedAt = now,
    };

    private Entry EntryOf(string dagId) => _entries.GetOrAdd(dagId, _ => new Entry());

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>End of the newest interval that has a run.</summary>
        public DateTimeOffset? Newest { get; set; }
    }
}
